package io.coursewire.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.coursewire.api.TestApi.TestClient;
import io.coursewire.storage.TestDatabase;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// What an Idempotency-Key promises, over real HTTP and PostgreSQL.
class IdempotencyTest {
    @RegisterExtension static final TestDatabase db = TestDatabase.migrated();

    private static final RunningApi api = TestApi.over(db);
    private static final TestClient client = TestApi.givenClient(api);

    private static RunningApi.Reply post(
            String apiKey, String idempotencyKey, String path, String body) {
        return api.send(
                apiKey,
                client.path() + path,
                r ->
                        r.header("Content-Type", "application/json")
                                .header("Idempotency-Key", idempotencyKey)
                                .POST(BodyPublishers.ofString(body)));
    }

    private static String activity(String externalId) {
        return """
               {"title":"First aid","type":"event","externalId":"%s",
                "items":[{"title":"Morning","type":"lesson","externalId":"morning"}]}
               """
                .formatted(externalId);
    }

    private static long activities(String externalId) {
        return api
                .get(client.key(), client.path() + "/activities?limit=500")
                .json()
                .get("items")
                .values()
                .stream()
                .filter(item -> item.get("externalId").asString().equals(externalId))
                .count();
    }

    private static String text(RunningApi.Reply reply) {
        return new String(reply.response().body(), StandardCharsets.UTF_8);
    }

    @Test
    void the_same_request_again_gets_the_same_answer_and_creates_nothing() {
        var first = post(client.key(), "again", "/activities", activity("again"));
        var second = post(client.key(), "again", "/activities", activity("again"));
        assertThat(first.status()).isEqualTo(201);
        assertThat(second.status()).isEqualTo(201);
        assertThat(text(second)).isEqualTo(text(first));
        assertThat(first.header("Idempotency-Replayed")).isNull();
        assertThat(second.header("Idempotency-Replayed")).isEqualTo("true");
        assertThat(activities("again")).isEqualTo(1);
    }

    @Test
    void simultaneous_duplicates_create_one_thing_and_all_get_its_answer() throws Exception {
        var replies = new ArrayList<Future<RunningApi.Reply>>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 20; i++) {
                replies.add(
                        threads.submit(
                                () -> post(client.key(), "race", "/activities", activity("race"))));
            }
        }
        var bodies = new ArrayList<String>();
        for (var reply : replies) {
            assertThat(reply.get().status()).isEqualTo(201);
            bodies.add(text(reply.get()));
        }
        assertThat(bodies.stream().distinct()).hasSize(1);
        assertThat(activities("race")).isEqualTo(1);
    }

    @Test
    void another_body_or_path_under_the_same_key_is_409() {
        post(client.key(), "reused", "/activities", activity("reused"));
        for (var reply :
                List.of(
                        post(client.key(), "reused", "/activities", activity("other")),
                        post(client.key(), "reused", "/keys", "{\"name\":\"x\"}"))) {
            assertThat(reply.status()).isEqualTo(409);
            assertThat(reply.json().get("type").asString()).endsWith("/idempotency-key-reused");
        }
    }

    @Test
    void two_askers_may_choose_the_same_key() {
        var other =
                api.post(TestApi.ADMIN, client.path() + "/keys", "{\"name\":\"b\"}")
                        .json()
                        .get("key")
                        .asString();
        post(client.key(), "shared", "/activities", activity("shared"));
        assertThat(
                        post(other, "shared", "/activities", activity("shared"))
                                .header("Idempotency-Replayed"))
                .isNull();
        assertThat(activities("shared")).isEqualTo(2);
    }

    @Test
    void what_was_refused_may_be_mended_and_sent_again_under_the_same_key() {
        assertThat(post(client.key(), "mended", "/activities", "{}").status()).isEqualTo(400);
        assertThat(post(client.key(), "mended", "/activities", activity("mended")).status())
                .isEqualTo(201);
    }

    @Test
    void a_secret_in_an_answer_is_repeated_but_not_stored_in_the_clear() {
        var first = post(client.key(), "secret", "/keys", "{\"name\":\"s\"}");
        assertThat(text(post(client.key(), "secret", "/keys", "{\"name\":\"s\"}")))
                .isEqualTo(text(first));
        var kept =
                db.jdbi()
                        .withHandle(
                                handle ->
                                        handle.createQuery(
                                                        "SELECT answer FROM kept_answer WHERE idempotency_key = 'secret'")
                                                .mapTo(byte[].class)
                                                .one());
        assertThat(new String(kept, StandardCharsets.ISO_8859_1)).doesNotContain("cwk.");
    }

    @Test
    void a_failure_after_the_work_undoes_the_work() {
        db.jdbi()
                .useHandle(
                        handle ->
                                handle.execute(
                                        "ALTER TABLE kept_answer ADD CONSTRAINT broken CHECK (status IS NULL)"));
        try {
            assertThat(post(client.key(), "broken", "/activities", activity("broken")).status())
                    .isEqualTo(500);
        } finally {
            db.jdbi()
                    .useHandle(
                            handle ->
                                    handle.execute(
                                            "ALTER TABLE kept_answer DROP CONSTRAINT broken"));
        }
        assertThat(activities("broken")).isZero();
        assertThat(post(client.key(), "broken", "/activities", activity("broken")).status())
                .isEqualTo(201);
        assertThat(activities("broken")).isEqualTo(1);
    }

    @Test
    void what_takes_long_is_done_before_the_key_is_claimed() {
        assertThat(TestApi.api(db.jdbi()).routes())
                .filteredOn(Route::idempotent)
                .filteredOn(route -> route.path().matches(".*/(packages|imports|replays)"))
                .hasSize(3)
                .allSatisfy(route -> assertThat(route.action()).isInstanceOf(Route.Prepared.class));
    }

    @Test
    void a_key_is_free_again_after_24_hours_and_swept() {
        post(client.key(), "old", "/activities", activity("old"));
        post(client.key(), "older", "/activities", activity("older"));
        db.jdbi()
                .useHandle(
                        handle ->
                                handle.execute(
                                        "UPDATE kept_answer SET expires_at = expires_at - interval '24 hours' WHERE idempotency_key LIKE 'old%'"));
        assertThat(
                        post(client.key(), "old", "/activities", activity("old"))
                                .header("Idempotency-Replayed"))
                .isNull();
        new Idempotency(db.jdbi(), TestApi.SECRET_KEY, Clock.systemUTC()).sweep();
        assertThat(keptKeys()).contains("old").doesNotContain("older");
        new Idempotency(
                        db.jdbi(),
                        TestApi.SECRET_KEY,
                        Clock.offset(Clock.systemUTC(), Duration.ofHours(23)))
                .sweep();
        assertThat(keptKeys()).contains("old");
    }

    private static List<String> keptKeys() {
        return db.jdbi()
                .withHandle(
                        handle ->
                                handle.createQuery("SELECT idempotency_key FROM kept_answer")
                                        .mapTo(String.class)
                                        .list());
    }

    @Test
    void a_malformed_key_is_400_and_a_large_body_413() {
        assertThat(post(client.key(), "x".repeat(256), "/activities", activity("x")).status())
                .isEqualTo(400);
        assertThat(
                        post(
                                        client.key(),
                                        "large",
                                        "/activities",
                                        "{\"title\":\"" + "x".repeat(9_000_000) + "\"}")
                                .status())
                .isEqualTo(413);
    }
}
