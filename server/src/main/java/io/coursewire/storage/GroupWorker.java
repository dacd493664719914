package io.coursewire.storage;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One worker of a group commit with its queue.
final class GroupWorker<I, O> {
    private static final Logger LOG = LoggerFactory.getLogger(GroupWorker.class);

    private final GroupCommit.Limits limits;
    private final Function<List<I>, List<O>> work;
    private final BlockingQueue<Waiting<I, O>> queue;
    private final Waiting<I, O> end = new Waiting<>(null);
    private final TellFailures failures;
    private final Thread thread;

    GroupWorker(String name, GroupCommit.Limits limits, Function<List<I>, List<O>> work) {
        this.limits = limits;
        this.work = work;
        this.queue = new ArrayBlockingQueue<>(limits.queuedMax());
        this.failures = new TellFailures(LOG, "a batch of " + name);
        // A thread of the system: it works in long stretches, and waits for the database at every
        // step.
        this.thread = Thread.ofPlatform().daemon().name(name).start(this::run);
    }

    boolean offer(Waiting<I, O> waiting) {
        return queue.offer(waiting);
    }

    /// False when the worker has taken it already.
    boolean takeBack(Waiting<I, O> waiting) {
        return queue.remove(waiting);
    }

    int queued() {
        return queue.size();
    }

    /// Returns when all that was queued is done.
    void finish() {
        boolean interrupted = Thread.interrupted();
        while (true) {
            try {
                queue.put(end);
                thread.join();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        boolean more = true;
        while (more) {
            List<Waiting<I, O>> batch = gather();
            more = !batch.remove(end);
            if (!batch.isEmpty()) {
                perform(batch);
            }
        }
    }

    private List<Waiting<I, O>> gather() {
        var batch = new ArrayList<Waiting<I, O>>();
        try {
            batch.add(queue.take());
            queue.drainTo(batch, limits.batchMax() - 1);
            linger(batch);
        } catch (InterruptedException e) {
            // Left over from the work; nobody means to stop a worker this way.
        }
        return batch;
    }

    private void linger(List<Waiting<I, O>> batch) throws InterruptedException {
        long until = System.nanoTime() + limits.linger().toNanos();
        while (batch.size() > 1 && batch.size() < limits.batchMax()) {
            var next = queue.poll(until - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (next == null) {
                return;
            }
            batch.add(next);
            queue.drainTo(batch, limits.batchMax() - batch.size());
        }
    }

    /// Answers the outage that the batch failed by, if it did.
    private Optional<Throwable> perform(List<Waiting<I, O>> batch) {
        List<O> outcomes;
        try {
            outcomes = work.apply(batch.stream().map(Waiting::item).toList());
        } catch (Throwable e) {
            return recover(batch, e);
        }
        if (outcomes.size() == batch.size()) {
            failures.succeeded();
            for (int i = 0; i < batch.size(); i++) {
                batch.get(i).succeed(outcomes.get(i));
            }
        } else {
            // Done, but by whom is unknown: repeating it would do it twice.
            var bug =
                    new IllegalStateException(
                            outcomes.size() + " outcomes for a batch of " + batch.size());
            batch.forEach(waiting -> waiting.fail(bug));
        }
        return Optional.empty();
    }

    private Optional<Throwable> recover(List<Waiting<I, O>> batch, Throwable failure) {
        // With the database away, trying each alone would only make all of them wait.
        var outage = Optional.of(failure).filter(Database::isOutage);
        if (batch.size() == 1 || outage.isPresent()) {
            batch.forEach(waiting -> waiting.fail(failure));
            return outage;
        }
        failures.failed(failure);
        for (var waiting : batch) {
            if (outage.isPresent()) {
                waiting.fail(outage.get());
            } else {
                outage = perform(List.of(waiting));
            }
        }
        return outage;
    }
}
