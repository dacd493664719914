package io.coursewire.runtime.launch;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// How long a session was open. A page that is open gives signs of life all the time: between two that are far apart it slept, or was not
/// there, and what comes days later from a browser that was offline happened when it says. Pure.
final class OpenTime {
    static final Duration SILENCE_MAX = Duration.ofMinutes(10);

    private OpenTime() {}

    /// The session once something of it is heard.
    ///
    /// @param news what content said since it was last seen, in order; none at all is a sign of life
    static Session seen(Session before, List<Commit> news, Instant now) {
        var gap = Duration.between(before.lastSeenAt(), now);
        boolean wasOpen = before.closed().isEmpty() && isShort(gap);
        return before.seen(now, wasOpen ? Duration.ZERO : gap.minus(spent(before, news, now)));
    }

    /// By the browser's clock, as far as the server's has it possible.
    private static Duration spent(Session before, List<Commit> news, Instant now) {
        var spent = Duration.ZERO;
        var from = before.lastSeenAt();
        for (var commit : news) {
            var at = later(from, earlier(commit.change().at(), now));
            var step = Duration.between(from, at);
            spent = isShort(step) ? spent.plus(step) : spent;
            from = at;
        }
        return spent;
    }

    // The node that saw it last may have a clock that is behind.
    static BigDecimal seconds(Session session) {
        var open = Duration.between(session.openedAt(), session.lastSeenAt()).minus(session.away());
        return BigDecimal.valueOf(Math.max(open.toMillis(), 0))
                .movePointLeft(3)
                .setScale(2, RoundingMode.HALF_UP);
    }

    private static boolean isShort(Duration silence) {
        return silence.compareTo(SILENCE_MAX) <= 0;
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    private static Instant later(Instant one, Instant other) {
        return one.isBefore(other) ? other : one;
    }
}
