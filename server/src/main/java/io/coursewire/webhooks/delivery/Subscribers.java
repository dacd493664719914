package io.coursewire.webhooks.delivery;

import io.coursewire.kernel.ClientId;
import io.coursewire.webhooks.EndpointId;
import io.coursewire.webhooks.OutboxEvent;
import io.coursewire.webhooks.Subscription;
import io.coursewire.webhooks.SubscriptionStore;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// Every subscription as of now, with the lanes of each. Kept in memory and brought up to date by
/// revision, so that matching an event costs no statement.
final class Subscribers {
    private final SubscriptionStore store;
    private final Work work;
    private final TellStandstills tellStandstills;
    private final Map<EndpointId, EndpointLanes> lanes = new HashMap<>();
    private final Map<ClientId, Map<EndpointId, Subscription>> byClient = new HashMap<>();
    private long revision;

    Subscribers(SubscriptionStore store, Work work) {
        this.store = store;
        this.work = work;
        this.tellStandstills = new TellStandstills(work.clock());
    }

    /// To be called after events were read: a subscription made before an event is then known.
    void refresh(Handle db) {
        if (store.revision(db) > revision) {
            List<SubscriptionStore.Change> changes = store.changedSince(db, revision);
            tellStandstills.tell(db, changes);
            changes.forEach(this::apply);
        }
    }

    List<Subscription> wanting(OutboxEvent event) {
        var wanting = new ArrayList<Subscription>();
        for (Subscription subscription :
                byClient.getOrDefault(event.orderingKey().client(), Map.of()).values()) {
            if (subscription.wants(event)) {
                wanting.add(subscription);
            }
        }
        return wanting;
    }

    EndpointLanes lanes(EndpointId endpoint) {
        return lanes.get(endpoint);
    }

    /// Whether a disabled endpoint is to be probed by this node, and not by another, now.
    boolean claimProbe(Handle db, EndpointId endpoint) {
        return find(endpoint)
                .filter(
                        s ->
                                store.claimProbe(
                                        db,
                                        s.client(),
                                        endpoint,
                                        Condition.probePause(s.health()),
                                        work.clock().instant()))
                .isPresent();
    }

    Optional<Subscription> find(EndpointId endpoint) {
        return byClient.values().stream()
                .map(of -> of.get(endpoint))
                .filter(s -> s != null)
                .findAny();
    }

    Collection<EndpointLanes> allLanes() {
        return lanes.values();
    }

    private void apply(SubscriptionStore.Change change) {
        revision = Math.max(revision, change.revision());
        Subscription subscription = change.subscription();
        var ofClient = byClient.computeIfAbsent(subscription.client(), _ -> new HashMap<>());
        if (change.deleted()) {
            ofClient.remove(subscription.id());
            work.paces().forget(subscription.id());
            Optional.ofNullable(lanes.get(subscription.id())).ifPresent(EndpointLanes::delete);
        } else {
            ofClient.put(subscription.id(), subscription);
            lanes.computeIfAbsent(subscription.id(), _ -> new EndpointLanes(subscription, work))
                    .change(subscription, change.catchingUp());
        }
    }
}
