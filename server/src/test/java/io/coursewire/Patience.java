package io.coursewire;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// Time limits of promises, made longer where the machine is busy with other things, and never so short
/// that a slow moment fails a test: they tell a promise kept from one that waits for a minute.
public final class Patience {
    private static final Duration LEAST = Duration.ofSeconds(30);
    private static final Duration LONGEST = Duration.ofMinutes(2);

    private Patience() {}

    public static Duration of(Duration onAnIdleMachine) {
        var system = ManagementFactory.getOperatingSystemMXBean();
        double busy = system.getSystemLoadAverage() / system.getAvailableProcessors();
        var here = Duration.ofMillis((long) (onAnIdleMachine.toMillis() * Math.max(1, busy)));
        return here.compareTo(LEAST) > 0 ? here : LEAST;
    }

    /// For what is bound to come, so that it ends only a test that hangs.
    public static Duration longest() {
        return of(LONGEST);
    }

    /// Returns as soon as it is so.
    public static void await(BooleanSupplier condition) {
        await("what was waited for", condition);
    }

    /// The same, with words for what does not come.
    public static void await(String what, BooleanSupplier condition) {
        Instant end = Instant.now().plus(longest());
        while (!condition.getAsBoolean()) {
            assertThat(Instant.now()).as(what).isBefore(end);
            LockSupport.parkNanos(1_000_000);
        }
    }
}
