package io.coursewire.webhooks.watch;

import io.coursewire.kernel.ClientId;
import io.coursewire.kernel.Uuid;
import io.coursewire.webhooks.EndpointHealth;
import io.coursewire.webhooks.EndpointId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/// Every statement that measures the flow.
final class MeasureStore {
    long notFannedOut(Handle db) {
        return db.createQuery("SELECT count(*) FROM undelivered").mapTo(Long.class).one();
    }

    Optional<Duration> oldestNotFannedOut(Handle db, Instant now) {
        return db.createQuery("SELECT event_id FROM undelivered ORDER BY position LIMIT 1")
                .mapTo(UUID.class)
                .findOne()
                .map(event -> age(event, now));
    }

    List<Measured.OfEndpoint> endpoints(Handle db, Instant now) {
        return db.createQuery(
                        """
                        SELECT s.client_id, s.endpoint_id, s.enabled, s.disabled_reason, s.disabled_at, s.failing_since,
                               s.paused_until, w.event_id AS oldest
                        FROM subscription AS s LEFT JOIN LATERAL (
                            SELECT event_id FROM waiting_delivery AS w
                            WHERE w.client_id = s.client_id AND w.endpoint_id = s.endpoint_id
                            ORDER BY w.client_id, w.endpoint_id, w.event_id LIMIT 1) AS w ON true
                        WHERE s.deleted_at IS NULL
                        """)
                .map((row, _) -> endpoint(row, now))
                .list();
    }

    List<Measured.OfClient> ledger(Handle db, Instant now, int days) {
        return db.createQuery(
                        """
                        SELECT client_id, sum(accepted) AS accepted, sum(delivered) AS delivered, sum(superseded) AS superseded,
                               sum(pending) AS pending, sum(dead) AS dead, sum(cancelled) AS cancelled
                        FROM delivery_count WHERE day >= :since GROUP BY client_id
                        """)
                .bind("since", now.atZone(ZoneOffset.UTC).toLocalDate().minusDays(days))
                .map(
                        (row, _) ->
                                new Measured.OfClient(
                                        new ClientId(row.getString("client_id")),
                                        row.getLong("accepted"),
                                        row.getLong("delivered"),
                                        row.getLong("superseded"),
                                        row.getLong("pending"),
                                        row.getLong("dead"),
                                        row.getLong("cancelled")))
                .list();
    }

    private static Measured.OfEndpoint endpoint(ResultSet row, Instant now) throws SQLException {
        var health =
                new EndpointHealth(
                        row.getBoolean("enabled"),
                        Optional.ofNullable(row.getString("disabled_reason")),
                        instant(row, "disabled_at"),
                        instant(row, "failing_since"),
                        instant(row, "paused_until"));
        return new Measured.OfEndpoint(
                new ClientId(row.getString("client_id")),
                new EndpointId(row.getObject("endpoint_id", UUID.class)),
                health,
                Optional.ofNullable(row.getObject("oldest", UUID.class)).map(id -> age(id, now)));
    }

    private static Duration age(UUID event, Instant now) {
        Duration age = Duration.between(Uuid.instantOf(event), now);
        return age.isNegative() ? Duration.ZERO : age;
    }

    private static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, OffsetDateTime.class))
                .map(OffsetDateTime::toInstant);
    }
}
