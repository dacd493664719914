package io.coursewire.webhooks.delivery;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadFactory;
import java.util.function.BiPredicate;

/// What the lanes of every endpoint work with: threads to send on, and the way back for what came of it.
final class Work {
    private final Courier courier;
    private final InstantSource clock;
    private final Signal signal;
    private final Paces paces;
    private final BiPredicate<Integer, Long> mayBegin;
    private final ThreadFactory threads = Thread.ofVirtual().name("webhook-", 0).factory();
    private final Queue<Outcome> outcomes = new ConcurrentLinkedQueue<>();
    private final Queue<HealthChange> healthChanges = new ConcurrentLinkedQueue<>();

    /// @param mayBegin whether this node may begin requests of a bucket under an epoch now
    Work(
            Courier courier,
            InstantSource clock,
            Signal signal,
            Paces paces,
            BiPredicate<Integer, Long> mayBegin) {
        this.mayBegin = mayBegin;
        this.courier = courier;
        this.clock = clock;
        this.signal = signal;
        this.paces = paces;
    }

    Courier courier() {
        return courier;
    }

    Paces paces() {
        return paces;
    }

    InstantSource clock() {
        return clock;
    }

    /// No once the lease could not be renewed in time, and for good where the bucket has had another owner: what waits
    /// may have gone out since.
    boolean mayBegin(LaneQueue lane) {
        return mayBegin.test(lane.bucket, lane.epoch);
    }

    void start(Runnable task) {
        threads.newThread(task).start();
    }

    void record(Outcome outcome) {
        outcomes.add(outcome);
        signal.raise();
    }

    void record(HealthChange change) {
        healthChanges.add(change);
        signal.raise();
    }

    List<Outcome> takeOutcomes(int max) {
        return take(outcomes, max);
    }

    List<HealthChange> takeHealthChanges() {
        return take(healthChanges, Integer.MAX_VALUE);
    }

    private static <T> List<T> take(Queue<T> queue, int max) {
        var taken = new ArrayList<T>();
        for (T next = queue.poll(); next != null; next = queue.poll()) {
            taken.add(next);
            if (taken.size() >= max) {
                break;
            }
        }
        return taken;
    }
}
