package io.coursewire.attempts;

import java.math.BigDecimal;
import java.util.Optional;

/// What a course says of itself as a whole, where its standard rolls its items up.
///
/// @param inside whether the participant is in its content: nothing is told meanwhile
/// @param status completed, passed or failed; empty while undecided: then its items decide
/// @param scoreScaled 0..1
public record CourseResult(
        boolean inside, Optional<Status> status, Optional<BigDecimal> scoreScaled) {
    public static final CourseResult INSIDE =
            new CourseResult(true, Optional.empty(), Optional.empty());
}
