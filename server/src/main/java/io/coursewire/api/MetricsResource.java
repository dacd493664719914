package io.coursewire.api;

import io.helidon.http.Method;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// `/metrics`, for Prometheus.
public final class MetricsResource implements Resource {
    private static final String MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private final PrometheusMeterRegistry registry;
    private final Scope scope;

    /// `scope` is for admin keys beside the API, and open on a port of its own.
    public MetricsResource(PrometheusMeterRegistry registry, Scope scope) {
        this.registry = registry;
        this.scope = scope;
    }

    @Override
    public List<Route> routes() {
        return List.of(new Route(Method.GET, "/metrics", scope, Set.of(), false, _ -> scrape()));
    }

    private Answer scrape() {
        var text = registry.scrape().getBytes(StandardCharsets.UTF_8);
        return new Answer(200, Map.of(), new Answer.Bytes(MEDIA_TYPE, text));
    }
}
