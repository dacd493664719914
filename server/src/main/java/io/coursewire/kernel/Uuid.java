package io.coursewire.kernel;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;

/// Identifiers as UUIDs of version 7 (RFC 9562): new ones sort after older ones, which keeps index
/// pages warm and lists in the order in which things were made, also within a millisecond of one
/// process; 62 random bits keep them unguessable enough for an id (never for a secret).
public final class Uuid {
    private static final Pattern FORM =
            Pattern.compile(
                    "[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final long SET_BACK_MAX = Duration.ofMinutes(1).toMillis() << 12;

    private static final Instant TIME_MAX = Instant.ofEpochMilli((1L << 48) - 1);

    /// The time of the last one, in 4096ths of a millisecond since 1970.
    private static final AtomicLong LAST = new AtomicLong();

    private Uuid() {}

    /// Greater than all that this process has made before, unless the clock was set back by more than a minute.
    public static UUID next() {
        long time = LAST.accumulateAndGet(now(), Uuid::after);
        long high = (time >>> 12 << 16) | 0x7000L | (time & 0x0fffL);
        long low = (RANDOM.nextLong() & 0x3fff_ffff_ffff_ffffL) | 0x8000_0000_0000_0000L;
        return new UUID(high, low);
    }

    // To cling to a wrong clock's future would put rows into days that there is no partition for.
    static long after(long last, long now) {
        boolean setBack = last - now > SET_BACK_MAX;
        return setBack ? now : Math.max(last + 1, now);
    }

    private static long now() {
        var now = Instant.now();
        return now.toEpochMilli() << 12 | (now.getNano() % NANOS_PER_MILLI << 12) / NANOS_PER_MILLI;
    }

    /// The smallest one of an instant: those made since then, and no others, are not below it. Of an instant that is
    /// before or after all that have one, the first or the last of these.
    public static UUID firstOf(Instant instant) {
        var first = instant.isBefore(Instant.EPOCH) ? Instant.EPOCH : instant;
        var within = first.isAfter(TIME_MAX) ? TIME_MAX : first;
        return new UUID(within.toEpochMilli() << 16, 0);
    }

    /// When one of version 7 was made.
    public static Instant instantOf(UUID id) {
        return Instant.ofEpochMilli(id.getMostSignificantBits() >>> 16);
    }

    /// Empty unless the text is in the 36-character form; `UUID.fromString` takes shorter ones too.
    public static Optional<UUID> parse(String text) {
        return text != null && FORM.matcher(text).matches()
                ? Optional.of(UUID.fromString(text))
                : Optional.empty();
    }
}
