package io.coursewire.app.tracing;

import io.coursewire.api.Answer;
import io.coursewire.api.Route;
import io.coursewire.kernel.CannotStart;
import io.coursewire.runtime.launch.CommitOutcome;
import io.coursewire.runtime.launch.CommitRequest;
import io.coursewire.webhooks.OutboxEvent;
import io.coursewire.webhooks.delivery.Tried;
import io.helidon.http.ServerRequestHeaders;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.spi.ConfigurationException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;

/// Traces for a collector that speaks OTLP over HTTP, set by OpenTelemetry's own variables.
final class OtlpTraces implements Traces {
    private static final Map<String, String> DEFAULTS =
            Map.of(
                    "otel.service.name", "coursewire",
                    "otel.exporter.otlp.protocol", "http/protobuf");

    // Numbers are asked for by Prometheus, lines are on standard error.
    private static final Map<String, String> FIXED =
            Map.of("otel.metrics.exporter", "none", "otel.logs.exporter", "none");

    private static final Duration FLUSH_MAX = Duration.ofSeconds(2);

    private final OpenTelemetrySdk sdk;
    private final TraceCalls calls;
    private final TraceCommits commits;
    private final TraceTries tries;

    private OtlpTraces(OpenTelemetrySdk sdk) {
        this.sdk = sdk;
        Tracer tracer = sdk.getTracer("io.coursewire");
        calls = new TraceCalls(tracer, sdk.getPropagators().getTextMapPropagator());
        commits = new TraceCommits(tracer);
        tries = new TraceTries(tracer);
    }

    static OtlpTraces open(Map<String, String> environment) {
        try {
            return new OtlpTraces(
                    AutoConfiguredOpenTelemetrySdk.builder()
                            .addPropertiesSupplier(() -> DEFAULTS)
                            .addPropertiesCustomizer(_ -> properties(environment))
                            .disableShutdownHook()
                            .build()
                            .getOpenTelemetrySdk());
        } catch (ConfigurationException | IllegalArgumentException | IllegalStateException e) {
            throw new CannotStart(
                    "Traces cannot be sent as the OTEL_... variables say: %s. They go out over HTTP (OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf)."
                            .formatted(e.getMessage()),
                    e);
        }
    }

    @Override
    public Answer call(Route route, ServerRequestHeaders headers, Supplier<Answer> call) {
        return calls.around(route, headers, call);
    }

    @Override
    public CommitOutcome commit(
            CommitRequest request, Function<CommitRequest, CommitOutcome> commit) {
        return commits.commit(request, commit);
    }

    @Override
    public List<CommitOutcome> group(
            List<CommitRequest> requests,
            Function<List<CommitRequest>, List<CommitOutcome>> record) {
        return commits.group(requests, record);
    }

    @Override
    public void announced(List<OutboxEvent> events) {
        tries.announced(events);
    }

    @Override
    public void tried(Tried tried) {
        tries.tried(tried);
    }

    /// Of its own accord OpenTelemetry waits 10 s for a collector that is away.
    @Override
    public void close() {
        sdk.getSdkTracerProvider().shutdown().join(FLUSH_MAX.toMillis(), TimeUnit.MILLISECONDS);
    }

    /// The variables of a map in the form of the properties that OpenTelemetry reads.
    private static Map<String, String> properties(Map<String, String> environment) {
        Map<String, String> properties = new HashMap<>();
        environment.forEach(
                (name, value) -> {
                    if (name.startsWith("OTEL_")) {
                        properties.put(name.toLowerCase(Locale.ROOT).replace('_', '.'), value);
                    }
                });
        properties.putAll(FIXED);
        return properties;
    }
}
