package io.coursewire.webhooks.explain;

import io.coursewire.kernel.ClientId;
import io.coursewire.kernel.Json;
import io.coursewire.webhooks.DeliveryState;
import io.coursewire.webhooks.EndpointHealth;
import io.coursewire.webhooks.EndpointId;
import io.coursewire.webhooks.Filter;
import io.coursewire.webhooks.OutboxEvent;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import tools.jackson.core.type.TypeReference;

/// Every statement that gathers what an explanation is made of.
final class ExplainStore {
    private static final TypeReference<Map<String, List<String>>> FILTER = new TypeReference<>() {};

    Optional<Long> position(Handle db, ClientId client, UUID event) {
        return db.createQuery(
                        "SELECT position FROM event WHERE client_id = :client AND event_id = :event")
                .bind("client", client.value())
                .bind("event", event)
                .mapTo(Long.class)
                .findOne();
    }

    boolean isFannedOut(Handle db, UUID event) {
        return db.createQuery("SELECT NOT EXISTS (SELECT FROM undelivered WHERE event_id = :event)")
                .bind("event", event)
                .mapTo(Boolean.class)
                .one();
    }

    /// By age of the webhook. One that was deleted is there if it has a record of the event.
    List<EndpointFacts> facts(Handle db, OutboxEvent event) {
        return db.createQuery(
                        """
                        SELECT s.endpoint_id, s.url, s.enabled, s.disabled_reason, s.disabled_at, s.failing_since, s.paused_until,
                               coalesce(d.state, CASE WHEN w.position IS NOT NULL THEN 'pending' END) AS state,
                               coalesce(d.tries, w.tries) AS tries, p.next_try_at,
                               h.events AS events_then, h.filter AS filter_then, h.accepts
                        FROM subscription AS s
                        LEFT JOIN delivery AS d
                            ON d.client_id = s.client_id AND d.endpoint_id = s.endpoint_id AND d.event_id = :event
                        LEFT JOIN waiting_delivery AS w
                            ON w.client_id = s.client_id AND w.endpoint_id = s.endpoint_id AND w.event_id = :event
                        LEFT JOIN parked_lane AS p
                            ON p.client_id = w.client_id AND p.endpoint_id = w.endpoint_id
                            AND p.user_id = w.user_id AND p.activity_id = w.activity_id
                        LEFT JOIN LATERAL (
                            SELECT * FROM subscription_change AS c
                            WHERE c.client_id = s.client_id AND c.endpoint_id = s.endpoint_id AND c.at <= :at
                            ORDER BY c.revision DESC LIMIT 1) AS h ON true
                        WHERE s.client_id = :client AND (s.deleted_at IS NULL OR d.state IS NOT NULL)
                        ORDER BY s.endpoint_id
                        """)
                .bind("client", event.orderingKey().client().value())
                .bind("event", event.id())
                .bind("at", event.at())
                .map((row, _) -> facts(row))
                .list();
    }

    private static EndpointFacts facts(ResultSet row) throws SQLException {
        var health =
                new EndpointHealth(
                        row.getBoolean("enabled"),
                        Optional.ofNullable(row.getString("disabled_reason")),
                        instant(row, "disabled_at"),
                        instant(row, "failing_since"),
                        instant(row, "paused_until"));
        return new EndpointFacts(
                new EndpointId(row.getObject("endpoint_id", UUID.class)),
                row.getString("url"),
                health,
                record(row),
                then(row));
    }

    private static Optional<EndpointFacts.Record> record(ResultSet row) throws SQLException {
        String state = row.getString("state");
        return state == null
                ? Optional.empty()
                : Optional.of(
                        new EndpointFacts.Record(
                                DeliveryState.BY_WORD.get(state),
                                row.getString("tries"),
                                instant(row, "next_try_at")));
    }

    private static Optional<EndpointFacts.Then> then(ResultSet row) throws SQLException {
        var events = row.getArray("events_then");
        return events == null
                ? Optional.empty()
                : Optional.of(
                        new EndpointFacts.Then(
                                Set.of((String[]) events.getArray()),
                                new Filter(
                                        Json.MAPPER.readValue(
                                                row.getString("filter_then"), FILTER)),
                                row.getBoolean("accepts")));
    }

    private static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, OffsetDateTime.class))
                .map(OffsetDateTime::toInstant);
    }
}
