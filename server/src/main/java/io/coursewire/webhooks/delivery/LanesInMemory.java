package io.coursewire.webhooks.delivery;

import io.coursewire.webhooks.OrderingKey;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The lanes of one endpoint that are in memory, those that are ready to be sent from, and how much is queued and
/// under way in all of them. Guarded by its [EndpointLanes].
final class LanesInMemory {
    private final Map<OrderingKey, LaneQueue> lanes = new HashMap<>();
    private final Deque<LaneQueue> ready = new ArrayDeque<>();
    private int queued;
    private Room fresh = Room.NONE;
    private Room loaded = Room.NONE;

    Optional<LaneQueue> find(OrderingKey key) {
        return Optional.ofNullable(lanes.get(key));
    }

    List<LaneQueue> all() {
        return List.copyOf(lanes.values());
    }

    int count() {
        return lanes.size();
    }

    int count(LaneQueue.Mode mode) {
        return (int) lanes.values().stream().filter(lane -> lane.mode == mode).count();
    }

    int queued() {
        return queued;
    }

    /// What takes up the room for new events until it has gone out or has rows.
    Room fresh() {
        return fresh;
    }

    /// What has rows and takes up the room for that.
    Room loaded() {
        return loaded;
    }

    int ready() {
        return ready.size();
    }

    void add(LaneQueue lane) {
        lanes.put(lane.key, lane);
    }

    void remove(LaneQueue lane) {
        lanes.remove(lane.key, lane);
    }

    /// No where it was dropped, and perhaps begun anew, while a request of it was under way.
    boolean isHere(LaneQueue lane) {
        return lanes.get(lane.key) == lane;
    }

    boolean holds(int bucket) {
        return lanes.values().stream().anyMatch(lane -> lane.bucket == bucket);
    }

    boolean sends(int bucket) {
        return lanes.values().stream()
                .anyMatch(lane -> lane.bucket == bucket && (lane.isInFlight() || lane.mayGoOn()));
    }

    void enqueue(LaneQueue lane, Assignment assignment) {
        lane.add(assignment);
        queued++;
        take(assignment);
    }

    List<Assignment> removeSuperseded(LaneQueue lane, Assignment later) {
        List<Assignment> superseded = lane.removeSupersededBy(later);
        queued -= superseded.size();
        superseded.forEach(this::giveBack);
        return superseded;
    }

    void makeReady(LaneQueue lane) {
        ready.add(lane);
    }

    /// The next to be sent from.
    Optional<LaneQueue> peekReady() {
        return Optional.ofNullable(ready.peek());
    }

    LaneQueue removeReady() {
        return ready.remove();
    }

    Assignment takeHead(LaneQueue lane) {
        queued--;
        return lane.takeHead();
    }

    /// Also of a lane that was dropped meanwhile.
    Assignment endFlight(LaneQueue lane) {
        Assignment ended = lane.endFlight();
        giveBack(ended);
        return ended;
    }

    /// As if it had not been taken.
    void putBack(LaneQueue lane, Assignment head) {
        lane.addFirst(head);
        queued++;
        take(head);
        ready.add(lane);
    }

    /// Takes out everything that is queued in a lane.
    Collection<Assignment> empty(LaneQueue lane) {
        Collection<Assignment> rest = lane.removeAll();
        queued -= rest.size();
        rest.forEach(this::giveBack);
        ready.remove(lane);
        return rest;
    }

    void drop(Set<Integer> buckets) {
        for (LaneQueue lane : all()) {
            if (buckets.contains(lane.bucket)) {
                empty(lane);
                remove(lane);
            }
        }
    }

    private void take(Assignment assignment) {
        if (assignment.waiting()) {
            loaded = loaded.plus(assignment.room());
        } else {
            fresh = fresh.plus(assignment.room());
        }
    }

    private void giveBack(Assignment assignment) {
        if (assignment.waiting()) {
            loaded = loaded.minus(assignment.room());
        } else {
            fresh = fresh.minus(assignment.room());
        }
    }
}
