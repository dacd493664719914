package io.coursewire.app.tracing;

import io.coursewire.webhooks.OutboxEvent;
import io.coursewire.webhooks.delivery.Tried;
import io.coursewire.webhooks.sending.Answer;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// A span per try of a webhook, below the commit of its event while this process remembers that; later ones
/// are traces of their own, found by the message's id.
final class TraceTries {
    static final int EVENTS_REMEMBERED_MAX = 20_000;

    private final Tracer tracer;
    private final Map<UUID, SpanContext> commits =
            new LinkedHashMap<>() {
                @Override
                protected boolean removeEldestEntry(Map.Entry<UUID, SpanContext> eldest) {
                    return size() > EVENTS_REMEMBERED_MAX;
                }
            };

    TraceTries(Tracer tracer) {
        this.tracer = tracer;
    }

    void announced(List<OutboxEvent> events) {
        SpanContext commit = Span.current().getSpanContext();
        if (commit.isSampled()) {
            synchronized (commits) {
                events.forEach(event -> commits.put(event.id(), commit));
            }
        }
    }

    void tried(Tried tried) {
        Span span = span(tried).startSpan();
        switch (tried.result().answer()) {
            case Answer.Status status -> span.setAttribute(TraceCalls.STATUS, (long) status.code());
            case Answer.None _ -> span.setAttribute("error.type", "no_answer");
        }
        if (!tried.isDelivered()) {
            span.setStatus(StatusCode.ERROR);
        }
        var end = tried.result().at().plus(Duration.ofMillis(tried.result().durationMillis()));
        span.end(end);
    }

    private SpanBuilder span(Tried tried) {
        var event = tried.event();
        var span =
                tracer.spanBuilder("deliver webhook")
                        .setParent(commitOf(event))
                        .setSpanKind(SpanKind.CLIENT)
                        .setStartTimestamp(tried.result().at())
                        .setAttribute("coursewire.client", event.orderingKey().client().value())
                        .setAttribute("coursewire.webhook", tried.subscription().id().toString())
                        .setAttribute("coursewire.message", event.id().toString())
                        .setAttribute("coursewire.event", event.type())
                        .setAttribute("coursewire.outcome", tried.outcome())
                        .setAttribute("http.request.method", "POST");
        // The rest of the address may hold what only the subscriber knows.
        Optional.ofNullable(URI.create(tried.subscription().settings().url()).getHost())
                .ifPresent(host -> span.setAttribute("server.address", host));
        event.attempt()
                .ifPresent(
                        attempt ->
                                span.setAttribute("coursewire.attempt", attempt.toString())
                                        .setAttribute(
                                                "coursewire.attempt.version", event.version()));
        return span;
    }

    private Context commitOf(OutboxEvent event) {
        synchronized (commits) {
            return Optional.ofNullable(commits.get(event.id()))
                    .map(commit -> Context.root().with(Span.wrap(commit)))
                    .orElse(Context.root());
        }
    }
}
