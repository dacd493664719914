package io.coursewire.webhooks;

import io.coursewire.kernel.ClientId;
import io.coursewire.kernel.UserId;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jdbi.v3.core.Handle;

/// Every statement about history as a whole: its daily partitions, and a person's name in it.
final class HistoryStore {
    static final int REWRITTEN_AT_ONCE = 500;

    private static final DateTimeFormatter DAY = DateTimeFormatter.BASIC_ISO_DATE;

    void createPartitions(Handle db, LocalDate first, LocalDate last) {
        db.createQuery("SELECT create_daily_partitions(:first::date, :last::date)::text")
                .bind("first", first.toString())
                .bind("last", last.toString())
                .mapTo(String.class)
                .list();
    }

    /// The days that a table, `event` or `delivery`, has partitions of.
    List<LocalDate> days(Handle db, String table) {
        return db.createQuery(
                        """
                        SELECT right(c.relname, 8) FROM pg_inherits AS i JOIN pg_class AS c ON c.oid = i.inhrelid
                        WHERE i.inhparent = to_regclass(:table) ORDER BY 1
                        """)
                .bind("table", table)
                .mapTo(String.class)
                .map(text -> LocalDate.parse(text, DAY))
                .list();
    }

    /// Whether an event of the day is not fanned out to its end, or still waits for an endpoint.
    boolean isOpen(Handle db, LocalDate day) {
        return db.createQuery(
                        """
                        SELECT EXISTS (SELECT FROM waiting_delivery
                                       WHERE event_id >= first_uuid_of(:day::date) AND event_id < first_uuid_of(:day::date + 1))
                            OR EXISTS (SELECT FROM undelivered
                                       WHERE event_id >= first_uuid_of(:day::date) AND event_id < first_uuid_of(:day::date + 1))
                        """)
                .bind("day", day.toString())
                .mapTo(Boolean.class)
                .one();
    }

    /// Gives up what waits of a day. Returns how many deliveries that were.
    int giveUp(Handle db, LocalDate day) {
        return db.createQuery(
                        """
                        WITH gone AS (
                            DELETE FROM waiting_delivery
                            WHERE event_id >= first_uuid_of(:day::date) AND event_id < first_uuid_of(:day::date + 1)
                            RETURNING client_id
                        ), counted AS (
                            INSERT INTO delivery_count AS c (client_id, day, slot, pending, cancelled)
                            SELECT client_id, :day::date, 0, -count(*), count(*) FROM gone GROUP BY 1
                            ON CONFLICT (client_id, day, slot) DO UPDATE SET
                                pending = c.pending + excluded.pending, cancelled = c.cancelled + excluded.cancelled
                        )
                        SELECT count(*) FROM gone
                        """)
                .bind("day", day.toString())
                .mapTo(Integer.class)
                .one();
    }

    /// Up to which position the events of each client are gone once those of this day are.
    void rememberDropped(Handle db, LocalDate day) {
        db.createUpdate(
                        """
                        INSERT INTO event_dropped AS d (client_id, position)
                        SELECT client_id, max(position) FROM event
                        WHERE event_id >= first_uuid_of(:day::date) AND event_id < first_uuid_of(:day::date + 1)
                        GROUP BY client_id
                        ON CONFLICT (client_id) DO UPDATE SET position = greatest(d.position, excluded.position)
                        """)
                .bind("day", day.toString())
                .execute();
    }

    /// Against all who read or write of the day, and of others, until the transaction ends. Waits only a moment for them.
    void lock(Handle db, String table, LocalDate day) {
        db.execute("SET LOCAL lock_timeout = '2s'");
        // In the order in which everyone locks them.
        db.execute("LOCK TABLE ONLY " + table + " IN ACCESS EXCLUSIVE MODE");
        db.execute("LOCK TABLE " + partition(table, day) + " IN ACCESS EXCLUSIVE MODE");
    }

    /// A whole partition goes, however large, in no time.
    void drop(Handle db, String table, LocalDate day) {
        db.execute("DROP TABLE " + partition(table, day));
    }

    private static String partition(String table, LocalDate day) {
        return table + "_" + DAY.format(day);
    }

    /// Whether this node is the one that looks after partitions now; until the transaction ends.
    boolean isMine(Handle db) {
        return db.createQuery("SELECT pg_try_advisory_xact_lock(hashtext('keep_history'))")
                .mapTo(Boolean.class)
                .one();
    }

    /// Rewrites the payload of every event of a participant, some at a time: there may be very many.
    void rewrite(Handle db, ClientId client, UserId user, UnaryOperator<byte[]> payload) {
        record Stored(long position, UUID id, byte[] payload) {}
        try (var events =
                db.createQuery(
                                "SELECT position, event_id, payload FROM event WHERE client_id = :client AND user_id = :user")
                        .setFetchSize(REWRITTEN_AT_ONCE)
                        .bind("client", client.value())
                        .bind("user", user.value())
                        .map(
                                (row, _) ->
                                        new Stored(
                                                row.getLong(1),
                                                row.getObject(2, UUID.class),
                                                row.getBytes(3)))
                        .iterator()) {
            while (events.hasNext()) {
                var update =
                        db.prepareBatch(
                                """
                                UPDATE event SET payload = :payload
                                WHERE client_id = :client AND position = :position AND event_id = :event
                                """);
                for (int n = 0; n < REWRITTEN_AT_ONCE && events.hasNext(); n++) {
                    var event = events.next();
                    update.bind("payload", payload.apply(event.payload()))
                            .bind("client", client.value())
                            .bind("position", event.position())
                            .bind("event", event.id())
                            .add();
                }
                update.execute();
            }
        }
    }

    /// When the oldest event that is kept may be from.
    Optional<LocalDate> oldest(Handle db) {
        return days(db, "event").stream().findFirst();
    }
}
