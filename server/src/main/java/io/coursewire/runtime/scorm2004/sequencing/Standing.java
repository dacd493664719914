package io.coursewire.runtime.scorm2004.sequencing;

import java.util.Optional;

/// How a course as a whole stands: what its activities rolled up to at the root. Empty is unknown.
///
/// @param measure -1..1
public record Standing(
        Optional<Boolean> completed, Optional<Boolean> satisfied, Optional<Double> measure) {
    static Standing of(Truth completed, Truth satisfied, double measure) {
        return new Standing(
                known(completed),
                known(satisfied),
                Double.isNaN(measure) ? Optional.empty() : Optional.of(measure));
    }

    private static Optional<Boolean> known(Truth truth) {
        return truth.known() ? Optional.of(truth == Truth.TRUE) : Optional.empty();
    }
}
