package io.coursewire.webhooks.delivery;

import io.coursewire.webhooks.DeliveryId;
import io.coursewire.webhooks.Subscription;
import io.coursewire.webhooks.delivery.LaneStore.LaneKey;
import io.coursewire.webhooks.delivery.LaneStore.Pair;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/// Hands claimed events to the lanes of every endpoint that wants them now.
final class FanOut {
    private final Subscribers subscribers;
    private final Flights flights;
    private final LaneStore lanes = new LaneStore();

    FanOut(Subscribers subscribers, Flights flights) {
        this.subscribers = subscribers;
        this.flights = flights;
    }

    private record Wanted(Claimed claimed, List<Subscription> by) {}

    void fanOut(Handle db, List<Claimed> events) {
        subscribers.refresh(db);
        List<Wanted> wanted =
                events.stream().map(c -> new Wanted(c, subscribers.wanting(c.event()))).toList();
        Set<DeliveryId> known = known(db, wanted);
        Set<LaneKey> parked = parked(db, wanted);
        wanted.forEach(one -> assign(one, known, parked));
    }

    private void assign(Wanted wanted, Set<DeliveryId> known, Set<LaneKey> parked) {
        Claimed claimed = wanted.claimed();
        List<Subscription> open =
                wanted.by().stream()
                        .filter(s -> !known.contains(new DeliveryId(claimed.event().id(), s.id())))
                        .toList();
        flights.begin(claimed, open.size(), wanted.by().isEmpty());
        for (Subscription subscription : open) {
            var lane = new LaneKey(subscription.id(), claimed.event().orderingKey());
            subscribers
                    .lanes(subscription.id())
                    .offer(
                            Assignment.of(claimed, wanted.by().size()),
                            parked.contains(lane),
                            flights.left());
        }
    }

    /// What an earlier owner of the bucket has recorded already.
    private Set<DeliveryId> known(Handle db, List<Wanted> wanted) {
        var pairs = new ArrayList<Pair>();
        for (Wanted one : wanted) {
            if (one.claimed().again()) {
                one.by()
                        .forEach(
                                s ->
                                        pairs.add(
                                                new Pair(
                                                        s.client(),
                                                        new DeliveryId(
                                                                one.claimed().event().id(),
                                                                s.id()))));
            }
        }
        return pairs.isEmpty() ? Set.of() : lanes.known(db, pairs);
    }

    private Set<LaneKey> parked(Handle db, List<Wanted> wanted) {
        Set<LaneKey> all = new HashSet<>();
        for (Wanted one : wanted) {
            one.by()
                    .forEach(
                            s -> all.add(new LaneKey(s.id(), one.claimed().event().orderingKey())));
        }
        return all.isEmpty() ? Set.of() : lanes.parked(db, all);
    }
}
