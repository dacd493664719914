package io.coursewire.webhooks.delivery;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/// Every statement about the markers of events that are not yet fanned out to their end.
final class FeedStore {
    record Marker(long position, int bucket, String client, UUID event, int bytes) {}

    /// Markers beyond a position. Every transaction with a number below `oldestRunning` had ended when they
    /// were read; `lastDrawn` is the highest position drawn by then.
    record Page(long oldestRunning, long lastDrawn, List<Marker> markers) {}

    Page page(Handle db, long beyond, Collection<Integer> buckets, int limit) {
        var markers = new ArrayList<Marker>();
        long[] horizon = new long[2];
        db.createQuery(
                        """
                        SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint AS oldest_running,
                               (SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM event_position) AS last_drawn,
                               m.position, m.bucket, m.client_id, m.event_id, m.bytes
                        FROM (SELECT) AS always
                        LEFT JOIN (SELECT * FROM undelivered
                                   WHERE position > :beyond AND bucket = ANY(:buckets)
                                   ORDER BY position LIMIT :limit) AS m ON true
                        ORDER BY m.position
                        """)
                .bind("beyond", beyond)
                .bindArray("buckets", Integer.class, buckets.toArray())
                .bind("limit", limit)
                .map(
                        (row, _) -> {
                            horizon[0] = row.getLong("oldest_running");
                            horizon[1] = row.getLong("last_drawn");
                            UUID event = row.getObject("event_id", UUID.class);
                            if (event != null) {
                                markers.add(
                                        new Marker(
                                                row.getLong("position"),
                                                row.getInt("bucket"),
                                                row.getString("client_id"),
                                                event,
                                                row.getInt("bytes")));
                            }
                            return event;
                        })
                .list();
        return new Page(horizon[0], horizon[1], markers);
    }

    /// Answers those that were there.
    Set<Long> remove(Handle db, Collection<Long> positions) {
        return db.createQuery(
                        "DELETE FROM undelivered WHERE position = ANY(:positions) RETURNING position")
                .bindArray("positions", Long.class, positions.toArray())
                .mapTo(Long.class)
                .set();
    }

    /// How many events wait, for the metrics; and since when the oldest does.
    long count(Handle db) {
        return db.createQuery("SELECT count(*) FROM undelivered").mapTo(Long.class).one();
    }
}
