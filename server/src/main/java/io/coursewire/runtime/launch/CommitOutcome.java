package io.coursewire.runtime.launch;

import io.coursewire.attempts.Status;
import java.util.Optional;

/// What became of a request's commits. `acknowledged` is the last sequence that is stored for good.
public sealed interface CommitOutcome {
    /// @param status the attempt's; empty where the session stores no result
    record Acknowledged(int acknowledged, Optional<Status> status) implements CommitOutcome {}

    /// Content has ended the session itself, and nothing was said since that would be lost.
    record Ended(int acknowledged, Optional<Status> status) implements CommitOutcome {}

    /// Content has ended the session itself; nothing follows.
    record Finished(int acknowledged) implements CommitOutcome {}

    /// The attempt has been opened again since.
    record Replaced(int acknowledged) implements CommitOutcome {}

    /// The launch link was revoked.
    record Revoked(int acknowledged) implements CommitOutcome {}

    /// An administrator has given the attempt another result, or has given it to somebody else.
    record Overruled(int acknowledged) implements CommitOutcome {}

    /// A commit is missing before the first that was sent.
    record Gap(int acknowledged) implements CommitOutcome {}

    /// The content said more than an attempt may hold.
    record TooLarge(int acknowledged, int charsMax) implements CommitOutcome {}

    record Unknown() implements CommitOutcome {}
}
