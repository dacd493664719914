package io.coursewire.packages.scorm2004;

import java.util.List;

/// A local objective and its maps to shared global ones.
///
/// @param identifier empty where the primary objective has none; such an objective is not shown to the SCO
public record Objective(
        String identifier,
        boolean primary,
        boolean satisfiedByMeasure,
        double minNormalizedMeasure,
        List<ObjectiveMap> maps) {
    static final Objective PRIMARY = new Objective("", true, false, 1, List.of());

    public Objective {
        maps = List.copyOf(maps);
        Range.MEASURE.require(minNormalizedMeasure);
    }
}
