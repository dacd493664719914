package io.coursewire.webhooks.delivery;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// Whether an endpoint is worth trying: opens after failures in a row or when the endpoint asks for
/// patience; afterwards a single request probes before all go on.
final class Circuit {
    static final int FAILURES_TO_OPEN = 10;

    private static final Duration PAUSE_FIRST = Duration.ofSeconds(5);
    private static final Duration PAUSE_MAX = Duration.ofMinutes(5);

    private int failuresInRow;
    private int opened;
    private Optional<Instant> openUntil = Optional.empty();

    /// Until when nothing is to be sent; empty when something may be.
    Optional<Instant> blockedUntil(Instant now) {
        return openUntil.filter(now::isBefore);
    }

    /// Whether only one request at a time may go out.
    boolean isProbing(Instant now) {
        return openUntil.isPresent() && !now.isBefore(openUntil.get());
    }

    void succeeded() {
        failuresInRow = 0;
        opened = 0;
        openUntil = Optional.empty();
    }

    /// Returns whether the circuit opened just now.
    boolean failed(Instant now) {
        failuresInRow++;
        return (failuresInRow >= FAILURES_TO_OPEN || isProbing(now)) && open(now, Optional.empty());
    }

    /// Opens until the given time, or for longer each time. Requests that were under way already change
    /// nothing. Returns whether the circuit opened just now.
    boolean open(Instant now, Optional<Instant> asked) {
        if (blockedUntil(now).isPresent()) {
            return false;
        }
        openUntil = Optional.of(asked.orElseGet(() -> now.plus(pause())));
        opened++;
        return true;
    }

    /// Someone wants to know now whether it is well again.
    void endPause(Instant now) {
        openUntil = openUntil.map(until -> until.isBefore(now) ? until : now);
    }

    private Duration pause() {
        Duration pause = PAUSE_FIRST.multipliedBy(1L << Math.min(opened, 10));
        return pause.compareTo(PAUSE_MAX) > 0 ? PAUSE_MAX : pause;
    }
}
