package io.coursewire.webhooks.delivery;

import io.coursewire.webhooks.EndpointId;
import io.coursewire.webhooks.OutboxEvent;
import io.coursewire.webhooks.delivery.LaneStore.DueLane;
import io.coursewire.webhooks.delivery.LaneStore.LaneKey;
import io.coursewire.webhooks.delivery.LaneStore.Slots;
import io.coursewire.webhooks.delivery.LaneStore.Waiting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/// Brings parked lanes whose time has come back into memory, as many as their endpoints can take.
final class LoadWaiting {
    static final int PER_LANE_MAX = 16;

    /// Beside what has just happened, of all endpoints.
    static final Room MAX = new Room(16_384, 32L * 1024 * 1024);

    static final Duration UNREADABLE_POSTPONED = Duration.ofHours(1);

    private final Subscribers subscribers;
    private final Work work;
    private final LaneStore lanes = new LaneStore();
    private final EventStore events = new EventStore();

    LoadWaiting(Subscribers subscribers, Work work) {
        this.subscribers = subscribers;
        this.work = work;
    }

    void load(Handle db, Set<EndpointId> endpoints, Map<Integer, Long> owned) {
        List<Slots> slots = endpoints.stream().flatMap(e -> slots(e).stream()).toList();
        if (slots.isEmpty() || owned.isEmpty()) {
            return;
        }
        List<DueLane> due =
                lanes.due(db, slots, owned.keySet(), work.clock().instant()).stream()
                        .filter(lane -> !isInMemory(lane.lane()))
                        .toList();
        if (due.isEmpty()) {
            return;
        }
        Map<LaneKey, List<Waiting>> waiting =
                lanes.waiting(db, due.stream().map(DueLane::lane).toList(), PER_LANE_MAX);
        List<Waiting> affordable = affordable(due, waiting);
        Map<Long, OutboxEvent> stored =
                events.readable(
                        db,
                        affordable.stream()
                                .map(
                                        w ->
                                                new EventStore.Place(
                                                        w.lane().client().value(),
                                                        w.position(),
                                                        w.event()))
                                .toList());
        postponeUnreadable(db, affordable, stored.keySet());
        for (DueLane lane : due) {
            load(
                    db,
                    lane,
                    waiting.getOrDefault(lane.lane(), List.of()),
                    stored,
                    owned.get(lane.bucket()));
        }
    }

    private Optional<Slots> slots(EndpointId endpoint) {
        return subscribers
                .find(endpoint)
                .map(
                        s -> {
                            EndpointLanes inMemory = subscribers.lanes(endpoint);
                            int free = inMemory.slots();
                            // Lanes in memory may be due still; they must not hide others.
                            return new Slots(
                                    s.client(),
                                    endpoint,
                                    free == 0 ? 0 : free + inMemory.lanesInMemory());
                        })
                .filter(s -> s.lanes() > 0);
    }

    /// The first of every lane, then those behind it, as far as memory allows. No endpoint gets more than is left for all
    /// others.
    private List<Waiting> affordable(List<DueLane> due, Map<LaneKey, List<Waiting>> waiting) {
        var chosen = new ArrayList<Waiting>();
        Map<EndpointId, Room> taken = new HashMap<>();
        Room left = MAX;
        for (EndpointLanes lanes : subscribers.allLanes()) {
            taken.put(lanes.id(), lanes.loaded());
            left = left.minus(lanes.loaded());
        }
        for (int place = 0; place < PER_LANE_MAX; place++) {
            for (DueLane lane : due) {
                List<Waiting> ofLane = waiting.getOrDefault(lane.lane(), List.of());
                Room before = taken.getOrDefault(lane.lane().endpoint(), Room.NONE);
                if (place < ofLane.size() && !before.isMoreThan(left)) {
                    Waiting one = ofLane.get(place);
                    taken.put(lane.lane().endpoint(), before.plus(one.room()));
                    left = left.minus(one.room());
                    chosen.add(one);
                }
            }
        }
        return chosen;
    }

    private void load(
            Handle db,
            DueLane lane,
            List<Waiting> waiting,
            Map<Long, OutboxEvent> stored,
            long epoch) {
        EndpointLanes endpoint = subscribers.lanes(lane.lane().endpoint());
        if (waiting.isEmpty()) {
            work.record(
                    new Outcome.Drained(
                            lane.lane().endpoint(), lane.lane().key(), lane.bucket(), epoch, 0, 0));
            return;
        }
        List<Assignment> assignments =
                waiting.stream()
                        .filter(w -> stored.containsKey(w.position()))
                        .map(
                                w ->
                                        assignment(
                                                w,
                                                Objects.requireNonNull(stored.get(w.position())),
                                                lane.bucket(),
                                                epoch))
                        .toList();
        if (!assignments.isEmpty() && (!endpoint.isProbeDue() || beginsProbe(db, endpoint))) {
            endpoint.load(assignments, lane.failures());
        }
    }

    /// Lanes with nothing else in them: they would be looked at before all others, in vain.
    private void postponeUnreadable(Handle db, List<Waiting> chosen, Set<Long> readable) {
        Set<LaneKey> unreadable = new HashSet<>();
        chosen.forEach(w -> unreadable.add(w.lane()));
        chosen.stream()
                .filter(w -> readable.contains(w.position()))
                .forEach(w -> unreadable.remove(w.lane()));
        if (!unreadable.isEmpty()) {
            lanes.postpone(db, unreadable, work.clock().instant().plus(UNREADABLE_POSTPONED));
        }
    }

    private boolean isInMemory(LaneKey lane) {
        return subscribers.lanes(lane.endpoint()).has(lane.key());
    }

    private boolean beginsProbe(Handle db, EndpointLanes endpoint) {
        boolean here = subscribers.claimProbe(db, endpoint.id());
        endpoint.probe(here);
        return here;
    }

    private static Assignment assignment(
            Waiting waiting, OutboxEvent event, int bucket, long epoch) {
        var origin = new Assignment.Origin(waiting.position(), bucket, epoch);
        return new Assignment(event, origin, Optional.empty(), waiting.triesUsed(), true);
    }
}
