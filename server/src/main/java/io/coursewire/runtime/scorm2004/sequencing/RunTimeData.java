package io.coursewire.runtime.scorm2004.sequencing;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/// What a SCO reported in its attempt: only what it set itself, not what its run-time data was given at delivery.
///
/// @param sco `cmi.completion_status`, `cmi.success_status`, `cmi.progress_measure` and `cmi.score`
/// @param objectives by `cmi.objectives.n.id`
/// @param suspends `cmi.exit` is `suspend`
/// @param sessionSeconds the time of this session
/// @param sharedData by bucket id, `adl.data.n.store`
public record RunTimeData(
        Report sco,
        Map<String, Report> objectives,
        boolean suspends,
        double sessionSeconds,
        Map<String, String> sharedData) {
    /// Content that reported nothing, as assets do.
    public static final RunTimeData NOTHING =
            new RunTimeData(Report.NOTHING, Map.of(), false, 0, Map.of());

    public RunTimeData {
        objectives = Collections.unmodifiableMap(new LinkedHashMap<>(objectives));
        sharedData = Collections.unmodifiableMap(new LinkedHashMap<>(sharedData));
    }

    /// @param completion one of the words of `completion_status`
    /// @param success one of the words of `success_status`
    public record Report(
            Optional<String> completion,
            Optional<String> success,
            OptionalDouble progress,
            Score score) {
        public static final Report NOTHING =
                new Report(Optional.empty(), Optional.empty(), OptionalDouble.empty(), Score.NONE);
    }

    public record Score(
            OptionalDouble scaled, OptionalDouble raw, OptionalDouble min, OptionalDouble max) {
        public static final Score NONE =
                new Score(
                        OptionalDouble.empty(),
                        OptionalDouble.empty(),
                        OptionalDouble.empty(),
                        OptionalDouble.empty());
    }
}
