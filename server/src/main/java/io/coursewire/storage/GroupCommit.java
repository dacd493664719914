package io.coursewire.storage;

import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

/// Lets many threads share one transaction: each submits an item and waits; a worker takes what has
/// gathered and has it done in one go. While one batch is being written the next one gathers, so that
/// batches grow with the load and a lone item waits for nobody.
///
/// Items of one key are done in the order in which they were submitted. An item whose batch failed is
/// done again alone, so `work` must either be one transaction or be safe to repeat, and one bad item
/// never fails its neighbours.
public final class GroupCommit<I, O> implements AutoCloseable {
    /// @param workers how many batches are in work at once; each takes a database connection
    /// @param queuedMax how many items may wait per worker; more are refused
    /// @param batchMax how many items one batch may hold
    /// @param linger how much longer a batch gathers once several items wait; a lone item never lingers
    public record Limits(int workers, int queuedMax, int batchMax, Duration linger) {
        public static final Limits DEFAULT = new Limits(2, 2_000, 500, Duration.ZERO);

        public Limits {
            if (workers < 1 || queuedMax < 1 || batchMax < 1 || linger.isNegative()) {
                throw new IllegalArgumentException("workers, queue and batch hold at least one");
            }
        }
    }

    private final String name;
    private final Function<I, ?> key;
    private final List<GroupWorker<I, O>> workers;
    private volatile boolean closed;

    /// @param key what is kept in order; items of different keys may be done in any order
    /// @param work does a batch and answers with one outcome per item, in the same order
    public GroupCommit(
            String name, Limits limits, Function<I, ?> key, Function<List<I>, List<O>> work) {
        this.name = name;
        this.key = key;
        this.workers =
                IntStream.range(0, limits.workers())
                        .mapToObj(number -> new GroupWorker<>(name + "-" + number, limits, work))
                        .toList();
    }

    /// Returns after the item's batch was done. Throws Overloaded when too many wait or after close, and
    /// whatever `work` threw for this item alone.
    public O submit(I item) {
        var waiting = new Waiting<I, O>(item);
        var worker = workers.get(Math.floorMod(spread(key.apply(item)), workers.size()));
        if (closed || !worker.offer(waiting)) {
            throw refusal();
        }
        // The worker may have ended between the two checks; what it left behind is taken back here.
        if (closed && worker.takeBack(waiting)) {
            throw refusal();
        }
        return waiting.await();
    }

    /// How many items wait, for the metrics.
    public int queued() {
        return workers.stream().mapToInt(GroupWorker::queued).sum();
    }

    /// Takes no more, finishes what waits, and returns when all of it is done.
    @Override
    public void close() {
        closed = true;
        workers.forEach(GroupWorker::finish);
    }

    private Overloaded refusal() {
        return new Overloaded(
                closed
                        ? "the server is stopping (" + name + ")"
                        : "too many requests wait already (" + name + ")");
    }

    // Keys with a regular hash, such as consecutive numbers, must not all meet at one worker.
    private static int spread(Object key) {
        int hash = key.hashCode() * 0x9E3779B9;
        return hash ^ (hash >>> 16);
    }
}
