package io.coursewire;

import java.lang.management.ManagementFactory;
import java.time.Duration;

/// Time limits of promises, made longer where the machine is busy with other things.
public final class Patience {
    private Patience() {}

    public static Duration of(Duration onAnIdleMachine) {
        var system = ManagementFactory.getOperatingSystemMXBean();
        double busy = system.getSystemLoadAverage() / system.getAvailableProcessors();
        return Duration.ofMillis((long) (onAnIdleMachine.toMillis() * Math.max(1, busy)));
    }
}
