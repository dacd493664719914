package io.coursewire.api;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.coursewire.RawHttp;
import io.coursewire.api.keys.Caller;
import io.coursewire.kernel.ClientId;
import io.coursewire.kernel.Json;
import io.coursewire.kernel.UserId;
import io.helidon.http.Method;
import io.helidon.webserver.http.HttpRouting;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.slf4j.LoggerFactory;

/// What every route does alike, on a route that does nothing else.
class ConventionsTest {
    private static final String PATH = "/api/v1/clients/companyxyz/things";

    /// Echoes what it read.
    // As the pool tells of a database that is away.
    private static final SQLTransientConnectionException AWAY =
            new SQLTransientConnectionException(
                    "timed out", new ConnectException("Connection refused"));

    private static final Resource THINGS =
            () ->
                    List.of(
                            Route.ofClient(Method.GET, "/things", ConventionsTest::list)
                                    .query("limit", "cursor"),
                            Route.ofClient(Method.GET, "/things/{id}", ConventionsTest::one),
                            Route.ofClient(Method.POST, "/things", ConventionsTest::create),
                            new Route(
                                    Method.GET,
                                    "/api/v1/admin",
                                    Scope.ADMIN,
                                    java.util.Set.of(),
                                    false,
                                    _ -> Answer.noContent()),
                            Route.open("/away", ConventionsTest::away),
                            Route.open("/full", ConventionsTest::full),
                            Route.open("/read-only", ConventionsTest::readOnly),
                            Route.open("/open", _ -> Answer.noContent()),
                            Route.ofClient(
                                    Method.GET,
                                    "/broken",
                                    _ -> {
                                        throw new IllegalStateException("a bug");
                                    }));

    private static Answer away(Call call) {
        throw new IllegalStateException(AWAY);
    }

    private static Answer full(Call call) {
        throw new UncheckedIOException(new IOException("No space left on device"));
    }

    private static Answer readOnly(Call call) {
        throw new IllegalStateException(new SQLException("read-only transaction", "25006"));
    }

    private static final Idempotency NO_IDEMPOTENCY =
            new Idempotency(Jdbi.create("jdbc:none"), null, Clock.systemUTC());

    @RegisterExtension
    static final RunningApi api =
            new RunningApi(
                    new Api(
                            ConventionsTest::caller,
                            client -> client.equals(RunningApi.CLIENT),
                            NO_IDEMPOTENCY,
                            new CallTimes(new SimpleMeterRegistry()),
                            List.of(THINGS)),
                    HttpRouting.builder()
                            .get(
                                    "/file",
                                    (_, _) -> {
                                        throw new ConnectionException(AWAY);
                                    }));

    private static Optional<Caller> caller(String token) {
        return switch (token) {
            case "admin" -> Optional.of(new Caller.Admin());
            case "own" -> Optional.of(new Caller.OfClient(RunningApi.CLIENT, UUID.randomUUID()));
            case "foreign" ->
                    Optional.of(new Caller.OfClient(new ClientId("other"), UUID.randomUUID()));
            default -> Optional.empty();
        };
    }

    private static Answer list(Call call) {
        return Answer.ok(Json.MAPPER.createObjectNode().put("limit", call.query().limit()));
    }

    private static Answer one(Call call) {
        return Answer.ok(
                Json.MAPPER.createObjectNode().put("id", call.id("id", UserId::parse).toString()));
    }

    private static Answer create(Call call) {
        var body = call.json();
        var name = body.text("name", 10);
        body.optionalInteger("count", 1, 9);
        body.optionalFlag("flag");
        body.objects("parts", 0, 2).forEach(part -> part.text("title", 5));
        body.check();
        return Answer.created(Json.MAPPER.createObjectNode().put("name", name));
    }

    private static RunningApi.Reply post(String body) {
        return api.post("own", PATH, body);
    }

    @Test
    void no_key_or_a_bad_one_is_401_with_a_challenge() {
        var reply = api.get("wrong", PATH);
        assertThat(reply.status()).isEqualTo(401);
        assertThat(reply.header("WWW-Authenticate")).isEqualTo("Bearer");
        assertThat(reply.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(reply.json().get("type").asString())
                .isEqualTo("https://coursewire.io/problems/unauthenticated");
    }

    @Test
    void a_foreign_client_and_one_that_does_not_exist_answer_alike() {
        var foreign = api.get("foreign", PATH);
        var absent = api.get("foreign", "/api/v1/clients/nobody/things");
        var absentForAdmin = api.get("admin", "/api/v1/clients/nobody/things");
        assertThat(List.of(foreign.status(), absent.status(), absentForAdmin.status()))
                .containsOnly(404);
        assertThat(foreign.json().get("detail")).isEqualTo(absent.json().get("detail"));
        assertThat(api.get("own", PATH).status()).isEqualTo(200);
        assertThat(api.get("admin", PATH).status()).isEqualTo(200);
    }

    @Test
    void a_client_key_outside_client_paths_is_403() {
        assertThat(api.get("own", "/api/v1/admin").status()).isEqualTo(403);
        assertThat(api.get("admin", "/api/v1/admin").status()).isEqualTo(204);
        assertThat(api.get("wrong", "/open").status()).isEqualTo(204);
    }

    @Test
    void several_faults_of_a_body_are_told_at_once_by_json_pointer() {
        var reply =
                post(
                        "{\"nam\":\"x\",\"count\":\"2\",\"flag\":1,\"parts\":[{\"title\":\"too long\"},7]}");
        assertThat(reply.status()).isEqualTo(400);
        assertThat(
                        reply.json().get("errors").values().stream()
                                .map(
                                        e ->
                                                e.get("pointer").asString()
                                                        + " "
                                                        + e.get("message").asString()))
                .containsExactlyInAnyOrder(
                        "/name is required.",
                        "/count must be a whole number, not text.",
                        "/flag must be true or false, not a number.",
                        "/parts/0/title has 8 characters; at most 5 are taken.",
                        "/parts/1 must be an object, not a number.",
                        "/nam is not a known field. Did you mean \"name\"?");
    }

    @Test
    void text_that_cannot_be_stored_is_named() {
        assertThat(
                        post("{\"name\":\"a\\u0000b\"}")
                                .json()
                                .get("errors")
                                .get(0)
                                .get("pointer")
                                .asString())
                .isEqualTo("/name");
        assertThat(
                        post("{\"name\":\"\\ud800\"}")
                                .json()
                                .get("errors")
                                .get(0)
                                .get("pointer")
                                .asString())
                .isEqualTo("/name");
        assertThat(post("{\"na\\u0000me\":\"x\"}").status()).isEqualTo(400);
        assertThat(post("{\"\\ud800\":\"x\"}").status()).isEqualTo(400);
    }

    @Test
    void a_body_that_is_not_one_json_object_in_utf_8_is_refused() {
        for (var body :
                List.of(
                        "",
                        "[]",
                        "7",
                        "{",
                        "{} {}",
                        "{\"name\":\"a\",\"name\":\"b\"}",
                        "[".repeat(10_000))) {
            assertThat(post(body).status()).as(body).isEqualTo(400);
        }
        var latin1 =
                api.send(
                        "own",
                        PATH,
                        r ->
                                r.header("Content-Type", "application/json")
                                        .POST(
                                                BodyPublishers.ofByteArray(
                                                        "{\"name\":\"é\"}"
                                                                .getBytes(
                                                                        StandardCharsets
                                                                                .ISO_8859_1))));
        assertThat(latin1.status()).isEqualTo(400);
        assertThat(latin1.json().get("detail").asString()).contains("UTF-8");
    }

    @Test
    void a_byte_order_mark_before_the_body_is_skipped() {
        assertThat(post("\ufeff{\"name\":\"a\"}").json().get("name").asString()).isEqualTo("a");
        assertThat(post("\ufeff").status()).isEqualTo(400);
    }

    @Test
    void other_content_types_are_415() {
        var body = BodyPublishers.ofString("{\"name\":\"a\"}");
        for (var type : List.of("text/plain", "application/json; charset=latin1", "nonsense")) {
            assertThat(
                            api.send("own", PATH, r -> r.header("Content-Type", type).POST(body))
                                    .status())
                    .as(type)
                    .isEqualTo(415);
        }
        assertThat(api.send("own", PATH, r -> r.POST(body)).status()).isEqualTo(415);
        for (var type : List.of("application/json; charset=UTF-8", "APPLICATION/JSON")) {
            assertThat(
                            api.send("own", PATH, r -> r.header("Content-Type", type).POST(body))
                                    .status())
                    .as(type)
                    .isEqualTo(201);
        }
    }

    @Test
    void a_body_beyond_the_limit_is_413_whether_or_not_its_length_is_declared() {
        var large = "{\"name\":\"" + "x".repeat(2_000_000) + "\"}";
        assertThat(post(large).status()).isEqualTo(413);
        var chunked = BodyPublishers.fromPublisher(BodyPublishers.ofString(large));
        assertThat(
                        api.send(
                                        "own",
                                        PATH,
                                        r ->
                                                r.header("Content-Type", "application/json")
                                                        .POST(chunked))
                                .status())
                .isEqualTo(413);
    }

    @Test
    void an_unknown_repeated_or_malformed_parameter_is_400_and_named() {
        for (var query :
                List.of(
                        "?limt=5",
                        "?limit=5&limit=6",
                        "?limit=0",
                        "?limit=501",
                        "?limit=x",
                        "?limit=%ff",
                        "?limit=",
                        "?cursor=%00")) {
            var reply = api.get("own", PATH + query);
            assertThat(reply.status()).as(query).isEqualTo(400);
            assertThat(reply.json().get("errors").get(0).get("pointer").asString())
                    .as(query)
                    .isIn("limit", "limt", "cursor");
        }
        assertThat(api.get("own", PATH + "?limt=5").json().get("detail").asString())
                .contains("Did you mean \"limit\"?");
        assertThat(api.get("own", PATH + "?limit=500").json().get("limit").asInt()).isEqualTo(500);
    }

    @Test
    void paths_that_lead_nowhere_are_404_and_other_methods_405() {
        assertThat(api.get("own", PATH + "/not-a-uuid").status()).isEqualTo(404);
        assertThat(api.get("own", "/api/v1/nothing?x=1").status()).isEqualTo(404);
        assertThat(api.get("own", "/nothing").header("Content-Type"))
                .isEqualTo("application/problem+json");
        var wrongMethod = api.delete("own", PATH);
        assertThat(wrongMethod.status()).isEqualTo(405);
        assertThat(wrongMethod.header("Allow")).isEqualTo("GET, HEAD, POST");
    }

    @Test
    void what_can_be_read_can_be_asked_for_its_headers_alone() throws IOException {
        assertThat(RawHttp.headAndNext(api.port(), "/open"))
                .satisfiesExactly(
                        head -> assertThat(head).startsWith("HTTP/1.1 204"),
                        next -> assertThat(next).startsWith("HTTP/1.1 404"));
        assertThat(RawHttp.headAndNext(api.port(), PATH))
                .satisfiesExactly(
                        head -> assertThat(head).startsWith("HTTP/1.1 401"),
                        next -> assertThat(next).startsWith("HTTP/1.1 404"));
    }

    @Test
    void a_database_that_is_away_is_503_and_one_line_of_the_log() {
        var lines = new ListAppender<ILoggingEvent>();
        var log = (Logger) LoggerFactory.getLogger(Dispatch.class);
        lines.start();
        log.addAppender(lines);
        try {
            for (int i = 0; i < 3; i++) {
                var reply = api.get("own", "/away");
                assertThat(reply.status()).isEqualTo(503);
                assertThat(reply.header("Retry-After")).isEqualTo("5");
            }
        } finally {
            log.detachAppender(lines);
        }
        assertThat(lines.list)
                .singleElement()
                .satisfies(
                        line -> {
                            assertThat(line.getFormattedMessage())
                                    .endsWith("cannot be reached: Connection refused");
                            assertThat(line.getThrowableProxy()).isNull();
                        });
    }

    @Test
    void a_course_file_that_the_database_is_not_there_for_is_503_too() {
        var reply = api.get("own", "/file");
        assertThat(reply.status()).isEqualTo(503);
        assertThat(reply.header("Retry-After")).isEqualTo("5");
    }

    @Test
    void a_database_that_refuses_for_now_is_503_too() {
        var reply = api.get("own", "/read-only");
        assertThat(reply.status()).isEqualTo(503);
        assertThat(reply.header("Retry-After")).isEqualTo("5");
    }

    @Test
    void a_data_folder_that_is_full_is_503() {
        var reply = api.get("own", "/full");
        assertThat(reply.status()).isEqualTo(503);
        assertThat(reply.header("Retry-After")).isEqualTo("60");
        assertThat(reply.json().get("detail").asString()).contains("cannot be stored");
    }

    @Test
    void a_bug_is_500_and_tells_nothing_but_the_request_id() {
        var reply =
                api.send(
                        "own",
                        "/api/v1/clients/companyxyz/broken",
                        r -> r.header("X-Request-Id", "mine-1"));
        assertThat(reply.status()).isEqualTo(500);
        assertThat(reply.header("X-Request-Id")).isEqualTo("mine-1");
        assertThat(reply.json().get("requestId").asString()).isEqualTo("mine-1");
        assertThat(reply.json().toString()).doesNotContain("a bug");
        assertThat(api.get("own", PATH).header("X-Request-Id")).hasSize(36);
    }

    @Test
    void a_refusal_is_heard_although_a_large_body_is_still_being_sent() {
        var body = BodyPublishers.ofByteArray(new byte[20_000_000]);
        for (int i = 0; i < 3; i++) {
            var reply =
                    api.send(
                            "wrong",
                            PATH,
                            r -> r.header("Content-Type", "application/json").POST(body));
            assertThat(reply.status()).isEqualTo(401);
        }
        assertThat(post("{\"name\":\"a\"}").status()).isEqualTo(201);
    }

    @Test
    void who_asks_before_sending_a_body_is_refused_without_it() throws IOException {
        var head =
                "POST "
                        + PATH
                        + " HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer wrong\r\nContent-Type: application/json\r\n"
                        + "Content-Length: 100000\r\nExpect: 100-continue\r\n\r\n";
        assertThat(RawHttp.status(api.port(), head)).startsWith("HTTP/1.1 401");
    }
}
