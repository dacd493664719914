package io.coursewire.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.coursewire.api.keys.Caller;
import io.coursewire.kernel.SecretKey;
import io.helidon.http.Method;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class MetricsResourceTest {
    private static final PrometheusMeterRegistry REGISTRY =
            new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private static final Resource THINGS =
            () -> List.of(Route.ofClient(Method.GET, "/things/{id}", _ -> Answer.noContent()));

    @RegisterExtension
    static final RunningApi api =
            new RunningApi(
                    new Api(
                            MetricsResourceTest::caller,
                            _ -> true,
                            new Idempotency(
                                    Jdbi.create("jdbc:none"),
                                    SecretKey.of(SecretKey.random()),
                                    Clock.systemUTC()),
                            new CallTimes(REGISTRY),
                            List.of(THINGS, new MetricsResource(REGISTRY, Scope.ADMIN))));

    private static Optional<Caller> caller(String token) {
        return switch (token) {
            case "admin" -> Optional.of(new Caller.Admin());
            case "own" -> Optional.of(new Caller.OfClient(RunningApi.CLIENT, UUID.randomUUID()));
            default -> Optional.empty();
        };
    }

    @Test
    void metrics_are_for_admin_keys_only() {
        assertThat(api.get("wrong", "/metrics").status()).isEqualTo(401);
        assertThat(api.get("own", "/metrics").status()).isEqualTo(403);
        assertThat(api.get("admin", "/metrics").header("Content-Type"))
                .startsWith("text/plain; version=0.0.4");
    }

    @Test
    void calls_are_counted_by_route_and_status_and_never_by_path() {
        api.get("own", "/api/v1/clients/companyxyz/things/a-secret-id");
        api.get("own", "/api/v1/clients/companyxyz/things/another");
        api.get("own", "/api/v1/clients/elsewhere/things/x");
        var text =
                new String(api.get("admin", "/metrics").response().body(), StandardCharsets.UTF_8);
        var series =
                "coursewire_http_calls_seconds_count{method=\"GET\",route=\"/api/v1/clients/{clientId}/things/{id}\",status=\"%s\"} %s";
        assertThat(text)
                .contains(series.formatted(204, 2), series.formatted(404, 1))
                .doesNotContain("a-secret-id");
    }
}
