package io.coursewire.api;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// How many calls each route got, how they were answered, and how long that took.
public final class CallTimes {
    private static final Duration[] STEPS = {
        Duration.ofMillis(1),
        Duration.ofMillis(5),
        Duration.ofMillis(20),
        Duration.ofMillis(100),
        Duration.ofMillis(500),
        Duration.ofSeconds(2),
        Duration.ofSeconds(10)
    };

    private record Kind(Route route, int status) {}

    private final Map<Kind, Timer> timers = new ConcurrentHashMap<>();
    private final MeterRegistry registry;

    public CallTimes(MeterRegistry registry) {
        this.registry = registry;
    }

    void record(Route route, int status, Duration took) {
        timers.computeIfAbsent(new Kind(route, status), this::timer).record(took);
    }

    // By the route's template, never by the path: ids would make a series each.
    private Timer timer(Kind kind) {
        return Timer.builder("coursewire.http.calls")
                .description("Calls by route and status, as answered")
                .tag("method", kind.route().method().text())
                .tag("route", kind.route().path())
                .tag("status", Integer.toString(kind.status()))
                .serviceLevelObjectives(STEPS)
                .register(registry);
    }
}
