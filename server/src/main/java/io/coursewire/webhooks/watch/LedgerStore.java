package io.coursewire.webhooks.watch;

import io.coursewire.kernel.ClientId;
import io.coursewire.webhooks.watch.LedgerReport.Difference;
import io.coursewire.webhooks.watch.LedgerReport.Offender;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/// Every statement of the recount. `day` is the first of which all deliveries are stored.
final class LedgerStore {
    record Size(long events, long deliveries, int days) {}

    /// Whole tables take longer than a statement may otherwise.
    void allowTime(Handle db) {
        db.execute("SET LOCAL statement_timeout = '10min'");
    }

    Optional<LocalDate> firstDay(Handle db) {
        return db.createQuery(
                        """
                        SELECT min(right(c.relname, 8)) FROM pg_inherits AS i JOIN pg_class AS c ON c.oid = i.inhrelid
                        WHERE i.inhparent = 'delivery'::regclass
                        """)
                .mapTo(String.class)
                .findOne()
                .map(text -> LocalDate.parse(text, DateTimeFormatter.BASIC_ISO_DATE));
    }

    Size size(Handle db, LocalDate day) {
        return db.createQuery(
                        """
                        SELECT (SELECT count(*) FROM event WHERE event_id >= first_uuid_of(:day::date)) AS events,
                               (SELECT count(*) FROM delivery) + (SELECT count(*) FROM waiting_delivery) AS deliveries,
                               (SELECT count(DISTINCT day) FROM delivery_count WHERE day >= :day::date) AS days
                        """)
                .bind("day", day.toString())
                .map((row, _) -> new Size(row.getLong(1), row.getLong(2), row.getInt(3)))
                .one();
    }

    /// Per client and day: each count beside the number of rows, where they differ.
    List<Difference> differences(Handle db, LocalDate day) {
        return db.createQuery(
                        """
                        WITH counted AS (
                            SELECT c.client_id, c.day, v.what, sum(v.value) AS value
                            FROM delivery_count AS c CROSS JOIN LATERAL (VALUES
                                ('accepted', c.accepted), ('delivered', c.delivered), ('superseded', c.superseded),
                                ('pending', c.pending), ('dead', c.dead), ('cancelled', c.cancelled), ('events', c.events),
                                ('wanted', c.events - c.unwanted))
                                AS v (what, value)
                            WHERE c.day >= :day::date GROUP BY 1, 2, 3
                        ), lines AS (
                            SELECT client_id, day_of(event_id) AS day, state FROM delivery
                            UNION ALL
                            SELECT client_id, day_of(event_id), 'pending' FROM waiting_delivery
                            WHERE event_id >= first_uuid_of(:day::date)
                        ), found AS (
                            SELECT client_id, day, state AS what, count(*) AS value FROM lines GROUP BY 1, 2, 3
                            UNION ALL
                            SELECT client_id, day, 'accepted', count(*) FROM lines GROUP BY 1, 2
                            UNION ALL
                            SELECT e.client_id, day_of(e.event_id), 'events', count(*) FROM event AS e
                            WHERE e.event_id >= first_uuid_of(:day::date)
                              AND NOT EXISTS (SELECT FROM undelivered AS u WHERE u.position = e.position)
                            GROUP BY 1, 2
                            UNION ALL
                            SELECT e.client_id, day_of(e.event_id), 'wanted', count(*) FROM event AS e
                            WHERE e.event_id >= first_uuid_of(:day::date)
                              AND NOT EXISTS (SELECT FROM undelivered AS u WHERE u.position = e.position)
                              AND (EXISTS (SELECT FROM delivery AS d WHERE d.event_id = e.event_id AND d.lanes > 0)
                                   OR EXISTS (SELECT FROM waiting_delivery AS w WHERE w.event_id = e.event_id AND w.lanes > 0))
                            GROUP BY 1, 2
                        )
                        SELECT client_id, day, what, coalesce(c.value, 0) AS counted, coalesce(f.value, 0) AS found
                        FROM counted AS c FULL JOIN found AS f USING (client_id, day, what)
                        WHERE coalesce(c.value, 0) <> coalesce(f.value, 0)
                          -- One more is an event whose webhook went while it was fanned out anew after a crash.
                          AND (what <> 'wanted' OR coalesce(c.value, 0) > coalesce(f.value, 0))
                        ORDER BY 1, 2, 3
                        """)
                .bind("day", day.toString())
                .map(
                        (row, _) ->
                                new Difference(
                                        new ClientId(row.getString("client_id")),
                                        row.getObject("day", LocalDate.class),
                                        row.getString("what"),
                                        row.getLong("counted"),
                                        row.getLong("found")))
                .list();
    }

    /// Events that have fewer deliveries than endpoints they were given to.
    List<Offender> offenders(Handle db, LocalDate day, int max) {
        return db.createQuery(
                        """
                        SELECT e.client_id, e.event_id, min(d.lanes) AS endpoints, count(d.event_id) AS deliveries
                        FROM event AS e
                        JOIN (SELECT client_id, event_id, lanes FROM delivery
                              UNION ALL SELECT client_id, event_id, lanes FROM waiting_delivery) AS d USING (client_id, event_id)
                        WHERE e.event_id >= first_uuid_of(:day::date)
                          AND NOT EXISTS (SELECT FROM undelivered AS u WHERE u.position = e.position)
                        GROUP BY 1, 2 HAVING count(d.event_id) < min(d.lanes)
                        ORDER BY 1, 2 LIMIT :max
                        """)
                .bind("day", day.toString())
                .bind("max", max)
                .map(
                        (row, _) ->
                                new Offender(
                                        new ClientId(row.getString("client_id")),
                                        row.getObject("event_id", UUID.class),
                                        row.getInt("endpoints"),
                                        row.getInt("deliveries")))
                .list();
    }
}
