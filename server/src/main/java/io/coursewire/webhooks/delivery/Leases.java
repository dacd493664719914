package io.coursewire.webhooks.delivery;

import io.coursewire.webhooks.OrderingKey;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/// This node's share of the buckets. Every living node has about as many; those of a node that stopped
/// renewing are taken over when its lease has run out.
final class Leases {
    private final Jdbi jdbi;
    private final UUID node;
    private final Duration length;
    private final LongSupplier nanoTime;
    private final LeaseStore store = new LeaseStore();
    private volatile Share share = Share.NONE;
    private volatile int nodes = 1;
    private volatile long validUntilNanos;

    Leases(Jdbi jdbi, UUID node, Duration length) {
        this(jdbi, node, length, System::nanoTime);
    }

    Leases(Jdbi jdbi, UUID node, Duration length, LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.jdbi = jdbi;
        this.node = node;
        this.length = length;
    }

    UUID node() {
        return node;
    }

    Duration length() {
        return length;
    }

    int nodes() {
        return nodes;
    }

    /// What this node may act on now: nothing, once it could not renew in time. The buckets that it has too many
    /// of are to be given back as soon as nothing of them is in work.
    Share share() {
        return nanoTime.getAsLong() - validUntilNanos < 0 ? share : Share.NONE;
    }

    boolean owns(int bucket, long epoch) {
        return Long.valueOf(epoch).equals(share().epochs().get(bucket));
    }

    /// To be called several times per lease.
    synchronized void renew() {
        long startNanos = nanoTime.getAsLong();
        // Acted on once it is committed only: until then it may be another's.
        share = jdbi.inTransaction(this::renew);
        // A little before others may take over, by a clock that does not jump.
        validUntilNanos = startNanos + length.toNanos() * 4 / 5;
    }

    synchronized void giveBack(Set<Integer> buckets) {
        // Before it is: should its commit be lost from sight, another may own them already.
        Map<Integer, Long> kept = new HashMap<>(share.epochs());
        kept.keySet().removeAll(buckets);
        Set<Integer> stillLeaving = new HashSet<>(share.leaving());
        stillLeaving.removeAll(buckets);
        share = new Share(Map.copyOf(kept), Set.copyOf(stillLeaving));
        jdbi.useTransaction(db -> store.giveBack(db, node, buckets));
    }

    synchronized void leave() {
        share = Share.NONE;
        jdbi.useTransaction(db -> store.leave(db, node));
    }

    private Share renew(Handle db) {
        nodes = store.renew(db, node, length);
        int size = Math.ceilDiv(OrderingKey.BUCKETS, nodes);
        Map<Integer, Long> mine = store.owned(db, node);
        if (mine.size() < size) {
            store.take(db, node, size - mine.size());
            mine = store.owned(db, node);
        }
        var surplus = mine.keySet().stream().sorted().skip(size);
        return new Share(mine, surplus.collect(Collectors.toUnmodifiableSet()));
    }
}
