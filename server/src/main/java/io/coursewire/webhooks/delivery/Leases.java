package io.coursewire.webhooks.delivery;

import io.coursewire.webhooks.OrderingKey;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Jdbi;

/// This node's share of the buckets. Every living node has about as many; those of a node that stopped
/// renewing are taken over when its lease has run out.
final class Leases {
    private final Jdbi jdbi;
    private final UUID node;
    private final Duration length;
    private final LeaseStore store = new LeaseStore();
    private final Set<Integer> leaving = ConcurrentHashMap.newKeySet();
    private volatile Map<Integer, Long> owned = Map.of();
    private volatile int nodes = 1;
    private volatile long validUntilNanos;

    Leases(Jdbi jdbi, UUID node, Duration length) {
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

    /// What this node may act on now: nothing, once it could not renew in time.
    Map<Integer, Long> owned() {
        return System.nanoTime() < validUntilNanos ? owned : Map.of();
    }

    boolean owns(int bucket, long epoch) {
        return Long.valueOf(epoch).equals(owned().get(bucket));
    }

    /// Buckets that this node has too many of: to be given back as soon as nothing of them is in work.
    Set<Integer> leaving() {
        return leaving;
    }

    /// To be called several times per lease.
    synchronized void renew() {
        long startNanos = System.nanoTime();
        jdbi.useTransaction(
                db -> {
                    nodes = store.renew(db, node, length);
                    int share = Math.ceilDiv(OrderingKey.BUCKETS, nodes);
                    Map<Integer, Long> mine = store.owned(db, node);
                    if (mine.size() < share) {
                        store.take(db, node, share - mine.size());
                        mine = store.owned(db, node);
                    }
                    owned = mine;
                    chooseLeaving(mine, share);
                });
        // A little before others may take over, by a clock that does not jump.
        validUntilNanos = startNanos + length.toNanos() * 4 / 5;
    }

    synchronized void giveBack(Set<Integer> buckets) {
        jdbi.useTransaction(db -> store.giveBack(db, node, buckets));
        Map<Integer, Long> kept = new HashMap<>(owned);
        kept.keySet().removeAll(buckets);
        owned = Map.copyOf(kept);
        leaving.removeAll(buckets);
    }

    synchronized void leave() {
        owned = Map.of();
        jdbi.useTransaction(db -> store.leave(db, node));
    }

    private void chooseLeaving(Map<Integer, Long> mine, int share) {
        List<Integer> surplus =
                mine.keySet().stream().sorted().skip(share).collect(Collectors.toList());
        leaving.retainAll(surplus);
        leaving.addAll(surplus);
    }
}
