package io.coursewire.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.coursewire.Patience;
import io.coursewire.api.RunningApi.Reply;
import io.coursewire.api.TestApi.TestClient;
import io.coursewire.storage.TestDatabase;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.concurrent.Executors;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Replays as HTTP sees them; what they send is tested where they run.
class ReplaysApiTest {
    @RegisterExtension static final TestDatabase db = TestDatabase.migrated();

    private static final RunningApi api = TestApi.over(db);

    private final TestClient client = TestApi.givenClient(api);
    private final String replays = webhook() + "/replays";

    @Test
    void a_dry_run_counts_and_makes_nothing() {
        Reply preview =
                api.post(
                        client.key(),
                        replays,
                        "{\"since\":\"2026-01-01T00:00:00Z\",\"dryRun\":true}");
        assertThat(preview.status()).isEqualTo(202);
        assertThat(preview.json().get("id").isNull()).isTrue();
        assertThat(preview.json().get("count").asLong()).isZero();
        assertThat(api.get(client.key(), replays).json().get("items")).isEmpty();
    }

    @Test
    void a_replay_is_made_seen_and_cancelled_and_there_is_one_at_a_time() {
        Reply made =
                api.post(
                        client.key(),
                        replays,
                        "{\"since\":\"2026-01-01T00:00:00Z\",\"states\":[\"dead\"],\"events\":[\"attempt.completed\"],\"maxPerSecond\":3}");
        assertThat(made.status()).isEqualTo(202);
        String path = replays + "/" + made.json().get("id").asString();
        var seen = api.get(client.key(), path).json();
        assertThat(seen.get("state").asString()).isEqualTo("running");
        assertThat(seen.get("states").toString()).isEqualTo("[\"dead\"]");
        assertThat(seen.get("maxPerSecond").asInt()).isEqualTo(3);
        Reply second = api.post(client.key(), replays, "{\"since\":\"2026-01-01T00:00:00Z\"}");
        assertThat(second.status()).isEqualTo(409);
        assertThat(second.json().get("detail").asString()).contains("under way");
        assertThat(api.delete(client.key(), path).status()).isEqualTo(204);
        assertThat(api.get(client.key(), path).json().get("state").asString())
                .isEqualTo("cancelled");
        assertThat(api.get(client.key(), replays).json().get("items")).hasSize(1);
    }

    /// The feed of events shows nothing newer than the oldest number that is in use.
    @Test
    void what_is_counted_under_an_idempotency_key_takes_no_transaction_number() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor();
                var lock = db.jdbi().open()) {
            lock.begin();
            lock.execute("LOCK TABLE event");
            var made = threads.submit(() -> keyed("{\"since\":\"2026-01-01T00:00:00Z\"}"));
            Patience.await("the count", () -> !waiting(lock).isEmpty());
            assertThat(waiting(lock)).containsExactly("");
            var second =
                    api.post(
                            client.key(),
                            replays,
                            "{\"since\":\"2026-01-01T00:00:00Z\",\"dryRun\":true}");
            assertThat(second.status()).as("one count of a client at a time").isEqualTo(503);
            assertThat(second.header("Retry-After")).isNotNull();
            lock.rollback();
            assertThat(made.get().status()).isEqualTo(202);
        }
    }

    /// The transaction numbers of those that this one keeps waiting.
    private static List<String> waiting(Handle lock) {
        int holder = lock.createQuery("SELECT pg_backend_pid()").mapTo(Integer.class).one();
        return db.jdbi()
                .withHandle(
                        handle ->
                                handle.createQuery(
                                                """
                                                SELECT coalesce(backend_xid::text, '') FROM pg_stat_activity
                                                WHERE :holder = ANY (pg_blocking_pids(pid))
                                                """)
                                        .bind("holder", holder)
                                        .mapTo(String.class)
                                        .list());
    }

    private Reply keyed(String body) {
        return api.send(
                client.key(),
                replays,
                r ->
                        r.header("Content-Type", "application/json")
                                .header("Idempotency-Key", "counted")
                                .POST(BodyPublishers.ofString(body)));
    }

    @Test
    void a_disabled_webhook_has_none() {
        api.patch(client.key(), replays.replace("/replays", ""), "{\"enabled\":false}");
        Reply refused = api.post(client.key(), replays, "{\"since\":\"2026-01-01T00:00:00Z\"}");
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.json().get("detail").asString()).contains("Enable it");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}|/since",
                "{\"since\":\"yesterday\"}|/since",
                "{\"since\":\"+999999999-01-01T00:00:00Z\"}|/since",
                "{\"since\":\"2026-01-02T00:00:00Z\",\"until\":\"2026-01-01T00:00:00Z\"}|/until",
                "{\"since\":\"2026-01-02T00:00:00Z\",\"states\":[\"pending\"]}|/states",
                "{\"since\":\"2026-01-02T00:00:00Z\",\"events\":[\"webhook.test\"]}|/events",
                "{\"since\":\"2026-01-02T00:00:00Z\",\"maxPerSecond\":0}|/maxPerSecond"
            })
    void a_request_that_cannot_be_met_says_which_field(String body, String pointer) {
        Reply refused = api.post(client.key(), replays, body);
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.json().get("errors").toString()).contains(pointer);
    }

    private String webhook() {
        Reply made =
                api.post(
                        client.key(),
                        client.path() + "/webhooks",
                        "{\"url\":\"http://127.0.0.1:9/\",\"events\":[\"*\"]}");
        return client.path() + "/webhooks/" + made.json().get("id").asString();
    }
}
