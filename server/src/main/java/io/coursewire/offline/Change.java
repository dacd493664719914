package io.coursewire.offline;

import io.coursewire.attempts.AttemptKey;
import io.coursewire.attempts.Payload;
import io.coursewire.kernel.Uuid;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/// One change of an attempt by hand. `before` is empty when the change made the attempt.
public record Change(
        AttemptKey attempt,
        UUID id,
        Instant at,
        Why why,
        long versionBefore,
        long versionAfter,
        Optional<Payload> before) {
    /// What kind of act it was.
    public enum Cause {
        ENTERED,
        IMPORTED,
        CORRECTED,
        MOVED,
        MERGED,
        UNDONE;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Cause stored(String word) {
            return Arrays.stream(values()).filter(c -> c.word().equals(word)).findFirst().get();
        }
    }

    /// Who changed it, and why.
    public record Why(Cause cause, String author, Optional<String> reason, Optional<Row> row) {
        public static final int REASON_CHARS_MAX = 2_000;
    }

    /// The line of an imported file.
    public record Row(UUID importId, long line) {}

    public static Change now(
            AttemptKey attempt,
            Instant at,
            Why why,
            long versionBefore,
            long versionAfter,
            Optional<Payload> before) {
        return new Change(attempt, Uuid.next(), at, why, versionBefore, versionAfter, before);
    }
}
