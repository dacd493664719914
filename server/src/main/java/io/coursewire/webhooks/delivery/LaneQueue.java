package io.coursewire.webhooks.delivery;

import io.coursewire.webhooks.OrderingKey;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;

/// The part of one lane, (endpoint, ordering key), that is in memory. Guarded by its [EndpointLanes].
final class LaneQueue {
    enum Mode {
        /// Everything of the lane is here.
        FLOWING,
        /// What is here is being sent; later events get rows and wait behind it.
        JOINING,
        /// Nothing is being sent; kept until what became of it is recorded.
        PARKED
    }

    final OrderingKey key;
    final int bucket;
    final long epoch;
    private final Deque<Assignment> queue = new ArrayDeque<>();
    private Optional<Assignment> inFlight = Optional.empty();
    Mode mode;
    int failures;

    /// How many joined it while it was not flowing; what leaves memory must not leave one of them behind.
    int joined;

    /// The positions of what was superseded here and is not yet recorded as that.
    final NavigableSet<Long> unrecorded = new TreeSet<>();

    /// Taken out of those that are ready until that is recorded.
    boolean held;

    LaneQueue(Assignment first, Mode mode) {
        this.key = first.event().orderingKey();
        this.bucket = first.origin().bucket();
        this.epoch = first.origin().epoch();
        this.mode = mode;
    }

    void add(Assignment assignment) {
        queue.add(assignment);
    }

    void addFirst(Assignment assignment) {
        queue.addFirst(assignment);
    }

    int size() {
        return queue.size();
    }

    /// Whether it queues what has no rows yet.
    boolean queuesFresh() {
        return !queue.isEmpty() && !queue.peek().waiting();
    }

    /// Whether the head may be sent. What came before it and is superseded must be on record: another owner would
    /// send it after this one.
    boolean mayGoOn() {
        return !queue.isEmpty()
                && (unrecorded.isEmpty() || unrecorded.first() > queue.peek().position());
    }

    boolean isIdle() {
        return queue.isEmpty() && inFlight.isEmpty();
    }

    boolean isInFlight() {
        return inFlight.isPresent();
    }

    Assignment takeHead() {
        inFlight = Optional.of(queue.remove());
        return inFlight.get();
    }

    Assignment endFlight() {
        Assignment ended = inFlight.orElseThrow();
        inFlight = Optional.empty();
        return ended;
    }

    /// Takes out what waits here and is of no use once `later` is there.
    List<Assignment> removeSupersededBy(Assignment later) {
        var superseded = queue.stream().filter(a -> a.isSupersededBy(later)).toList();
        queue.removeAll(superseded);
        return superseded;
    }

    /// The highest position in memory, 0 when there is none.
    long lastPosition() {
        return queue.isEmpty()
                ? inFlight.map(Assignment::position).orElse(0L)
                : queue.peekLast().position();
    }

    List<Assignment> removeAll() {
        var all = new ArrayList<>(queue);
        queue.clear();
        return all;
    }
}
