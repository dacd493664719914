package io.coursewire.webhooks.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.coursewire.Patience;
import io.coursewire.kernel.ActivityId;
import io.coursewire.kernel.ClientId;
import io.coursewire.kernel.SecretKey;
import io.coursewire.kernel.UserId;
import io.coursewire.kernel.Uuid;
import io.coursewire.webhooks.EndpointId;
import io.coursewire.webhooks.EventType;
import io.coursewire.webhooks.GivenSubscription;
import io.coursewire.webhooks.OrderingKey;
import io.coursewire.webhooks.Outbox;
import io.coursewire.webhooks.OutboxEvent;
import io.coursewire.webhooks.Subscription;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.jdbi.v3.core.Jdbi;

/// What delivery tests are made of: a client, its endpoints and events, and the sum that must always
/// come out.
public final class Scene {
    private static final byte[] KEY_BYTES = SecretKey.random();
    public static final SecretKey KEY = SecretKey.of(KEY_BYTES);

    final Jdbi jdbi;
    final ClientId client = new ClientId("c" + UUID.randomUUID());

    /// For other processes on the same database.
    static byte[] keyBytes() {
        return KEY_BYTES.clone();
    }

    public Scene(Jdbi jdbi) {
        this.jdbi = jdbi;
        jdbi.useHandle(
                db ->
                        db.execute(
                                "INSERT INTO client (client_id, name, default_language, created_at, updated_at) VALUES (?, 'Test', 'en', now(), now())",
                                client.value()));
    }

    public ClientId client() {
        return client;
    }

    public EndpointId endpoint(String url, String... events) {
        return subscription(url, events).id();
    }

    public Subscription subscription(String url, String... events) {
        return GivenSubscription.insert(jdbi, KEY, client, url, events);
    }

    public OrderingKey key() {
        return new OrderingKey(client, UserId.next(), ActivityId.next());
    }

    public static OutboxEvent event(OrderingKey key, UUID attempt, String type, long version) {
        byte[] payload =
                "{\"attemptId\":\"%s\",\"version\":%d,\"type\":\"%s\"}"
                        .formatted(attempt, version, type)
                        .getBytes(StandardCharsets.UTF_8);
        return new OutboxEvent(
                Uuid.next(),
                type,
                key,
                Optional.of(attempt),
                version,
                Map.of("status", "passed"),
                payload,
                Instant.now());
    }

    public static OutboxEvent started(OrderingKey key) {
        return event(key, UUID.randomUUID(), EventType.STARTED, 1);
    }

    public void append(Outbox outbox, OutboxEvent... events) {
        jdbi.useTransaction(db -> outbox.append(db, Arrays.asList(events)));
        outbox.wake();
    }

    /// Waits for a condition; fails with what the tables say when it does not come.
    public void await(String what, BooleanSupplier condition) {
        Instant end = Instant.now().plus(Patience.longest());
        while (!condition.getAsBoolean()) {
            if (Instant.now().isAfter(end)) {
                throw new AssertionError("waited in vain for: " + what + "; now " + counts());
            }
            Thread.onSpinWait();
            java.util.concurrent.locks.LockSupport.parkNanos(2_000_000);
        }
    }

    public long count(String state) {
        return jdbi.withHandle(
                db ->
                        db.createQuery(
                                        state.equals("pending")
                                                ? "SELECT count(*) FROM waiting_delivery WHERE client_id = :client"
                                                : "SELECT count(*) FROM delivery WHERE client_id = :client AND state = :state")
                                .bind("client", client.value())
                                .bind("state", state)
                                .mapTo(Long.class)
                                .one());
    }

    public long undelivered() {
        return jdbi.withHandle(
                db ->
                        db.createQuery("SELECT count(*) FROM undelivered WHERE client_id = :client")
                                .bind("client", client.value())
                                .mapTo(Long.class)
                                .one());
    }

    Map<String, Object> counts() {
        return jdbi.withHandle(
                db ->
                        db.createQuery(
                                        """
                                        SELECT coalesce(sum(events), 0) AS events, coalesce(sum(unwanted), 0) AS unwanted,
                                               coalesce(sum(accepted), 0) AS accepted, coalesce(sum(delivered), 0) AS delivered,
                                               coalesce(sum(superseded), 0) AS superseded, coalesce(sum(pending), 0) AS pending,
                                               coalesce(sum(dead), 0) AS dead, coalesce(sum(cancelled), 0) AS cancelled
                                        FROM delivery_count WHERE client_id = :client
                                        """)
                                .bind("client", client.value())
                                .mapToMap()
                                .one());
    }

    public long counted(String column) {
        return ((Number) counts().get(column)).longValue();
    }

    /// accepted = delivered + superseded + pending + dead + cancelled, by the counts and by the rows; and
    /// every event is either marked or has a row for each lane.
    public void assertNothingIsLost() {
        for (String state : List.of("delivered", "superseded", "pending", "dead", "cancelled")) {
            assertThat(counted(state)).as(state).isEqualTo(count(state));
        }
        long sum =
                List.of("delivered", "superseded", "pending", "dead", "cancelled").stream()
                        .mapToLong(this::counted)
                        .sum();
        assertThat(counted("accepted")).isEqualTo(sum);
        long events =
                jdbi.withHandle(
                        db ->
                                db.createQuery(
                                                "SELECT count(*) FROM event WHERE client_id = :client")
                                        .bind("client", client.value())
                                        .mapTo(Long.class)
                                        .one());
        assertThat(counted("events") + undelivered()).isEqualTo(events);
        List<UUID> broken =
                jdbi.withHandle(
                        db ->
                                db.createQuery(
                                                """
                                        SELECT e.event_id FROM event AS e
                                        LEFT JOIN (SELECT event_id, lanes FROM delivery WHERE client_id = :client
                                                   UNION ALL SELECT event_id, lanes FROM waiting_delivery WHERE client_id = :client) AS d USING (event_id)
                                        WHERE e.client_id = :client AND NOT EXISTS (SELECT FROM undelivered AS u WHERE u.position = e.position)
                                        GROUP BY e.event_id HAVING count(d.event_id) < min(d.lanes)
                                        """)
                                        .bind("client", client.value())
                                        .mapTo(UUID.class)
                                        .list());
        assertThat(broken).isEmpty();
    }
}
