package io.coursewire.webhooks;

import io.coursewire.kernel.ClientId;
import io.coursewire.kernel.Uuid;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/// Every statement that reads deliveries for people, or takes one up again for them.
final class DeliveryLogStore {
    private static final UUID AFTER_ALL = new UUID(-1, -1);

    // Few, and found first: deliveries are not searched for them.
    private static final String EVENTS_OF_ATTEMPT =
            """
            AND event_id = ANY (ARRAY(
                SELECT event_id FROM event WHERE client_id = :client AND attempt_id = :attempt))
            """;

    /// Newest event first; `before` is the event that the page before ended with.
    List<DeliveryView> list(
            Handle db,
            Subscription endpoint,
            DeliveryFilter filter,
            Optional<UUID> before,
            int limit) {
        boolean ofAttempt = filter.attempt().isPresent();
        // Two ordered index scans, of what is done and what waits, each cut at the limit.
        var query =
                db.createQuery(
                        """
                        WITH page AS (
                            (SELECT event_id, position, state, tries, NULL::timestamptz AS next_try_at
                             FROM delivery
                             WHERE client_id = :client AND endpoint_id = :endpoint AND event_id < :before AND event_id >= :since
                               AND (:state::text IS NULL OR state = :state)
                               %s
                             ORDER BY event_id DESC LIMIT :limit)
                            UNION ALL
                            (SELECT w.event_id, w.position, 'pending', w.tries, p.next_try_at
                             FROM waiting_delivery AS w LEFT JOIN parked_lane AS p USING (client_id, endpoint_id, user_id, activity_id)
                             WHERE client_id = :client AND endpoint_id = :endpoint AND w.event_id < :before AND w.event_id >= :since
                               AND (:state::text IS NULL OR :state = 'pending')
                               %s
                             ORDER BY w.event_id DESC LIMIT :limit)
                        )
                        SELECT page.*, e.type, e.attempt_id, e.version
                        FROM page LEFT JOIN event AS e
                            ON e.client_id = :client AND e.position = page.position AND e.event_id = page.event_id
                        ORDER BY page.event_id DESC LIMIT :limit
                        """
                                .formatted(
                                        ofAttempt ? EVENTS_OF_ATTEMPT : "",
                                        ofAttempt ? "AND w.attempt_id = :attempt" : ""));
        filter.attempt().ifPresent(attempt -> query.bind("attempt", attempt));
        return query.bind("client", endpoint.client().value())
                .bind("endpoint", endpoint.id().value())
                .bind("before", before.orElse(AFTER_ALL))
                .bind("since", filter.since().map(Uuid::firstOf).orElse(new UUID(0, 0)))
                .bind("state", filter.state().map(DeliveryState::word))
                .bind("limit", limit)
                .map((row, _) -> view(row, endpoint.id()))
                .list();
    }

    /// What a retry needs to know of a delivery's event; empty when it is no longer stored.
    record EventPlace(long position, int bucket, UUID user, UUID activity) {}

    Optional<EventPlace> place(Handle db, ClientId client, DeliveryId id) {
        return db.createQuery(
                        """
                        SELECT e.position, e.bucket, e.user_id, e.activity_id
                        FROM (SELECT position FROM delivery
                              WHERE client_id = :client AND endpoint_id = :endpoint AND event_id = :event
                              UNION ALL
                              SELECT position FROM waiting_delivery
                              WHERE client_id = :client AND endpoint_id = :endpoint AND event_id = :event) AS d
                        JOIN event AS e ON e.client_id = :client AND e.position = d.position AND e.event_id = :event
                        """)
                .bind("client", client.value())
                .bind("endpoint", id.endpoint().value())
                .bind("event", id.event())
                .map(
                        (row, _) ->
                                new EventPlace(
                                        row.getLong("position"),
                                        row.getInt("bucket"),
                                        row.getObject("user_id", UUID.class),
                                        row.getObject("activity_id", UUID.class)))
                .findFirst();
    }

    boolean exists(Handle db, ClientId client, DeliveryId id) {
        return db.createQuery(
                        """
                        SELECT EXISTS (SELECT FROM delivery
                                       WHERE client_id = :client AND endpoint_id = :endpoint AND event_id = :event)
                        """)
                .bind("client", client.value())
                .bind("endpoint", id.endpoint().value())
                .bind("event", id.event())
                .mapTo(Boolean.class)
                .one();
    }

    /// Keeps the bucket's owner from recording anything until the transaction ends.
    void lockBucket(Handle db, int bucket) {
        db.createQuery("SELECT epoch FROM bucket_lease WHERE bucket = :bucket FOR UPDATE")
                .bind("bucket", bucket)
                .mapTo(Long.class)
                .one();
    }

    /// Moves a delivery that was done back to those that wait, its tries with it.
    void reopen(Handle db, ClientId client, DeliveryId id) {
        db.createUpdate(
                        """
                        WITH gone AS (
                            DELETE FROM delivery WHERE client_id = :client AND endpoint_id = :endpoint AND event_id = :event
                            RETURNING *
                        ), waits AS (
                            INSERT INTO waiting_delivery (client_id, endpoint_id, user_id, activity_id, position, event_id,
                                                          attempt_id, type, bytes, tries_used, lanes, tries)
                            SELECT g.client_id, g.endpoint_id, e.user_id, e.activity_id, e.position, e.event_id,
                                   e.attempt_id, e.type, octet_length(e.payload), 0, g.lanes, g.tries
                            FROM gone AS g JOIN event AS e
                                ON e.client_id = g.client_id AND e.position = g.position AND e.event_id = :event
                        )
                        INSERT INTO delivery_count AS c (client_id, day, slot, pending, delivered, superseded, dead, cancelled)
                        SELECT client_id, day_of(event_id), 0, count(*),
                               -count(*) FILTER (WHERE state = 'delivered'), -count(*) FILTER (WHERE state = 'superseded'),
                               -count(*) FILTER (WHERE state = 'dead'), -count(*) FILTER (WHERE state = 'cancelled')
                        FROM gone GROUP BY 1, 2
                        ON CONFLICT (client_id, day, slot) DO UPDATE SET
                            pending = c.pending + excluded.pending, delivered = c.delivered + excluded.delivered,
                            superseded = c.superseded + excluded.superseded, dead = c.dead + excluded.dead,
                            cancelled = c.cancelled + excluded.cancelled
                        """)
                .bind("client", client.value())
                .bind("endpoint", id.endpoint().value())
                .bind("event", id.event())
                .execute();
    }

    /// The lane of a waiting delivery is due now, with its schedule at the start.
    void makeDue(Handle db, ClientId client, DeliveryId id, EventPlace place, Instant now) {
        db.createUpdate(
                        """
                        WITH fresh AS (
                            UPDATE waiting_delivery SET tries_used = 0
                            WHERE client_id = :client AND endpoint_id = :endpoint AND event_id = :event
                        )
                        INSERT INTO parked_lane (client_id, endpoint_id, user_id, activity_id, bucket, failures, next_try_at)
                        VALUES (:client, :endpoint, :user, :activity, :bucket, 0, :now)
                        ON CONFLICT (client_id, endpoint_id, user_id, activity_id)
                        DO UPDATE SET failures = 0, next_try_at = excluded.next_try_at
                        """)
                .bind("client", client.value())
                .bind("endpoint", id.endpoint().value())
                .bind("event", id.event())
                .bind("user", place.user())
                .bind("activity", place.activity())
                .bind("bucket", place.bucket())
                .bind("now", now)
                .execute();
    }

    /// The counts of a client, by their names.
    Map<String, Long> counts(Handle db, ClientId client) {
        return db.createQuery(
                        """
                        SELECT name, coalesce(sum(value), 0) AS value FROM delivery_count AS c
                        CROSS JOIN LATERAL (VALUES ('events', c.events), ('unwanted', c.unwanted), ('accepted', c.accepted),
                            ('delivered', c.delivered), ('superseded', c.superseded), ('pending', c.pending),
                            ('dead', c.dead), ('cancelled', c.cancelled)) AS v (name, value)
                        WHERE client_id = :client GROUP BY name
                        """)
                .bind("client", client.value())
                .map((row, _) -> Map.entry(row.getString("name"), row.getLong("value")))
                .collectToMap(Map.Entry::getKey, Map.Entry::getValue);
    }

    private static DeliveryView view(ResultSet row, EndpointId endpoint) throws SQLException {
        return new DeliveryView(
                new DeliveryId(row.getObject("event_id", UUID.class), endpoint),
                Optional.ofNullable(row.getString("type")).orElse(EventType.TEST),
                Optional.ofNullable(row.getObject("attempt_id", UUID.class)),
                row.getLong("version"),
                DeliveryState.BY_WORD.get(row.getString("state")),
                row.getString("tries"),
                Optional.ofNullable(row.getObject("next_try_at", OffsetDateTime.class))
                        .map(OffsetDateTime::toInstant));
    }
}
