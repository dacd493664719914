package io.coursewire.webhooks.replay;

import io.coursewire.kernel.Json;
import io.coursewire.kernel.Uuid;
import io.coursewire.webhooks.EventType;
import io.coursewire.webhooks.Subscription;
import io.coursewire.webhooks.Try;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;

/// Every statement about the events that replays send again, and what comes of them.
final class ReplayEventStore {
    private static final int SLOT = 0;

    // An event without a record is "missed" only if the endpoint would get it now, and is not about
    // to.
    private static final String CHOSEN =
            """
            coalesce(d.state, 'missed') = ANY(:states)
            AND (cardinality(:events::text[]) = 0 OR e.type = ANY(:events))
            AND (d.state IS NOT NULL
                 OR ((:everything OR e.type = ANY(:subscribed))
                     AND NOT EXISTS (SELECT FROM jsonb_each(:filter::jsonb) AS f
                                     WHERE jsonb_exists(e.attributes, f.key)
                                       AND NOT jsonb_exists(f.value, e.attributes ->> f.key))
                     AND NOT EXISTS (SELECT FROM undelivered AS u WHERE u.position = e.position)
                     AND NOT EXISTS (SELECT FROM waiting_delivery AS w
                                     WHERE w.client_id = :client AND w.endpoint_id = :endpoint AND w.event_id = e.event_id)))
            """;

    private static final String RECORD =
            """
            LEFT JOIN delivery AS d ON d.client_id = :client AND d.endpoint_id = :endpoint AND d.event_id = e.event_id
                AND d.event_id >= :first AND d.event_id < :end
            """;

    /// Counting much takes longer than a statement may otherwise.
    void allowTime(Handle db) {
        db.execute("SET LOCAL statement_timeout = '5min'");
    }

    /// How many events of a request there are, by what became of them.
    Map<String, Long> count(Handle db, Subscription endpoint, ReplayRequest request) {
        var query =
                db.createQuery(
                        """
                        SELECT coalesce(d.state, 'missed') AS state, count(*) AS events FROM event AS e
                        """
                                + RECORD
                                + " WHERE e.client_id = :client AND e.event_id >= :first AND e.event_id < :end AND "
                                + CHOSEN
                                + " GROUP BY 1");
        return bind(query, endpoint, request)
                .map((row, _) -> Map.entry(row.getString("state"), row.getLong("events")))
                .collectToMap(Map.Entry::getKey, Map.Entry::getValue);
    }

    /// The next events of the request's time after a position, those that are not asked for included.
    List<Candidate> scan(
            Handle db, Subscription endpoint, ReplayRequest request, long after, int max) {
        var query =
                db.createQuery(
                        """
                        SELECT e.position, e.event_id,
                        """
                                + "("
                                + CHOSEN
                                + ") AS chosen "
                                + """
                                FROM (SELECT position, event_id, type, attributes FROM event
                                      WHERE client_id = :client AND position > :after AND event_id >= :first AND event_id < :end
                                      ORDER BY position LIMIT :max) AS e
                                """
                                + RECORD
                                + " ORDER BY e.position");
        return bind(query, endpoint, request)
                .bind("after", after)
                .bind("max", max)
                .map(
                        (row, _) ->
                                new Candidate(
                                        row.getLong("position"),
                                        row.getObject("event_id", UUID.class),
                                        row.getBoolean("chosen")))
                .list();
    }

    /// Adds tries to what became of deliveries. One that arrived counts as delivered from now on; one that
    /// did not stays what it was, or is dead when it had never been tried. Events are kept for longer than
    /// deliveries: those whose day has none any more leave no record.
    void record(Handle db, Replay replay, List<Sent> sent, Instant now) {
        lockBuckets(db, sent);
        db.createUpdate(
                        """
                        WITH sent AS (
                            SELECT * FROM unnest(:events, :positions, :arrived, :tries)
                                AS s (event_id, position, arrived, tries)
                        ), before AS (
                            SELECT d.event_id, d.state FROM delivery AS d JOIN sent USING (event_id)
                            WHERE d.client_id = :client AND d.endpoint_id = :endpoint
                            FOR UPDATE OF d
                        ), again AS (
                            UPDATE delivery AS d
                            SET tries = d.tries || s.tries::jsonb, state = CASE WHEN s.arrived THEN 'delivered' ELSE d.state END
                            FROM sent AS s JOIN before AS b USING (event_id)
                            WHERE d.client_id = :client AND d.endpoint_id = :endpoint AND d.event_id = s.event_id
                            RETURNING d.event_id, b.state AS before, d.state AS after
                        ), first AS (
                            INSERT INTO delivery (client_id, endpoint_id, event_id, position, state, tries, settled_at)
                            SELECT :client, :endpoint, s.event_id, s.position,
                                   CASE WHEN s.arrived THEN 'delivered' ELSE 'dead' END, s.tries::jsonb, :now
                            FROM sent AS s
                            WHERE s.event_id NOT IN (SELECT event_id FROM before)
                              AND to_regclass('delivery_' || to_char(day_of(s.event_id), 'YYYYMMDD')) IS NOT NULL
                              AND NOT EXISTS (SELECT FROM waiting_delivery AS w
                                              WHERE w.client_id = :client AND w.endpoint_id = :endpoint AND w.event_id = s.event_id)
                            ON CONFLICT DO NOTHING
                            RETURNING event_id, NULL AS before, state AS after
                        ), moved AS (
                            SELECT * FROM again UNION ALL SELECT * FROM first
                        )
                        INSERT INTO delivery_count AS c (client_id, day, slot, accepted, delivered, superseded, dead, cancelled)
                        SELECT :client, day_of(event_id), :slot, count(*) FILTER (WHERE before IS NULL),
                               count(*) FILTER (WHERE after = 'delivered') - count(*) FILTER (WHERE before = 'delivered'),
                               count(*) FILTER (WHERE after = 'superseded') - count(*) FILTER (WHERE before = 'superseded'),
                               count(*) FILTER (WHERE after = 'dead') - count(*) FILTER (WHERE before = 'dead'),
                               count(*) FILTER (WHERE after = 'cancelled') - count(*) FILTER (WHERE before = 'cancelled')
                        FROM moved GROUP BY 2 ORDER BY 2
                        ON CONFLICT (client_id, day, slot) DO UPDATE SET
                            accepted = c.accepted + excluded.accepted, delivered = c.delivered + excluded.delivered,
                            superseded = c.superseded + excluded.superseded, dead = c.dead + excluded.dead,
                            cancelled = c.cancelled + excluded.cancelled
                        """)
                .bindArray("events", UUID.class, sent.stream().map(Sent::event).toArray())
                .bindArray("positions", Long.class, sent.stream().map(Sent::position).toArray())
                .bindArray("arrived", Boolean.class, sent.stream().map(Sent::delivered).toArray())
                .bindArray("tries", String.class, sent.stream().map(s -> tries(s)).toArray())
                .bind("client", replay.client().value())
                .bind("endpoint", replay.endpoint().value())
                .bind("slot", SLOT)
                .bind("now", now)
                .execute();
    }

    // Whoever asks for a delivery again moves its record meanwhile; a second one would be in its
    // way for good.
    private static void lockBuckets(Handle db, List<Sent> sent) {
        db.createQuery(
                        "SELECT bucket FROM bucket_lease WHERE bucket = ANY(:buckets) ORDER BY bucket FOR SHARE")
                .bindArray("buckets", Integer.class, sent.stream().map(Sent::bucket).toArray())
                .mapTo(Integer.class)
                .list();
    }

    private static String tries(Sent sent) {
        return sent.tries().stream().map(Try::json).collect(Collectors.joining(",", "[", "]"));
    }

    private static <S extends SqlStatement<S>> S bind(
            S statement, Subscription endpoint, ReplayRequest request) {
        var settings = endpoint.settings();
        return statement
                .bind("client", endpoint.client().value())
                .bind("endpoint", endpoint.id().value())
                .bind("first", Uuid.firstOf(request.since()))
                .bind("end", Uuid.firstOf(request.until()))
                .bindArray("states", String.class, request.states().toArray())
                .bindArray("events", String.class, request.events().toArray())
                .bind("everything", settings.events().contains(EventType.EVERY))
                .bindArray("subscribed", String.class, settings.events().toArray())
                .bind("filter", Json.MAPPER.writeValueAsString(settings.filter().wanted()));
    }
}
