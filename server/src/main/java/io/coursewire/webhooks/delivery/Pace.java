package io.coursewire.webhooks.delivery;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// Spaces the requests to one endpoint evenly, so that no second has more than the limit.
public final class Pace {
    private static final long SECOND_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long LOOK_NANOS = Duration.ofMillis(5).toNanos();

    private long nextNanos = System.nanoTime();

    /// Blocks until this request's turn. Turns are given in the order in which they are asked for.
    public void await(double requestsPerSecondMax) {
        sleepUntil(reserve(gapNanos(requestsPerSecondMax)));
    }

    /// Blocks until nobody else waits for a turn, and takes it: others wait one gap at most for this. Gives
    /// up as soon as `goesOn` says no.
    void awaitIdle(double requestsPerSecondMax, BooleanSupplier goesOn) {
        while (goesOn.getAsBoolean() && !takeIfIdle(gapNanos(requestsPerSecondMax))) {
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }

    private synchronized long reserve(long gapNanos) {
        long turnNanos = Math.max(nextNanos, System.nanoTime());
        nextNanos = turnNanos + gapNanos;
        return turnNanos;
    }

    private synchronized boolean takeIfIdle(long gapNanos) {
        long now = System.nanoTime();
        boolean idle = nextNanos - now <= 0;
        if (idle) {
            nextNanos = now + gapNanos;
        }
        return idle;
    }

    private static long gapNanos(double requestsPerSecondMax) {
        return (long) (SECOND_NANOS / requestsPerSecondMax);
    }

    private static void sleepUntil(long turnNanos) {
        for (long wait = turnNanos - System.nanoTime();
                wait > 0;
                wait = turnNanos - System.nanoTime()) {
            LockSupport.parkNanos(wait);
        }
    }
}
