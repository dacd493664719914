package io.coursewire.offline.importing;

import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/// Reads and understands the next batch of a file while the database works on the one before. Closing it waits
/// for the reading to end, so that the file can be closed.
final class ReadAhead implements AutoCloseable {
    private sealed interface Next {}

    private record Batch(List<Line> lines) implements Next {}

    private record Failed(RuntimeException why) implements Next {}

    private final BlockingQueue<Next> queue = new ArrayBlockingQueue<>(1);
    private final OpenFile file;
    private final int skipped;
    private final InstantSource clock;
    private final Thread reader;

    /// The first batches are read without being understood.
    ReadAhead(OpenFile file, int skipped, InstantSource clock) {
        this.file = file;
        this.skipped = skipped;
        this.clock = clock;
        this.reader = Thread.ofVirtual().name("reading an import").start(this::readAll);
    }

    /// Empty at the end of the file; throws what the reading ran into.
    List<Line> next() {
        try {
            return switch (queue.take()) {
                case Batch(var lines) -> lines;
                case Failed(var why) -> throw why;
            };
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private void readAll() {
        try {
            for (int batch = 0; ; batch++) {
                var rows = file.batch();
                if (batch >= skipped || rows.isEmpty()) {
                    queue.put(new Batch(file.understood(rows, clock.instant())));
                }
                if (rows.isEmpty()) {
                    return;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            fail(e);
        }
    }

    private void fail(RuntimeException why) {
        try {
            queue.put(new Failed(why));
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
