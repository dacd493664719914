package io.coursewire.webhooks.delivery;

import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/// Every statement about which node delivers which bucket. Time is the database's: it is the one clock
/// that all nodes share.
final class LeaseStore {
    /// Returns how many nodes are alive, this one included.
    int renew(Handle db, UUID node, Duration length) {
        db.createUpdate(
                        """
                        INSERT INTO delivery_node (node_id, expires_at)
                        VALUES (:node, now() + :millis * interval '1 millisecond')
                        ON CONFLICT (node_id) DO UPDATE SET expires_at = excluded.expires_at
                        """)
                .bind("node", node)
                .bind("millis", length.toMillis())
                .execute();
        return db.createQuery("SELECT count(*) FROM delivery_node WHERE expires_at > now()")
                .mapTo(Integer.class)
                .one();
    }

    /// Takes buckets that have no living owner, up to a number; a new owner means a new epoch.
    ///
    /// The rows of dead owners are held meanwhile: one that comes back to life at this very moment waits to renew
    /// until this is decided, and one that is renewing is passed over. So nobody believes to own what it has lost.
    void take(Handle db, UUID node, int count) {
        db.createUpdate(
                        """
                        WITH dead AS MATERIALIZED (
                            SELECT node_id FROM delivery_node WHERE expires_at <= now() FOR UPDATE SKIP LOCKED
                        ), free AS MATERIALIZED (
                            SELECT bucket FROM bucket_lease
                            WHERE node_id IS NULL OR node_id IN (SELECT node_id FROM dead)
                            ORDER BY bucket LIMIT :count FOR UPDATE SKIP LOCKED
                        )
                        UPDATE bucket_lease AS b SET node_id = :node, epoch = epoch + 1 FROM free WHERE b.bucket = free.bucket
                        """)
                .bind("node", node)
                .bind("count", count)
                .execute();
    }

    void giveBack(Handle db, UUID node, Collection<Integer> buckets) {
        db.createUpdate(
                        "UPDATE bucket_lease SET node_id = NULL WHERE node_id = :node AND bucket = ANY(:buckets)")
                .bind("node", node)
                .bindArray("buckets", Integer.class, buckets.toArray())
                .execute();
    }

    Map<Integer, Long> owned(Handle db, UUID node) {
        return db.createQuery("SELECT bucket, epoch FROM bucket_lease WHERE node_id = :node")
                .bind("node", node)
                .map((row, _) -> Map.entry(row.getInt("bucket"), row.getLong("epoch")))
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /// What still holds. The transaction's number is above that of every one that drew a position before.
    record Held(Set<Integer> buckets, OptionalLong transaction) {}

    /// Locks what still holds against a change of owner until the transaction ends.
    Held hold(Handle db, UUID node, Map<Integer, Long> epochs) {
        var buckets = epochs.entrySet().stream().sorted(Map.Entry.comparingByKey()).toList();
        var held = new HashSet<Integer>();
        var numbers =
                db.createQuery(
                                """
                        SELECT b.bucket, pg_current_xact_id()::text::bigint AS number FROM unnest(:buckets, :epochs) AS held (bucket, epoch)
                        JOIN bucket_lease AS b ON b.bucket = held.bucket AND b.epoch = held.epoch
                        WHERE b.node_id = :node ORDER BY b.bucket FOR SHARE OF b
                        """)
                        .bind("node", node)
                        .bindArray(
                                "buckets",
                                Integer.class,
                                buckets.stream().map(Map.Entry::getKey).toArray())
                        .bindArray(
                                "epochs",
                                Long.class,
                                buckets.stream().map(Map.Entry::getValue).toArray())
                        .map(
                                (row, _) -> {
                                    held.add(row.getInt("bucket"));
                                    return row.getLong("number");
                                })
                        .list();
        return new Held(held, numbers.stream().mapToLong(number -> number).findFirst());
    }

    /// Its buckets are free with that; those of nodes that are long dead too.
    void leave(Handle db, UUID node) {
        db.createUpdate(
                        "DELETE FROM delivery_node WHERE node_id = :node OR expires_at < now() - interval '1 hour'")
                .bind("node", node)
                .execute();
    }
}
