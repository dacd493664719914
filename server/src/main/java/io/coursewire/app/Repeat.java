package io.coursewire.app;

import io.coursewire.storage.TellFailures;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Does something again and again on a thread of its own, with a pause in between. What goes wrong once
/// is told in the log and tried again the next time.
final class Repeat implements AutoCloseable {
    /// Returns whether there is more to do at once, without a pause.
    interface Task {
        boolean run();
    }

    private static final Logger LOG = LoggerFactory.getLogger(Repeat.class);

    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread;

    private Repeat(String name, Duration pause, Task task) {
        this.thread = Thread.ofVirtual().name(name).start(() -> loop(name, pause, task));
    }

    static Repeat every(Duration pause, String name, Task task) {
        return new Repeat(name, pause, task);
    }

    /// Returns after the run that is in progress.
    @Override
    public void close() {
        closed.countDown();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void loop(String name, Duration pause, Task task) {
        var failures = new TellFailures(LOG, name);
        while (!isClosedWithin(pause)) {
            try {
                while (closed.getCount() > 0 && task.run()) {}
                failures.succeeded();
            } catch (RuntimeException e) {
                failures.failed(e);
            }
        }
    }

    private boolean isClosedWithin(Duration pause) {
        try {
            return closed.await(pause.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            return true;
        }
    }
}
