package io.coursewire.webhooks.delivery;

import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// Spaces requests evenly, so that no second has more than the limit.
final class Pace {
    private static final long SECOND_NANOS = TimeUnit.SECONDS.toNanos(1);

    private long nextNanos = System.nanoTime();

    /// Blocks until this request's turn.
    void await(Optional<Integer> requestsPerSecondMax) {
        if (requestsPerSecondMax.isEmpty()) {
            return;
        }
        long turnNanos = reserve(SECOND_NANOS / requestsPerSecondMax.get());
        for (long wait = turnNanos - System.nanoTime();
                wait > 0;
                wait = turnNanos - System.nanoTime()) {
            LockSupport.parkNanos(wait);
        }
    }

    private synchronized long reserve(long gapNanos) {
        long turnNanos = Math.max(nextNanos, System.nanoTime());
        nextNanos = turnNanos + gapNanos;
        return turnNanos;
    }
}
