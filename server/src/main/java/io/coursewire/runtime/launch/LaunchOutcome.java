package io.coursewire.runtime.launch;

import io.coursewire.kernel.AttemptId;
import io.coursewire.kernel.LaunchId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What became of a wish to open content.
public sealed interface LaunchOutcome {
    /// `attempt` and `attemptNumber` are empty where the first delivery of an item makes the attempt.
    record Created(
            LaunchId id,
            String launchUrl,
            Optional<AttemptId> attempt,
            Optional<Integer> attemptNumber,
            Instant expiresAt)
            implements LaunchOutcome {}

    /// The activity has no package, or the item nothing to open.
    record NothingToOpen(String reason) implements LaunchOutcome {}

    /// `resume` was asked, and there is no attempt that is not final.
    record NothingToResume() implements LaunchOutcome {}

    /// `review` was asked, and no attempt is final.
    record NothingToReview() implements LaunchOutcome {}

    /// The return URL's origin is not among those of the client.
    record ReturnUrlRefused(List<String> allowedOrigins) implements LaunchOutcome {}
}
