package io.coursewire.e2e;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;

/// Waits for what happens outside of the browser.
final class Await {
    private static final Duration LOOK_AGAIN = Duration.ofMillis(50);

    private Await() {}

    static void until(Duration atMost, Callable<Boolean> condition) {
        if (!within(atMost, condition)) {
            throw new AssertionError("Not so after " + atMost);
        }
    }

    /// Whether it came to be so.
    static boolean within(Duration atMost, Callable<Boolean> condition) {
        var end = Instant.now().plus(atMost);
        while (!holds(condition)) {
            if (Instant.now().isAfter(end)) {
                return false;
            }
            LockSupport.parkNanos(LOOK_AGAIN.toNanos());
        }
        return true;
    }

    private static boolean holds(Callable<Boolean> condition) {
        try {
            return condition.call();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
