package io.coursewire.runtime.scorm2004.sequencing;

import io.coursewire.packages.scorm2004.ObjectiveValue;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalDouble;

/// What is known of an objective. A value that is missing is unknown; a status is 1 or 0.
public record ObjectiveValues(Map<ObjectiveValue, Double> known) {
    public static final ObjectiveValues UNKNOWN = new ObjectiveValues(Map.of());

    public ObjectiveValues {
        var copy = new EnumMap<ObjectiveValue, Double>(ObjectiveValue.class);
        copy.putAll(known);
        known = Collections.unmodifiableMap(copy);
    }

    public OptionalDouble get(ObjectiveValue value) {
        var found = known.get(value);
        return found == null ? OptionalDouble.empty() : OptionalDouble.of(found);
    }

    boolean isUnknown() {
        return known.isEmpty();
    }
}
