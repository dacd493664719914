package io.coursewire.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.coursewire.api.TestApi.TestClient;
import io.coursewire.kernel.ActivityId;
import io.coursewire.kernel.ClientId;
import io.coursewire.kernel.UserId;
import io.coursewire.kernel.Uuid;
import io.coursewire.storage.TestDatabase;
import io.coursewire.webhooks.EventType;
import io.coursewire.webhooks.OrderingKey;
import io.coursewire.webhooks.Outbox;
import io.coursewire.webhooks.OutboxEvent;
import io.coursewire.webhooks.RecentEvents;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class EventsApiTest {
    @RegisterExtension static final TestDatabase db = TestDatabase.migrated();

    private static final RunningApi api = TestApi.over(db);

    private final TestClient client = TestApi.givenClient(api);

    @Test
    void the_feed_holds_what_webhooks_carry_byte_for_byte() {
        String payload = "{\"scoreRaw\":2.0000,\"b\":1,\"a\":\"é\"}";
        append(payload);
        append("{}");
        var reply = api.get(client.key(), client.path() + "/events?limit=1");
        assertThat(new String(reply.response().body(), StandardCharsets.UTF_8))
                .contains("\"data\":" + payload + "}");
        var item = reply.json().get("items").get(0);
        assertThat(item.get("event").asString()).isEqualTo(EventType.STARTED);
        assertThat(item.get("attemptVersion").asLong()).isEqualTo(1);
        long next = reply.json().get("nextPosition").asLong();
        assertThat(next).isEqualTo(item.get("position").asLong());
        var rest = api.get(client.key(), client.path() + "/events?after=" + next).json();
        assertThat(rest.get("items")).hasSize(1);
    }

    @Test
    void a_position_that_is_none_is_refused() {
        for (String after : List.of("x", "-1", "1.5", "9999999999999999999")) {
            var reply = api.get(client.key(), client.path() + "/events?after=" + after);
            assertThat(reply.status()).isEqualTo(400);
            assertThat(reply.json().get("detail").asString()).contains("after");
        }
    }

    @Test
    void what_is_no_longer_stored_is_gone_with_the_position_to_read_on_from() {
        db.jdbi()
                .useHandle(
                        h -> h.execute("INSERT INTO event_dropped VALUES (?, 1000)", client.id()));
        db.jdbi().useHandle(h -> h.execute("SELECT setval('event_position', 1000)"));
        var reply = api.get(client.key(), client.path() + "/events?after=999");
        assertThat(reply.status()).isEqualTo(410);
        assertThat(reply.json().get("oldestPosition").asLong()).isEqualTo(1000);
        assertThat(api.get(client.key(), client.path() + "/events?after=1000").status())
                .isEqualTo(200);
        assertThat(api.get(client.key(), client.path() + "/events").status()).isEqualTo(200);
    }

    @Test
    void a_position_from_before_a_backup_was_restored_is_refused_with_where_the_feed_ends() {
        append("{}");
        var page = api.get(client.key(), client.path() + "/events").json();
        long end = page.get("nextPosition").asLong();
        var reply = api.get(client.key(), client.path() + "/events?after=" + (end + 1_000_000));
        assertThat(reply.status()).isEqualTo(409);
        assertThat(reply.json().get("type").asString()).endsWith("/position-ahead");
        assertThat(reply.json().get("lastPosition").asLong()).isEqualTo(end);
        assertThat(api.get(client.key(), client.path() + "/events?after=" + end).status())
                .isEqualTo(200);
    }

    private void append(String payload) {
        var event =
                new OutboxEvent(
                        Uuid.next(),
                        EventType.STARTED,
                        new OrderingKey(
                                new ClientId(client.id()), UserId.next(), ActivityId.next()),
                        Optional.of(Uuid.next()),
                        1,
                        Map.of(),
                        payload.getBytes(StandardCharsets.UTF_8),
                        Instant.now());
        db.jdbi()
                .useTransaction(
                        h -> new Outbox(new RecentEvents(), () -> {}).append(h, List.of(event)));
    }
}
