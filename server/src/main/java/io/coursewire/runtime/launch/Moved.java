package io.coursewire.runtime.launch;

import io.coursewire.attempts.AttemptKey;
import io.coursewire.attempts.Status;
import io.coursewire.runtime.scorm2004.sequencing.NavigationState;
import io.coursewire.runtime.scorm2004.sequencing.RunTimeStart;
import java.util.Optional;

/// Where a request led in a sequenced course.
sealed interface Moved {
    /// @param start what the content's data begins with
    record Delivered(
            String activity, AttemptKey attempt, RunTimeStart start, NavigationState navigation)
            implements Moved {}

    /// @param refusal why a request was not met, empty where there was none or it just led nowhere
    record Waiting(Optional<String> refusal, NavigationState navigation) implements Moved {}

    /// @param status what the course says of itself, once it is over
    /// @param goesOn whether it goes on where it was left
    record Ended(NavigationState navigation, Optional<Status> status, boolean goesOn)
            implements Moved {}

    /// The attempt that the launch is for is final, and its course over.
    record Finished() implements Moved {}
}
