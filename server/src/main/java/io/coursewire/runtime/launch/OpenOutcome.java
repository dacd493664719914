package io.coursewire.runtime.launch;

import java.util.Optional;

/// What became of opening content.
public sealed interface OpenOutcome {
    record Ready(Opened opened) implements OpenOutcome {}

    /// No content is open: the participant chooses what comes next.
    ///
    /// @param refusal why what was asked for cannot be
    record Waiting(Course course, Optional<String> refusal) implements OpenOutcome {}

    /// The participant has left the course.
    ///
    /// @param status what it came to, as far as that is known
    /// @param goesOn whether it goes on where it was left
    record Ended(Course course, Optional<String> status, boolean goesOn) implements OpenOutcome {}

    /// The request is none, or this course decides nothing by requests.
    record NoSuchRequest() implements OpenOutcome {}

    /// The attempt is final and content has ended it itself: a new launch makes a new attempt.
    record AlreadyFinished(Optional<String> returnUrl) implements OpenOutcome {}

    record Revoked() implements OpenOutcome {}

    /// The package version has nothing to open for that item.
    record NoSuchItem() implements OpenOutcome {}

    /// Forged, cut off, or never made here.
    record Unknown() implements OpenOutcome {}
}
