package io.coursewire.packages.scorm2004;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/// `mapInfo` of both namespaces, merged: which values a local objective reads from and writes to a global objective.
public record ObjectiveMap(
        String targetObjective, Set<ObjectiveValue> reads, Set<ObjectiveValue> writes) {
    public ObjectiveMap {
        reads = copy(reads);
        writes = copy(writes);
    }

    /// Both maps of one objective to the same global objective.
    ObjectiveMap and(ObjectiveMap other) {
        return new ObjectiveMap(
                targetObjective, both(reads, other.reads), both(writes, other.writes));
    }

    private static Set<ObjectiveValue> both(Set<ObjectiveValue> a, Set<ObjectiveValue> b) {
        var both = EnumSet.noneOf(ObjectiveValue.class);
        both.addAll(a);
        both.addAll(b);
        return both;
    }

    private static Set<ObjectiveValue> copy(Set<ObjectiveValue> values) {
        var copy = EnumSet.noneOf(ObjectiveValue.class);
        copy.addAll(values);
        return Collections.unmodifiableSet(copy);
    }
}
