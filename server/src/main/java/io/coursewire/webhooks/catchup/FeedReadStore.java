package io.coursewire.webhooks.catchup;

import io.coursewire.kernel.ClientId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/// Every statement by which the feed is read.
final class FeedReadStore {
    record Snapshot(long oldestRunning, long lastDrawn) {}

    long drawn(Handle db) {
        return snapshot(db).lastDrawn();
    }

    Snapshot snapshot(Handle db) {
        return db.createQuery(
                        """
                        SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint AS oldest_running,
                               CASE WHEN is_called THEN last_value ELSE 0 END AS last_drawn
                        FROM event_position
                        """)
                .map((row, _) -> new Snapshot(row.getLong(1), row.getLong(2)))
                .one();
    }

    /// The number of this transaction, above that of every one that drew a position before. The lock is there to be
    /// written to the log: once this commits, no crash can give those positions out anew.
    long transaction(Handle db) {
        return db.createQuery(
                        "SELECT pg_current_xact_id()::text::bigint FROM subscription_revision FOR KEY SHARE")
                .mapTo(Long.class)
                .one();
    }

    /// Events after one position up to another, as many as fit into the bytes, at least one.
    List<FeedItem> read(
            Handle db, ClientId client, long after, long upTo, int limit, long bytesMax) {
        return db.createQuery(
                        """
                        SELECT * FROM (
                            SELECT *, sum(octet_length(payload)) OVER (ORDER BY position) - octet_length(payload) AS bytes_before
                            FROM (SELECT * FROM event
                                  WHERE client_id = :client AND position > :after AND position <= :upTo
                                  ORDER BY position LIMIT :limit) AS page
                        ) AS sized
                        WHERE bytes_before < :bytesMax ORDER BY position
                        """)
                .bind("client", client.value())
                .bind("after", after)
                .bind("upTo", upTo)
                .bind("limit", limit)
                .bind("bytesMax", bytesMax)
                .map((row, _) -> item(row))
                .list();
    }

    /// Up to which position the client's events are no longer stored; 0 when all are.
    long dropped(Handle db, ClientId client) {
        return db.createQuery("SELECT position FROM event_dropped WHERE client_id = :client")
                .bind("client", client.value())
                .mapTo(Long.class)
                .findOne()
                .orElse(0L);
    }

    private static FeedItem item(ResultSet row) throws SQLException {
        return new FeedItem(
                row.getLong("position"),
                row.getObject("event_id", UUID.class),
                row.getString("type"),
                Optional.ofNullable(row.getObject("attempt_id", UUID.class)),
                row.getLong("version"),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                row.getBytes("payload"));
    }
}
