package io.coursewire.app.tracing;

import static io.coursewire.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.coursewire.Patience;
import io.coursewire.app.Coursewire;
import io.coursewire.app.demo.HeadlessParticipant;
import io.coursewire.app.demo.Rehearsal;
import io.coursewire.app.remote.ApiClient;
import io.coursewire.app.settings.Endpoints;
import io.coursewire.app.settings.Settings;
import io.coursewire.kernel.CannotStart;
import io.coursewire.kernel.SecretKey;
import io.coursewire.storage.Database;
import io.coursewire.storage.TestDatabase;
import io.coursewire.webhooks.delivery.HostileReceiver;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status.StatusCode;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// A whole server and a collector that reads the real protocol.
class TracesTest {
    @RegisterExtension static final TestDatabase database = TestDatabase.migrated();
    private static final String CALLER = "4bf92f3577b34da6a3ce929d0e0e4736";

    private static final SecretKey KEY = SecretKey.of(SecretKey.random());
    private static final String ADMIN_KEY = "admin-key-of-the-test-of-traces-0123456789";

    @TempDir Path folder;
    private final OtlpReceiver collector = new OtlpReceiver();
    private final HostileReceiver subscriber = new HostileReceiver();
    private Database own;
    private Optional<Coursewire> server = Optional.empty();

    TracesTest() throws Exception {}

    @AfterEach
    void stop() {
        server.ifPresent(Coursewire::close);
        Optional.ofNullable(own).ifPresent(Database::close);
        subscriber.close();
        collector.close();
    }

    @Test
    void an_attempt_is_followed_from_the_request_through_its_commit_to_its_webhook() {
        subscriber.behave(
                request ->
                        HostileReceiver.status(
                                "attempt.completed".equals(request.header("coursewire-event"))
                                        ? 400
                                        : 204));
        play(start(Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", collector.url())));
        await(() -> tries("attempt.completed").findAny().isPresent());

        Span failed = tries("attempt.completed").findFirst().orElseThrow();
        assertThat(failed.getKind()).isEqualTo(Span.SpanKind.SPAN_KIND_CLIENT);
        assertThat(failed.getStatus().getCode()).isEqualTo(StatusCode.STATUS_CODE_ERROR);
        assertThat(attribute(failed, "http.response.status_code").getIntValue()).isEqualTo(400);
        assertThat(attribute(failed, "coursewire.client").getStringValue()).isEqualTo("demo");
        assertThat(attribute(failed, "server.address").getStringValue()).isEqualTo("127.0.0.1");
        assertThat(attribute(failed, "coursewire.message").getStringValue())
                .isEqualTo(arrived("attempt.completed").header("webhook-id"));

        await(() -> find(failed.getParentSpanId()).isPresent());
        Span group = find(failed.getParentSpanId()).orElseThrow();
        assertThat(group.getName()).isEqualTo("commit group");
        await(() -> find(group.getParentSpanId()).isPresent());
        Span request = find(group.getParentSpanId()).orElseThrow();
        assertThat(request.getName())
                .isEqualTo("POST /play/{playToken}/sessions/{sessionId}/commits");
        assertThat(request.getKind()).isEqualTo(Span.SpanKind.SPAN_KIND_SERVER);
        assertThat(attribute(request, "http.response.status_code").getIntValue()).isEqualTo(200);
        assertThat(request.getTraceId()).isEqualTo(failed.getTraceId());
        assertThat(tries("attempt.started").findFirst().orElseThrow().getStatus().getCode())
                .isEqualTo(StatusCode.STATUS_CODE_UNSET);
    }

    @Test
    void neither_tokens_nor_people_are_told_and_the_collector_knows_who_speaks() {
        String launchUrl =
                play(
                        start(
                                Map.of(
                                        "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT",
                                        collector.url() + "/v1/traces")));
        await(() -> tries("attempt.completed").findAny().isPresent());
        server.orElseThrow().close();
        assertThat(collector.contentTypes()).containsOnly("application/x-protobuf");
        String told = collector.requests().toString();
        assertThat(told)
                .contains("service.name", "\"coursewire\"")
                .doesNotContain(Rehearsal.USERNAME, "Mira", "Bell", "whsec_", "Bearer")
                .doesNotContain(launchUrl.substring(launchUrl.lastIndexOf('/') + 1))
                .doesNotContain("/hook");
    }

    @Test
    void a_caller_that_traces_finds_the_call_below_its_own_span() throws Exception {
        var coursewire = start(Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", collector.url()));
        var request =
                HttpRequest.newBuilder(URI.create(coursewire.apiUrl() + "/api/v1/clients"))
                        .header("traceparent", "00-" + CALLER + "-00f067aa0ba902b7-01");
        try (var http = HttpClient.newHttpClient()) {
            assertThat(http.send(request.build(), BodyHandlers.discarding()).statusCode())
                    .isEqualTo(401);
        }
        await(() -> !collector.spans(span -> hex(span.getTraceId()).equals(CALLER)).isEmpty());
        var span = collector.spans(s -> hex(s.getTraceId()).equals(CALLER)).getFirst();
        assertThat(hex(span.getParentSpanId())).isEqualTo("00f067aa0ba902b7");
    }

    @Test
    void without_a_collector_nothing_is_traced() {
        assertThat(Traces.of(Map.of("OTEL_SERVICE_NAME", "x"))).isEqualTo(new NoTraces());
    }

    @Test
    void what_cannot_be_set_up_is_told_at_the_start() {
        var environment =
                Map.of(
                        "OTEL_EXPORTER_OTLP_ENDPOINT", "localhost:4318",
                        "OTEL_EXPORTER_OTLP_PROTOCOL", "grpc");
        assertThatThrownBy(() -> Traces.of(environment))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("OTEL_");
    }

    @Test
    void a_collector_that_is_away_holds_up_nothing_and_not_the_stop() {
        collector.close();
        assertNothingIsHeldUpBy(collector.url());
    }

    @Test
    void a_collector_that_never_answers_holds_up_nothing_and_not_the_stop() throws Exception {
        try (var silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            assertNothingIsHeldUpBy("http://127.0.0.1:" + silent.getLocalPort());
        }
    }

    private void assertNothingIsHeldUpBy(String url) {
        var traces =
                Traces.of(
                        Map.of(
                                "OTEL_EXPORTER_OTLP_ENDPOINT", url,
                                "OTEL_BSP_SCHEDULE_DELAY", "1",
                                // So that whoever waited for the exporter would wait too long.
                                "OTEL_EXPORTER_OTLP_TIMEOUT", "600000",
                                "OTEL_BSP_EXPORT_TIMEOUT", "600000"));
        play(start(traces));
        await(
                () ->
                        subscriber.requests().stream()
                                .anyMatch(
                                        r ->
                                                "attempt.completed"
                                                        .equals(r.header("coursewire-event"))));
        Duration soon = Patience.of(Duration.ofSeconds(2));
        long start = System.nanoTime();
        traces.close();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(soon);
    }

    private Coursewire start(Map<String, String> variables) {
        var environment = new HashMap<>(variables);
        environment.put("OTEL_BSP_SCHEDULE_DELAY", "100");
        return start(Traces.of(environment));
    }

    private Coursewire start(Traces traces) {
        var settings = Settings.of(Endpoints.local(0, 0), folder, List.of("127.0.0.0/8"));
        own = Database.open(database.address());
        var coursewire = Coursewire.start(settings, own, KEY, traces);
        server = Optional.of(coursewire);
        coursewire.apiKeys().useAdminKey(ADMIN_KEY);
        return coursewire;
    }

    /// Returns the link that was played.
    private String play(Coursewire coursewire) {
        try (var api = new ApiClient(URI.create(coursewire.apiUrl()), ADMIN_KEY);
                var http = HttpClient.newHttpClient()) {
            var rehearsal = new Rehearsal(api);
            rehearsal.client();
            rehearsal.participant();
            JsonNode course = rehearsal.course(folder);
            rehearsal.webhook(URI.create(subscriber.url()));
            URI link = rehearsal.launch(course.at("/items/0/id").asString());
            HeadlessParticipant.redeem(http, link, Clock.systemUTC())
                    .open(Optional.empty())
                    .finish(Map.of("cmi.core.lesson_status", "passed"));
            return link.toString();
        }
    }

    private Stream<Span> tries(String event) {
        return collector
                .spans(
                        span ->
                                span.getName().equals("deliver webhook")
                                        && attribute(span, "coursewire.event")
                                                .getStringValue()
                                                .equals(event))
                .stream();
    }

    private HostileReceiver.Request arrived(String event) {
        return subscriber.requests().stream()
                .filter(request -> event.equals(request.header("coursewire-event")))
                .findFirst()
                .orElseThrow();
    }

    private Optional<Span> find(ByteString id) {
        return collector.spans(span -> span.getSpanId().equals(id)).stream().findFirst();
    }

    private static AnyValue attribute(Span span, String name) {
        return span.getAttributesList().stream()
                .filter(attribute -> attribute.getKey().equals(name))
                .findFirst()
                .orElseThrow()
                .getValue();
    }

    private static String hex(ByteString bytes) {
        return HexFormat.of().formatHex(bytes.toByteArray());
    }
}
