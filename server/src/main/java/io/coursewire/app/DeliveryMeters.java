package io.coursewire.app;

import io.coursewire.webhooks.delivery.Tried;
import io.coursewire.webhooks.watch.Measured;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/// What the flow of webhooks shows to Prometheus: each try as it happens, and measures taken now and then.
final class DeliveryMeters {
    private static final Duration[] STEPS = {
        Duration.ofMillis(5),
        Duration.ofMillis(20),
        Duration.ofMillis(50),
        Duration.ofMillis(100),
        Duration.ofMillis(250),
        Duration.ofMillis(500),
        Duration.ofSeconds(1),
        Duration.ofSeconds(5),
        Duration.ofSeconds(15),
        Duration.ofMinutes(1),
        Duration.ofMinutes(10)
    };

    private final MeterRegistry registry;
    private final Map<String, Timer> tries = new ConcurrentHashMap<>();
    private final Timer arrival;
    private final MultiGauge events;
    private final MultiGauge ledger;
    private final MultiGauge differences;
    private final MultiGauge enabled;
    private final MultiGauge failing;
    private final MultiGauge waiting;

    DeliveryMeters(MeterRegistry registry) {
        this.registry = registry;
        arrival =
                timer("coursewire.webhook.arrival", "From the event to its answer, when delivered");
        events = gauge("coursewire.events.open", "Events not given to their webhooks yet");
        ledger = gauge("coursewire.deliveries", "Deliveries of the last month by state");
        differences =
                gauge(
                        "coursewire.ledger.difference",
                        "Accepted less what became of it; 0 is right");
        enabled = gauge("coursewire.webhook.enabled", "1 if the webhook is enabled");
        failing =
                gauge("coursewire.webhook.failing.seconds", "For how long deliveries have failed");
        waiting = gauge("coursewire.webhook.waiting.seconds", "Age of the oldest event that waits");
    }

    void tried(Tried tried) {
        tries.computeIfAbsent(
                        tried.outcome(),
                        outcome ->
                                Timer.builder("coursewire.webhook.tries")
                                        .description("Requests to webhooks by outcome")
                                        .tag("outcome", outcome)
                                        .serviceLevelObjectives(STEPS)
                                        .register(registry))
                .record(Duration.ofMillis(tried.result().durationMillis()));
        if (tried.isDelivered()) {
            arrival.record(tried.sinceEvent());
        }
    }

    void show(Measured measured, java.time.Instant now) {
        events.register(
                List.of(
                        Row.of(Tags.of("measure", "count"), measured.notFannedOut()),
                        Row.of(
                                Tags.of("measure", "oldest_seconds"),
                                seconds(measured.oldestNotFannedOut().orElse(Duration.ZERO)))),
                true);
        ledger.register(measured.clients().stream().flatMap(DeliveryMeters::states).toList(), true);
        differences.register(
                rows(
                        measured.clients().stream()
                                .map(
                                        c ->
                                                row(
                                                        Tags.of("client", c.client().value()),
                                                        c.difference()))),
                true);
        var endpoints = measured.endpoints();
        enabled.register(
                rows(endpoints.stream().map(e -> row(tags(e), e.health().enabled() ? 1 : 0))),
                true);
        failing.register(
                rows(
                        endpoints.stream()
                                .map(
                                        e ->
                                                row(
                                                        tags(e),
                                                        e.health()
                                                                .failingSince()
                                                                .map(
                                                                        s ->
                                                                                seconds(
                                                                                        Duration
                                                                                                .between(
                                                                                                        s,
                                                                                                        now)))
                                                                .orElse(0.0)))),
                true);
        waiting.register(
                rows(
                        endpoints.stream()
                                .map(
                                        e ->
                                                row(
                                                        tags(e),
                                                        seconds(
                                                                e.oldestWaiting()
                                                                        .orElse(Duration.ZERO))))),
                true);
    }

    private static Stream<Row<?>> states(Measured.OfClient c) {
        return Stream.of(
                state(c, "accepted", c.accepted()),
                state(c, "delivered", c.delivered()),
                state(c, "superseded", c.superseded()),
                state(c, "pending", c.pending()),
                state(c, "dead", c.dead()),
                state(c, "cancelled", c.cancelled()));
    }

    private static Row<?> state(Measured.OfClient client, String state, long value) {
        return row(Tags.of("client", client.client().value(), "state", state), value);
    }

    private static Tags tags(Measured.OfEndpoint e) {
        return Tags.of("client", e.client().value(), "webhook", e.endpoint().toString());
    }

    private static Row<?> row(Tags tags, Number value) {
        return Row.of(tags, value);
    }

    private static Iterable<Row<?>> rows(Stream<Row<?>> rows) {
        return rows.toList();
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1_000.0;
    }

    private Timer timer(String name, String description) {
        return Timer.builder(name)
                .description(description)
                .serviceLevelObjectives(STEPS)
                .register(registry);
    }

    private MultiGauge gauge(String name, String description) {
        return MultiGauge.builder(name).description(description).register(registry);
    }
}
