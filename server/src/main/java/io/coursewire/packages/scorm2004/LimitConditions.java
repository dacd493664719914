package io.coursewire.packages.scorm2004;

import java.util.Optional;
import java.util.OptionalInt;

/// The limits SCORM uses. A duration of zero means none, so it never stands here.
public record LimitConditions(
        OptionalInt attemptLimit, Optional<IsoDuration> attemptAbsoluteDurationLimit) {
    static final LimitConditions NONE = new LimitConditions(OptionalInt.empty(), Optional.empty());
}
