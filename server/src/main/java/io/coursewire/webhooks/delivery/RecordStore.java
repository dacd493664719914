package io.coursewire.webhooks.delivery;

import io.coursewire.storage.Columns;
import io.coursewire.webhooks.Try;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Update;

/// Every statement that records what became of deliveries. Each one counts what it changed in the same
/// breath, so that the counts can be held against the rows at any time.
final class RecordStore {
    private final int slot;

    RecordStore(int slot) {
        this.slot = slot;
    }

    /// Fates of deliveries that never had a row. One that is recorded already stays as it is. Rows of one partition are of
    /// one day, so that it is worked out once, not for each of them.
    void settle(Handle db, List<Outcome.Settled> settled, Instant now) {
        var update =
                db.createUpdate(
                        """
                        WITH fate AS (
                            SELECT * FROM unnest(:clients, :endpoints, :events, :positions, :states, :lanes, :tries)
                                AS f (client_id, endpoint_id, event_id, position, state, lanes, tries)
                        ), fresh AS (
                            INSERT INTO delivery (client_id, endpoint_id, event_id, position, state, lanes, tries, settled_at)
                            SELECT client_id, endpoint_id, event_id, position, state, lanes, tries::jsonb, :now FROM fate
                            ON CONFLICT DO NOTHING
                            RETURNING client_id, event_id, state, tableoid AS daily
                        )
                        INSERT INTO delivery_count AS c (client_id, day, slot, accepted, delivered, superseded, dead, cancelled)
                        SELECT client_id, day_of((array_agg(event_id))[1]), :slot, count(*),
                               count(*) FILTER (WHERE state = 'delivered'), count(*) FILTER (WHERE state = 'superseded'),
                               count(*) FILTER (WHERE state = 'dead'), count(*) FILTER (WHERE state = 'cancelled')
                        FROM fresh GROUP BY client_id, daily ORDER BY 1, 2
                        ON CONFLICT (client_id, day, slot) DO UPDATE SET
                            accepted = c.accepted + excluded.accepted, delivered = c.delivered + excluded.delivered,
                            superseded = c.superseded + excluded.superseded, dead = c.dead + excluded.dead,
                            cancelled = c.cancelled + excluded.cancelled
                        """);
        places(update, settled)
                .bind("states", String.class, s -> s.state().word())
                .bind("lanes", Integer.class, s -> s.assignment().lanes().orElse(null))
                .bind(
                        "tries",
                        String.class,
                        s -> s.last().map(Try::json).map(json -> "[" + json + "]").orElse("[]"));
        update.bind("slot", slot).bind("now", now).execute();
    }

    /// Deliveries that begin to wait, some after a first try.
    void await(Handle db, List<? extends Outcome.OfAssignment> waiting) {
        var update =
                db.createUpdate(
                        """
                        WITH fresh AS (
                            INSERT INTO waiting_delivery (client_id, endpoint_id, user_id, activity_id, position, event_id,
                                                          attempt_id, type, bytes, tries_used, lanes, tries)
                            SELECT client_id, endpoint_id, user_id, activity_id, position, event_id,
                                   attempt_id, type, bytes, tries_used, lanes, tries::jsonb
                            FROM unnest(:clients, :endpoints, :users, :activities, :positions, :events,
                                        :attempts, :types, :bytes, :used, :lanes, :tries)
                                AS w (client_id, endpoint_id, user_id, activity_id, position, event_id,
                                      attempt_id, type, bytes, tries_used, lanes, tries)
                            ON CONFLICT DO NOTHING
                            RETURNING client_id, event_id
                        )
                        INSERT INTO delivery_count AS c (client_id, day, slot, accepted, pending)
                        SELECT client_id, day_of(event_id), :slot, count(*), count(*) FROM fresh GROUP BY 1, 2 ORDER BY 1, 2
                        ON CONFLICT (client_id, day, slot) DO UPDATE SET
                            accepted = c.accepted + excluded.accepted, pending = c.pending + excluded.pending
                        """);
        keys(update, waiting)
                .bind("attempts", UUID.class, o -> o.assignment().event().attempt().orElse(null))
                .bind("types", String.class, o -> o.assignment().event().type())
                .bind("bytes", Integer.class, o -> o.assignment().event().payload().length)
                .bind("used", Integer.class, o -> o.assignment().triesUsed())
                .bind("lanes", Integer.class, o -> o.assignment().lanes().orElse(null))
                .bind("tries", String.class, RecordStore::tries);
        update.bind("slot", slot).execute();
    }

    /// Fates of deliveries that waited: their rows move from those that wait to those that are done.
    void settleWaiting(Handle db, List<Outcome.Settled> settled, Instant now) {
        var update =
                db.createUpdate(
                        """
                        WITH fate AS (
                            SELECT * FROM unnest(:clients, :endpoints, :users, :activities, :positions, :events, :states, :tries)
                                AS f (client_id, endpoint_id, user_id, activity_id, position, event_id, state, tries)
                        ), gone AS (
                            DELETE FROM waiting_delivery AS w USING fate AS f
                            WHERE w.client_id = f.client_id AND w.endpoint_id = f.endpoint_id AND w.user_id = f.user_id
                              AND w.activity_id = f.activity_id AND w.position = f.position
                            RETURNING w.client_id, w.endpoint_id, w.event_id, w.position, w.lanes, f.state,
                                      w.tries || f.tries::jsonb AS tries
                        )
                        """
                                + MOVE_AND_COUNT);
        keys(update, settled)
                .bind("states", String.class, s -> s.state().word())
                .bind("tries", String.class, RecordStore::tries);
        update.bind("slot", slot).bind("now", now).execute();
    }

    /// Another try of deliveries that wait. Of many, the first and the last are kept.
    void addTries(Handle db, List<Outcome.Failed> failed) {
        var update =
                db.createUpdate(
                        """
                        UPDATE waiting_delivery AS w SET tries_used = f.tries_used,
                            tries = CASE WHEN jsonb_array_length(w.tries) < :kept THEN w.tries ELSE w.tries - :keptFirst END || f.tries::jsonb
                        FROM unnest(:clients, :endpoints, :users, :activities, :positions, :events, :used, :tries)
                            AS f (client_id, endpoint_id, user_id, activity_id, position, event_id, tries_used, tries)
                        WHERE w.client_id = f.client_id AND w.endpoint_id = f.endpoint_id AND w.user_id = f.user_id
                          AND w.activity_id = f.activity_id AND w.position = f.position
                        """);
        keys(update, failed)
                .bind("used", Integer.class, f -> f.assignment().triesUsed())
                .bind("tries", String.class, RecordStore::tries);
        update.bind("kept", Try.KEPT_MAX).bind("keptFirst", Try.KEPT_FIRST).execute();
    }

    /// Drops from those that wait what a later event of its attempt makes useless.
    void supersede(Handle db, List<Outcome.Joined> joined, Instant now) {
        var update =
                db.createUpdate(
                        """
                        WITH later AS (
                            SELECT * FROM unnest(:clients, :endpoints, :users, :activities, :positions, :events, :attempts, :above)
                                AS l (client_id, endpoint_id, user_id, activity_id, position, event_id, attempt_id, above)
                        ), gone AS (
                            DELETE FROM waiting_delivery AS w USING later AS l
                            WHERE w.client_id = l.client_id AND w.endpoint_id = l.endpoint_id AND w.user_id = l.user_id
                              AND w.activity_id = l.activity_id AND w.attempt_id = l.attempt_id
                              AND w.position > l.above AND w.position < l.position AND w.type = :supersedable
                            RETURNING w.client_id, w.endpoint_id, w.event_id, w.position, w.lanes, 'superseded' AS state, w.tries
                        )
                        """
                                + MOVE_AND_COUNT);
        keys(update, joined)
                .bind("attempts", UUID.class, j -> j.assignment().event().attempt().orElse(null))
                .bind("above", Long.class, Outcome.Joined::supersedesAbove);
        update.bind("supersedable", io.coursewire.webhooks.EventType.UPDATED)
                .bind("slot", slot)
                .bind("now", now)
                .execute();
    }

    /// Counts events that are fanned out to their end.
    void countFannedOut(Handle db, List<FannedOut> counts) {
        var update =
                db.createUpdate(
                        """
                        INSERT INTO delivery_count AS c (client_id, day, slot, events, unwanted)
                        SELECT client_id, day, :slot, events, unwanted
                        FROM unnest(:clients, :days::date[], :events, :unwanted) AS n (client_id, day, events, unwanted)
                        ORDER BY 1, 2
                        ON CONFLICT (client_id, day, slot) DO UPDATE SET
                            events = c.events + excluded.events, unwanted = c.unwanted + excluded.unwanted
                        """);
        new Columns<>(update, counts)
                .bind("clients", String.class, FannedOut::client)
                .bind("days", String.class, n -> n.day().toString())
                .bind("events", Integer.class, FannedOut::events)
                .bind("unwanted", Integer.class, FannedOut::unwanted);
        update.bind("slot", slot).execute();
    }

    record FannedOut(String client, LocalDate day, int events, int unwanted) {}

    static final String MOVE_AND_COUNT =
            """
            , moved AS (
                INSERT INTO delivery (client_id, endpoint_id, event_id, position, state, lanes, tries, settled_at)
                SELECT client_id, endpoint_id, event_id, position, state, lanes, tries, :now FROM gone
            )
            INSERT INTO delivery_count AS c (client_id, day, slot, pending, delivered, superseded, dead, cancelled)
            SELECT client_id, day_of(event_id), :slot, -count(*),
                   count(*) FILTER (WHERE state = 'delivered'), count(*) FILTER (WHERE state = 'superseded'),
                   count(*) FILTER (WHERE state = 'dead'), count(*) FILTER (WHERE state = 'cancelled')
            FROM gone GROUP BY 1, 2 ORDER BY 1, 2
            ON CONFLICT (client_id, day, slot) DO UPDATE SET
                pending = c.pending + excluded.pending, delivered = c.delivered + excluded.delivered,
                superseded = c.superseded + excluded.superseded, dead = c.dead + excluded.dead,
                cancelled = c.cancelled + excluded.cancelled
            """;

    private static <T extends Outcome.OfAssignment> Columns<T, Update> places(
            Update update, List<T> outcomes) {
        return new Columns<>(update, outcomes)
                .bind("clients", String.class, o -> o.client().value())
                .bind("endpoints", UUID.class, o -> o.endpoint().value())
                .bind("events", UUID.class, o -> o.assignment().event().id())
                .bind("positions", Long.class, o -> o.assignment().position());
    }

    private static <T extends Outcome.OfAssignment> Columns<T, Update> keys(
            Update update, List<T> outcomes) {
        return places(update, outcomes)
                .bind("users", UUID.class, o -> o.assignment().event().orderingKey().user().value())
                .bind(
                        "activities",
                        UUID.class,
                        o -> o.assignment().event().orderingKey().activity().value());
    }

    private static String tries(Outcome.OfAssignment outcome) {
        return switch (outcome) {
            case Outcome.Failed failed -> "[" + failed.last().json() + "]";
            case Outcome.Settled settled ->
                    settled.last().map(t -> "[" + t.json() + "]").orElse("[]");
            case Outcome.Joined _ -> "[]";
        };
    }
}
