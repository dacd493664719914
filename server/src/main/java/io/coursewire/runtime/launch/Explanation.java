package io.coursewire.runtime.launch;

import io.coursewire.attempts.Attempt;
import io.coursewire.attempts.RuntimeReport;
import io.coursewire.kernel.LaunchId;
import io.coursewire.kernel.SessionId;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Why an attempt is as it is.
///
/// @param report what content has said so far, the input of the rule that decided; empty where content was
///     never opened
/// @param moves what was decided in the course that the attempt is part of, where it has sequencing
public record Explanation(
        Attempt attempt,
        Optional<RuntimeReport> report,
        List<Link> launches,
        List<Opening> sessions,
        List<Rejected> rejectedCalls,
        List<CourseMove> moves) {

    public record Link(
            LaunchId id,
            String mode,
            Instant created,
            Instant expires,
            Optional<Instant> redeemed,
            Optional<Instant> revoked) {}

    /// A session, with the commits that it made.
    ///
    /// @param closeCause finished, left, silent, replaced or revoked
    public record Opening(
            SessionId id,
            LaunchId launch,
            Instant opened,
            Instant lastSeen,
            Optional<Instant> closed,
            Optional<String> closeCause,
            int commits,
            BigDecimal seconds) {}

    /// @param sequence of the commit that told of it
    public record Rejected(SessionId session, int sequence, RejectedCall call, Instant at) {}
}
