package io.coursewire.runtime.scorm2004.sequencing;

import io.coursewire.packages.scorm2004.Objective;
import io.coursewire.packages.scorm2004.ObjectiveMap;
import io.coursewire.packages.scorm2004.ObjectiveValue;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToIntFunction;

/// A local objective at its place in the arrays, its maps resolved to places of global objectives.
final class ObjectiveSlot {
    static final int VALUES = ObjectiveValue.values().length;
    static final int NONE = -1;

    final Objective definition;
    final int activity;

    /// Where the seven values of this objective begin.
    final int offset;

    /// By value: the offset of the global objective that is read, or NONE.
    private final int[] reads = new int[VALUES];

    /// By value: the offsets of the global objectives that are written.
    private final int[][] writes = new int[VALUES][];

    ObjectiveSlot(Objective definition, int activity, int offset, ToIntFunction<String> globals) {
        this.definition = definition;
        this.activity = activity;
        this.offset = offset;
        for (var value : ObjectiveValue.values()) {
            reads[value.ordinal()] = firstRead(definition.maps(), value, globals);
            writes[value.ordinal()] =
                    definition.maps().stream()
                            .filter(map -> map.writes().contains(value))
                            .mapToInt(map -> globals.applyAsInt(map.targetObjective()))
                            .toArray();
        }
    }

    private static int firstRead(
            List<ObjectiveMap> maps, ObjectiveValue value, ToIntFunction<String> globals) {
        for (var map : maps) {
            if (map.reads().contains(value)) {
                return globals.applyAsInt(map.targetObjective());
            }
        }
        return NONE;
    }

    int read(ObjectiveValue value) {
        return reads[value.ordinal()];
    }

    int[] writes(ObjectiveValue value) {
        return writes[value.ordinal()];
    }

    int[] allReads() {
        return Arrays.stream(reads).filter(offset -> offset != NONE).distinct().toArray();
    }

    int[] allWrites() {
        return Arrays.stream(writes).flatMapToInt(Arrays::stream).distinct().toArray();
    }
}
