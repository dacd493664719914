package io.coursewire.offline;

import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.UnaryOperator;

/// Reads the next batch while the one before is worked on. Closing it waits for the reading to end, so that what is
/// read from can be closed.
public final class ReadAhead<T> implements AutoCloseable {
    private sealed interface Next<T> {}

    private record Batch<T>(List<T> rows) implements Next<T> {}

    private record Failed<T>(RuntimeException why) implements Next<T> {}

    private final BlockingQueue<Next<T>> queue = new ArrayBlockingQueue<>(1);
    private final UnaryOperator<List<T>> batchAfter;
    private final Thread reader;

    /// `batchAfter` answers the batch that follows a batch; the first follows an empty one, an empty one is the end.
    public ReadAhead(String name, UnaryOperator<List<T>> batchAfter) {
        this.batchAfter = batchAfter;
        this.reader = Thread.ofVirtual().name(name).start(this::readAll);
    }

    /// Empty at the end; throws what the reading ran into.
    public List<T> next() {
        try {
            return switch (queue.take()) {
                case Batch<T>(var rows) -> rows;
                case Failed<T>(var why) -> throw why;
            };
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private void readAll() {
        try {
            List<T> batch = List.of();
            do {
                batch = batchAfter.apply(batch);
                queue.put(new Batch<>(batch));
            } while (!batch.isEmpty());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            fail(e);
        }
    }

    private void fail(RuntimeException why) {
        try {
            queue.put(new Failed<>(why));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        reader.interrupt();
        boolean interrupted = false;
        while (reader.isAlive()) {
            try {
                reader.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
