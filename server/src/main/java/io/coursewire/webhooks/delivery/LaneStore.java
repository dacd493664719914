package io.coursewire.webhooks.delivery;

import io.coursewire.kernel.ActivityId;
import io.coursewire.kernel.ClientId;
import io.coursewire.kernel.UserId;
import io.coursewire.storage.Columns;
import io.coursewire.webhooks.DeliveryId;
import io.coursewire.webhooks.EndpointId;
import io.coursewire.webhooks.OrderingKey;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;

/// Every statement about parked lanes and what waits in them.
final class LaneStore {
    record LaneKey(EndpointId endpoint, OrderingKey key) {
        ClientId client() {
            return key.client();
        }
    }

    record DueLane(LaneKey lane, int bucket, int failures) {}

    record Waiting(LaneKey lane, long position, UUID event, int bytes, int triesUsed) {
        Room room() {
            return new Room(1, bytes);
        }
    }

    record Pair(ClientId client, DeliveryId id) {}

    record Slots(ClientId client, EndpointId endpoint, int lanes) {}

    /// Lanes whose head failed, parked until the given times.
    void park(Handle db, Map<LaneKey, Outcome.Failed> lanes) {
        var rows = List.copyOf(lanes.entrySet());
        var update =
                db.createUpdate(
                        """
                        INSERT INTO parked_lane (client_id, endpoint_id, user_id, activity_id, bucket, failures, next_try_at)
                        SELECT * FROM unnest(:clients, :endpoints, :users, :activities, :buckets, :failures, :times)
                        ON CONFLICT (client_id, endpoint_id, user_id, activity_id)
                        DO UPDATE SET failures = excluded.failures, next_try_at = excluded.next_try_at
                        """);
        lanes(update, rows.stream().map(Map.Entry::getKey).toList());
        new Columns<>(update, rows)
                .bind("buckets", Integer.class, row -> row.getValue().bucket())
                .bind("failures", Integer.class, row -> row.getValue().laneFailures())
                .bind("times", Instant.class, row -> row.getValue().nextTryAt());
        update.execute();
    }

    /// Lanes that wait for something else; those that are parked already stay as they are.
    void join(Handle db, Map<LaneKey, Outcome.Joined> lanes) {
        var rows = List.copyOf(lanes.entrySet());
        var update =
                db.createUpdate(
                        """
                        INSERT INTO parked_lane (client_id, endpoint_id, user_id, activity_id, bucket, failures, next_try_at)
                        SELECT client_id, endpoint_id, user_id, activity_id, bucket, 0, next_try_at
                        FROM unnest(:clients, :endpoints, :users, :activities, :buckets, :times)
                            AS l (client_id, endpoint_id, user_id, activity_id, bucket, next_try_at)
                        ON CONFLICT DO NOTHING
                        """);
        lanes(update, rows.stream().map(Map.Entry::getKey).toList());
        new Columns<>(update, rows)
                .bind("buckets", Integer.class, row -> row.getValue().bucket())
                .bind("times", Instant.class, row -> row.getValue().nextTryAt());
        update.execute();
    }

    /// Frees lanes in which nothing waits any more.
    void free(Handle db, Collection<LaneKey> drained) {
        var update =
                db.createUpdate(
                        """
                        DELETE FROM parked_lane AS p
                        USING unnest(:clients, :endpoints, :users, :activities) AS d (client_id, endpoint_id, user_id, activity_id)
                        WHERE p.client_id = d.client_id AND p.endpoint_id = d.endpoint_id
                          AND p.user_id = d.user_id AND p.activity_id = d.activity_id
                          AND NOT EXISTS (SELECT FROM waiting_delivery AS w
                                          WHERE w.client_id = p.client_id AND w.endpoint_id = p.endpoint_id
                                            AND w.user_id = p.user_id AND w.activity_id = p.activity_id)
                        """);
        lanes(update, List.copyOf(drained));
        update.execute();
    }

    /// How often in a row lanes failed that leave memory while something still waits in them.
    void keepFailures(Handle db, Map<LaneKey, Outcome.Drained> lanes) {
        var rows = List.copyOf(lanes.entrySet());
        var update =
                db.createUpdate(
                        """
                        UPDATE parked_lane AS p SET failures = d.failures
                        FROM unnest(:clients, :endpoints, :users, :activities, :failures)
                            AS d (client_id, endpoint_id, user_id, activity_id, failures)
                        WHERE p.client_id = d.client_id AND p.endpoint_id = d.endpoint_id
                          AND p.user_id = d.user_id AND p.activity_id = d.activity_id AND p.failures <> d.failures
                        """);
        lanes(update, rows.stream().map(Map.Entry::getKey).toList());
        new Columns<>(update, rows)
                .bind("failures", Integer.class, row -> row.getValue().laneFailures());
        update.execute();
    }

    /// Lanes that are due and cannot be gone on with are not tried before the given time.
    void postpone(Handle db, Collection<LaneKey> lanes, Instant until) {
        var update =
                db.createUpdate(
                        """
                        UPDATE parked_lane AS p SET next_try_at = :until
                        FROM unnest(:clients, :endpoints, :users, :activities) AS l (client_id, endpoint_id, user_id, activity_id)
                        WHERE p.client_id = l.client_id AND p.endpoint_id = l.endpoint_id
                          AND p.user_id = l.user_id AND p.activity_id = l.activity_id
                        """);
        lanes(update, List.copyOf(lanes)).bind("until", until).execute();
    }

    /// Which of the lanes are parked.
    Set<LaneKey> parked(Handle db, Collection<LaneKey> lanes) {
        var query =
                db.createQuery(
                        """
                        SELECT p.client_id, p.endpoint_id, p.user_id, p.activity_id
                        FROM unnest(:clients, :endpoints, :users, :activities) AS l (client_id, endpoint_id, user_id, activity_id)
                        JOIN parked_lane AS p USING (client_id, endpoint_id, user_id, activity_id)
                        """);
        lanes(query, List.copyOf(lanes));
        return new HashSet<>(query.map((row, _) -> lane(row)).list());
    }

    /// The endpoints that have parked lanes. Hops from one to the next in the index, however many lanes
    /// each has.
    Set<EndpointId> endpoints(Handle db) {
        return db.createQuery(
                        """
                        WITH RECURSIVE hop AS (
                            (SELECT client_id, endpoint_id FROM parked_lane ORDER BY client_id, endpoint_id LIMIT 1)
                            UNION ALL
                            SELECT n.client_id, n.endpoint_id FROM hop CROSS JOIN LATERAL (
                                SELECT client_id, endpoint_id FROM parked_lane AS p
                                WHERE (p.client_id, p.endpoint_id) > (hop.client_id, hop.endpoint_id)
                                ORDER BY client_id, endpoint_id LIMIT 1) AS n
                        )
                        SELECT endpoint_id FROM hop
                        """)
                .map((row, _) -> new EndpointId(row.getObject("endpoint_id", UUID.class)))
                .set();
    }

    /// Lanes to be tried again by now, the longest due first, up to a number for each endpoint.
    List<DueLane> due(Handle db, List<Slots> slots, Collection<Integer> buckets, Instant now) {
        var query =
                db.createQuery(
                        """
                        SELECT p.client_id, p.endpoint_id, p.user_id, p.activity_id, p.bucket, p.failures
                        FROM unnest(:clients, :endpoints, :slots) AS e (client_id, endpoint_id, slots)
                        CROSS JOIN LATERAL (
                            SELECT * FROM parked_lane AS p
                            WHERE p.client_id = e.client_id AND p.endpoint_id = e.endpoint_id
                              AND p.next_try_at <= :now AND p.bucket = ANY(:buckets)
                            ORDER BY p.next_try_at LIMIT e.slots) AS p
                        """);
        new Columns<>(query, slots)
                .bind("clients", String.class, s -> s.client().value())
                .bind("endpoints", UUID.class, s -> s.endpoint().value())
                .bind("slots", Integer.class, Slots::lanes);
        return query.bind("now", now)
                .bindArray("buckets", Integer.class, buckets.toArray())
                .map(
                        (row, _) ->
                                new DueLane(
                                        lane(row), row.getInt("bucket"), row.getInt("failures")))
                .list();
    }

    /// The first deliveries that wait in each lane, in order.
    Map<LaneKey, List<Waiting>> waiting(Handle db, Collection<LaneKey> lanes, int perLaneMax) {
        var query =
                db.createQuery(
                        """
                        SELECT w.* FROM unnest(:clients, :endpoints, :users, :activities)
                            AS l (client_id, endpoint_id, user_id, activity_id)
                        CROSS JOIN LATERAL (
                            SELECT w.client_id, w.endpoint_id, w.user_id, w.activity_id, w.position, w.event_id, w.bytes, w.tries_used
                            FROM waiting_delivery AS w
                            WHERE w.client_id = l.client_id AND w.endpoint_id = l.endpoint_id
                              AND w.user_id = l.user_id AND w.activity_id = l.activity_id
                            ORDER BY w.position LIMIT :max) AS w
                        ORDER BY w.position
                        """);
        lanes(query, List.copyOf(lanes));
        Map<LaneKey, List<Waiting>> waiting = new HashMap<>();
        query.bind("max", perLaneMax)
                .map((row, _) -> waiting(row))
                .forEach(
                        w ->
                                waiting.computeIfAbsent(w.lane(), _ -> new java.util.ArrayList<>())
                                        .add(w));
        return waiting;
    }

    /// Whether anything waits for an endpoint that was deleted.
    boolean hasDeleted(Handle db) {
        return db.createQuery(
                        """
                        SELECT EXISTS (SELECT FROM subscription AS s JOIN parked_lane AS p USING (client_id, endpoint_id)
                                       WHERE s.deleted_at IS NOT NULL)
                        """)
                .mapTo(Boolean.class)
                .one();
    }

    /// Cancels what waits for endpoints that were deleted, some lanes at a time.
    void cancelDeleted(
            Handle db, Collection<Integer> buckets, int lanesMax, int slot, Instant now) {
        db.createUpdate(
                        """
                        WITH lane AS (
                            SELECT p.* FROM subscription AS s JOIN parked_lane AS p USING (client_id, endpoint_id)
                            WHERE s.deleted_at IS NOT NULL AND p.bucket = ANY(:buckets) LIMIT :max
                        ), freed AS (
                            DELETE FROM parked_lane AS p USING lane AS l
                            WHERE p.client_id = l.client_id AND p.endpoint_id = l.endpoint_id
                              AND p.user_id = l.user_id AND p.activity_id = l.activity_id
                        ), gone AS (
                            DELETE FROM waiting_delivery AS w USING lane AS l
                            WHERE w.client_id = l.client_id AND w.endpoint_id = l.endpoint_id
                              AND w.user_id = l.user_id AND w.activity_id = l.activity_id
                            RETURNING w.client_id, w.endpoint_id, w.event_id, w.position, w.lanes,
                                      'cancelled' AS state, w.tries
                        )
                        """
                                + RecordStore.MOVE_AND_COUNT)
                .bindArray("buckets", Integer.class, buckets.toArray())
                .bind("max", lanesMax)
                .bind("slot", slot)
                .bind("now", now)
                .execute();
    }

    /// Which of the events have a fate at, or wait for, the endpoints that they are paired with.
    Set<DeliveryId> known(Handle db, List<Pair> pairs) {
        var query =
                db.createQuery(
                        """
                        WITH pair AS (SELECT * FROM unnest(:clients, :endpoints, :events) AS p (client_id, endpoint_id, event_id))
                        SELECT d.endpoint_id, d.event_id FROM pair JOIN delivery AS d USING (client_id, endpoint_id, event_id)
                        WHERE d.event_id BETWEEN :first AND :last
                        UNION ALL
                        SELECT w.endpoint_id, w.event_id FROM pair JOIN waiting_delivery AS w USING (client_id, endpoint_id, event_id)
                        """);
        new Columns<>(query, pairs)
                .bind("clients", String.class, p -> p.client().value())
                .bind("endpoints", UUID.class, p -> p.id().endpoint().value())
                .bind("events", UUID.class, p -> p.id().event());
        return query.bind(
                        "first",
                        pairs.stream()
                                .map(p -> p.id().event())
                                .min(EventStore.BY_BYTES)
                                .orElseThrow())
                .bind(
                        "last",
                        pairs.stream()
                                .map(p -> p.id().event())
                                .max(EventStore.BY_BYTES)
                                .orElseThrow())
                .map(
                        (row, _) ->
                                new DeliveryId(
                                        row.getObject("event_id", UUID.class),
                                        new EndpointId(row.getObject("endpoint_id", UUID.class))))
                .set();
    }

    private static <S extends SqlStatement<S>> S lanes(S statement, List<LaneKey> lanes) {
        return new Columns<>(statement, lanes)
                .bind("clients", String.class, l -> l.client().value())
                .bind("endpoints", UUID.class, l -> l.endpoint().value())
                .bind("users", UUID.class, l -> l.key().user().value())
                .bind("activities", UUID.class, l -> l.key().activity().value())
                .statement();
    }

    private static LaneKey lane(ResultSet row) throws SQLException {
        return new LaneKey(
                new EndpointId(row.getObject("endpoint_id", UUID.class)),
                new OrderingKey(
                        new ClientId(row.getString("client_id")),
                        new UserId(row.getObject("user_id", UUID.class)),
                        new ActivityId(row.getObject("activity_id", UUID.class))));
    }

    private static Waiting waiting(ResultSet row) throws SQLException {
        return new Waiting(
                lane(row),
                row.getLong("position"),
                row.getObject("event_id", UUID.class),
                row.getInt("bytes"),
                row.getInt("tries_used"));
    }
}
