package io.coursewire.runtime.launch;

import io.coursewire.attempts.AttemptKey;
import io.coursewire.kernel.ActivityId;
import io.coursewire.kernel.AttemptId;
import io.coursewire.kernel.ClientId;
import io.coursewire.kernel.ItemId;
import io.coursewire.kernel.LaunchId;
import io.coursewire.kernel.SessionId;
import io.coursewire.runtime.Elements;
import io.coursewire.runtime.Mode;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// One opening of an item's content, with what content said in the attempt so far.
///
/// @param attempt empty in browse mode, which stores no result
/// @param countedSeconds what the session has added to the attempt's duration
/// @param away what does not count of the time since it was opened
record Session(
        Of of,
        Instant openedAt,
        Instant lastSeenAt,
        Optional<CloseCause> closed,
        int lastSequence,
        BigDecimal countedSeconds,
        Duration away,
        Elements elements) {

    /// What never changes about a session.
    record Of(
            ClientId client,
            SessionId id,
            LaunchId launch,
            ActivityId activity,
            int packageVersion,
            ItemId item,
            Optional<AttemptId> attempt,
            Mode mode) {
        SessionStore.Key key() {
            return new SessionStore.Key(client, id);
        }

        /// The attempt that the session may change: none in review and browse mode.
        Optional<AttemptKey> changes() {
            return mode == Mode.NORMAL
                    ? attempt.map(id -> new AttemptKey(client, id))
                    : Optional.empty();
        }
    }

    Session seen(Instant now, Duration gone) {
        return new Session(
                of, openedAt, now, closed, lastSequence, countedSeconds, away.plus(gone), elements);
    }

    Session reopened() {
        return new Session(
                of,
                openedAt,
                lastSeenAt,
                Optional.empty(),
                lastSequence,
                countedSeconds,
                away,
                elements);
    }

    Session closed(CloseCause cause) {
        return new Session(
                of,
                openedAt,
                lastSeenAt,
                Optional.of(cause),
                lastSequence,
                countedSeconds,
                away,
                elements);
    }

    Session committed(int sequence, Elements merged) {
        return new Session(
                of, openedAt, lastSeenAt, closed, sequence, countedSeconds, away, merged);
    }

    Session counted(BigDecimal seconds) {
        return new Session(of, openedAt, lastSeenAt, closed, lastSequence, seconds, away, elements);
    }
}
