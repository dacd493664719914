package io.coursewire.webhooks.delivery;

import io.coursewire.webhooks.EndpointId;
import io.coursewire.webhooks.SubscriptionStore;
import io.coursewire.webhooks.watch.Alert;
import io.coursewire.webhooks.watch.Alerts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/// The last step of a delivery: takes what came of requests, and records it under the epochs of this node in
/// one transaction. Used by one thread.
final class RecordFates {
    private static final int AT_ONCE_MAX = 2_000;

    private final FlowStores stores;
    private final Work work;
    private final Flights flights;
    private final RecordOutcomes recordOutcomes;
    private final Alerts alerts;
    private final List<Outcome> unrecorded = new ArrayList<>();
    private final Set<EndpointId> waitingEndpoints = new HashSet<>();

    /// Where fates are written to, and under which epochs.
    record FlowStores(Jdbi jdbi, EventFeed feed, SubscriptionStore subscriptions) {}

    RecordFates(FlowStores stores, Work work, Flights flights, int slot) {
        this.stores = stores;
        this.work = work;
        this.flights = flights;
        this.alerts = new Alerts(work.clock());
        this.recordOutcomes = new RecordOutcomes(work.clock(), slot);
    }

    /// The endpoints that something waits for, as far as is known here.
    Set<EndpointId> waitingEndpoints() {
        return waitingEndpoints;
    }

    /// What happened under lost epochs is for others to tell.
    void drop(Set<Integer> lostBuckets) {
        unrecorded.addAll(work.takeOutcomes(Integer.MAX_VALUE));
        unrecorded.removeIf(outcome -> lostBuckets.contains(outcome.bucket()));
    }

    /// Returns what is on record now and was waited for.
    List<Outcome> record(Map<Integer, Long> buckets) {
        unrecorded.addAll(work.takeOutcomes(AT_ONCE_MAX - unrecorded.size()));
        List<Outcome> recorded = List.of();
        if (!unrecorded.isEmpty() || flights.hasLanded()) {
            recorded = stores.jdbi().inTransaction(db -> record(db, buckets));
            unrecorded.clear();
        }
        work.takeHealthChanges()
                .forEach(change -> stores.jdbi().useTransaction(db -> remember(db, change)));
        return recorded;
    }

    private List<Outcome> record(Handle db, Map<Integer, Long> buckets) {
        Map<Integer, Long> epochs = new HashMap<>(buckets);
        epochs.keySet().retainAll(bucketsToRecord());
        Set<Integer> held = stores.feed().hold(db, epochs);
        List<Outcome> valid =
                unrecorded.stream()
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

    private Set<Integer> bucketsToRecord() {
        Set<Integer> concerned = flights.bucketsWithoutLanes();
        unrecorded.forEach(outcome -> concerned.add(outcome.bucket()));
        return concerned;
    }

    private void remember(Handle db, HealthChange change) {
        var subscriptions = stores.subscriptions();
        switch (change) {
            case HealthChange.Failing f ->
                    subscriptions.failing(db, f.client(), f.endpoint(), f.since(), f.pausedUntil());
            case HealthChange.Recovered r -> subscriptions.recovered(db, r.client(), r.endpoint());
            case HealthChange.CaughtUp c -> subscriptions.caughtUp(db, c.client(), c.endpoint());
            case HealthChange.Disabled d -> {
                Instant now = work.clock().instant();
                if (subscriptions.disable(db, d.client(), d.endpoint(), d.reason(), now)) {
                    tell(
                            db,
                            Alert.Kind.ENDPOINT_DISABLED,
                            d,
                            "the webhook is disabled: it " + d.reason());
                }
            }
            case HealthChange.Reenabled r -> {
                subscriptions.enable(db, r.client(), r.endpoint());
                tell(
                        db,
                        Alert.Kind.ENDPOINT_ENABLED,
                        r,
                        "the webhook is enabled again: a probe arrived");
            }
        }
    }

    private void tell(Handle db, Alert.Kind kind, HealthChange change, String detail) {
        alerts.tell(
                db,
                new Alert(
                        kind, change.endpoint().toString(), Optional.of(change.client()), detail));
    }
}
