package io.coursewire.api;

import io.helidon.http.ServerRequestHeaders;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

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

    private static final Logger LOG = LoggerFactory.getLogger(CallTimes.class);

    private record Kind(Route route, int status) {}

    private final Map<Kind, Timer> timers = new ConcurrentHashMap<>();
    private final MeterRegistry registry;
    private final AroundCall around;

    public CallTimes(MeterRegistry registry) {
        this(registry, (_, _, call) -> call.get());
    }

    /// `around` goes with each call that is timed.
    public CallTimes(MeterRegistry registry, AroundCall around) {
        this.registry = registry;
        this.around = around;
    }

    Answer time(Route route, ServerRequestHeaders headers, Supplier<Answer> call) {
        long startedNanos = System.nanoTime();
        Answer answer = around.around(route, headers, call);
        var took = Duration.ofNanos(System.nanoTime() - startedNanos);
        timers.computeIfAbsent(new Kind(route, answer.status()), this::timer).record(took);
        LOG.debug("{} {} -> {} in {}", route.method(), route.path(), answer.status(), took);
        return answer;
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
