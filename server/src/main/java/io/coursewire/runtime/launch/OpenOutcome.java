package io.coursewire.runtime.launch;

/// What became of opening content.
public sealed interface OpenOutcome {
    record Ready(Opened opened) implements OpenOutcome {}

    /// The attempt is final and content has ended it itself: a new launch makes a new attempt.
    record AlreadyFinished(java.util.Optional<String> returnUrl) implements OpenOutcome {}

    record Revoked() implements OpenOutcome {}

    /// The package version has nothing to open for that item.
    record NoSuchItem() implements OpenOutcome {}

    /// Forged, cut off, or never made here.
    record Unknown() implements OpenOutcome {}
}
