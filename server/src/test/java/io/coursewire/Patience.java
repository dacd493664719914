package io.coursewire;

import java.lang.management.ManagementFactory;
import java.time.Duration;

/// Time limits of promises, made longer where the machine is busy with other things, and never so short
/// that a slow moment fails a test: they tell a promise kept from one that waits for a minute.
public final class Patience {
    private static final Duration LEAST = Duration.ofSeconds(30);

    private Patience() {}

    public static Duration of(Duration onAnIdleMachine) {
        var system = ManagementFactory.getOperatingSystemMXBean();
        double busy = system.getSystemLoadAverage() / system.getAvailableProcessors();
        var here = Duration.ofMillis((long) (onAnIdleMachine.toMillis() * Math.max(1, busy)));
        return here.compareTo(LEAST) > 0 ? here : LEAST;
    }
}
