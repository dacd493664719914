package io.coursewire.webhooks;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// When a failed delivery is tried again: over about four days, then never. Pure; chance is passed in.
public final class RetrySchedule {
    private static final List<Duration> DELAYS =
            List.of(
                    Duration.ofSeconds(5),
                    Duration.ofMinutes(5),
                    Duration.ofMinutes(30),
                    Duration.ofHours(2),
                    Duration.ofHours(5),
                    Duration.ofHours(10),
                    Duration.ofHours(14),
                    Duration.ofHours(20),
                    Duration.ofHours(24));

    /// The first try, at once, and one after each delay.
    public static final int TRIES_MAX = DELAYS.size() + 1;

    private static final double JITTER = 0.1;

    private RetrySchedule() {}

    /// How long to wait after the given number of failed tries; empty when there is no further one.
    /// `chance` is from 0 to 1 and spreads the delay by a tenth to either side.
    public static Optional<Duration> delayAfter(int tries, double chance) {
        if (tries < 1) {
            throw new IllegalArgumentException("the first try has no delay");
        }
        return tries > DELAYS.size()
                ? Optional.empty()
                : Optional.of(spread(DELAYS.get(tries - 1), chance));
    }

    private static Duration spread(Duration delay, double chance) {
        double factor = 1 - JITTER + 2 * JITTER * chance;
        return Duration.ofMillis(Math.round(delay.toMillis() * factor));
    }
}
