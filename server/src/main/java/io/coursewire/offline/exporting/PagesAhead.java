package io.coursewire.offline.exporting;

import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.UnaryOperator;

/// Reads the next page while the one before is written out.
final class PagesAhead<T> implements AutoCloseable {
    private sealed interface Next<T> {}

    private record Page<T>(List<T> rows) implements Next<T> {}

    private record Failed<T>(RuntimeException why) implements Next<T> {}

    private final BlockingQueue<Next<T>> queue = new ArrayBlockingQueue<>(1);
    private final UnaryOperator<List<T>> pageAfter;
    private final Thread reader;

    /// `pageAfter` answers the page that follows a page; the first follows an empty one, an empty one is the end.
    PagesAhead(UnaryOperator<List<T>> pageAfter) {
        this.pageAfter = pageAfter;
        this.reader = Thread.ofVirtual().name("reading an export").start(this::readAll);
    }

    /// Empty at the end; throws what the reading ran into.
    List<T> next() {
        try {
            return switch (queue.take()) {
                case Page<T>(var rows) -> rows;
                case Failed<T>(var why) -> throw why;
            };
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private void readAll() {
        try {
            List<T> page = List.of();
            do {
                page = pageAfter.apply(page);
                queue.put(new Page<>(page));
            } while (!page.isEmpty());
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

    /// A page that is being read is of no use any more; its reader ends by itself.
    @Override
    public void close() {
        reader.interrupt();
    }
}
