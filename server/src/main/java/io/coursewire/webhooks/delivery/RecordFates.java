package io.coursewire.webhooks.delivery;

import io.coursewire.storage.Database;
import io.coursewire.webhooks.EndpointId;
import io.coursewire.webhooks.SubscriptionStore;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The last step of a delivery: takes what came of requests, and records it under the epochs of this node in
/// one transaction. Where that cannot be done, it looks for what is at fault and sets that aside. Used by one thread.
final class RecordFates {
    static final int AT_ONCE_MAX = 2_000;

    private static final Logger LOG = LoggerFactory.getLogger(RecordFates.class);

    private final FlowStores stores;
    private final Work work;
    private final Flights flights;
    private final RecordOutcomes recordOutcomes;
    private final RememberHealth rememberHealth;
    private final List<Outcome> unrecorded = new ArrayList<>();
    private final Aside aside = new Aside();
    private final List<Outcome> recordedAndWaitedFor = new ArrayList<>();
    private final Set<EndpointId> waitingEndpoints = new HashSet<>();

    /// Where fates are written to, and under which epochs.
    record FlowStores(Jdbi jdbi, EventFeed feed, SubscriptionStore subscriptions) {}

    RecordFates(FlowStores stores, Work work, Flights flights, int slot) {
        this.stores = stores;
        this.work = work;
        this.flights = flights;
        this.recordOutcomes = new RecordOutcomes(work.clock(), slot);
        this.rememberHealth =
                new RememberHealth(stores.jdbi(), stores.subscriptions(), work.clock());
    }

    /// The endpoints that something waits for, as far as is known here.
    Set<EndpointId> waitingEndpoints() {
        return waitingEndpoints;
    }

    /// Whether something of the bucket may never be recorded here.
    boolean hasAside(int bucket) {
        return aside.concerns(bucket);
    }

    /// What happened under lost epochs is for others to tell.
    void drop(Set<Integer> lostBuckets) {
        unrecorded.addAll(work.takeOutcomes(Integer.MAX_VALUE));
        unrecorded.removeIf(outcome -> lostBuckets.contains(outcome.bucket()));
        aside.drop(lostBuckets);
    }

    /// Returns what is on record now and was waited for.
    List<Outcome> record(Map<Integer, Long> buckets) {
        unrecorded.addAll(0, aside.takeDue(work.clock().instant()));
        unrecorded.addAll(work.takeOutcomes(AT_ONCE_MAX - unrecorded.size()));
        if (!unrecorded.isEmpty() || flights.hasLanded()) {
            recordUnrecorded(buckets);
        }
        rememberHealth.remember(work.takeHealthChanges());
        List<Outcome> recorded = List.copyOf(recordedAndWaitedFor);
        recordedAndWaitedFor.clear();
        return recorded;
    }

    private void recordUnrecorded(Map<Integer, Long> buckets) {
        int atOnce = AT_ONCE_MAX;
        do {
            unrecorded.removeIf(aside::takes);
            List<Outcome> batch = unrecorded.subList(0, Math.min(atOnce, unrecorded.size()));
            try {
                record(batch, buckets);
                batch.clear();
                atOnce = Math.min(2 * atOnce, AT_ONCE_MAX);
            } catch (RuntimeException e) {
                if (batch.isEmpty() || Database.isPassing(e)) {
                    throw e;
                }
                atOnce = Math.max(1, batch.size() / 2);
                if (batch.size() == 1) {
                    setAside(batch, buckets, e);
                }
            }
        } while (!unrecorded.isEmpty());
    }

    private void setAside(List<Outcome> one, Map<Integer, Long> buckets, RuntimeException fault) {
        // Whatever else the transaction would have recorded is not at fault then.
        record(List.of(), buckets);
        if (aside.isFull()) {
            throw fault;
        }
        Outcome refused = one.getFirst();
        aside.begin(refused, work.clock().instant());
        LOG.atError()
                .setCause(fault)
                .addKeyValue("client", refused.key().client())
                .addKeyValue("webhook", refused.endpoint())
                .addKeyValue("user", refused.key().user())
                .addKeyValue("activity", refused.key().activity())
                .log("what became of a delivery cannot be recorded; tried again every minute");
        one.clear();
    }

    private void record(List<Outcome> batch, Map<Integer, Long> buckets) {
        recordedAndWaitedFor.addAll(stores.jdbi().inTransaction(db -> record(db, batch, buckets)));
    }

    private List<Outcome> record(Handle db, List<Outcome> batch, Map<Integer, Long> buckets) {
        Map<Integer, Long> epochs = new HashMap<>(buckets);
        epochs.keySet().retainAll(bucketsOf(batch));
        Set<Integer> held = stores.feed().hold(db, epochs);
        List<Outcome> valid =
                batch.stream()
                        .filter(
                                o ->
                                        held.contains(o.bucket())
                                                && epochs.get(o.bucket()) == o.epoch())
                        .toList();
        List<Flights.Landed> landed =
                flights.landing(valid).stream()
                        .filter(l -> held.contains(l.claimed().bucket()))
                        .toList();
        recordOutcomes.record(db, valid);
        if (!landed.isEmpty()) {
            // Counted once each, also where the commit of the first record of it was not seen.
            Set<Long> removed =
                    stores.feed()
                            .acknowledge(db, landed.stream().map(Flights.Landed::claimed).toList());
            recordOutcomes.countFannedOut(
                    db,
                    landed.stream().filter(l -> removed.contains(l.claimed().position())).toList());
        }
        db.afterCommit(() -> recorded(valid, landed));
        return valid.stream().filter(Outcome::isWaitedFor).toList();
    }

    private void recorded(List<Outcome> valid, List<Flights.Landed> landed) {
        flights.recorded(valid, landed);
        valid.stream()
                .filter(o -> !(o instanceof Outcome.Settled))
                .forEach(o -> waitingEndpoints.add(o.endpoint()));
    }

    private Set<Integer> bucketsOf(List<Outcome> batch) {
        Set<Integer> concerned = flights.bucketsWithoutLanes();
        batch.forEach(outcome -> concerned.add(outcome.bucket()));
        return concerned;
    }
}
