package io.coursewire.storage.embedded;

import io.coursewire.kernel.CannotStart;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps the embedded server going: starts it anew, on the same port, when something ended it, and
/// keeps its log short.
final class PostmasterWatch implements AutoCloseable {
    static final long LOG_BYTES_MAX = 8L * 1024 * 1024;
    private static final Duration LOG_TRIM_EVERY = Duration.ofSeconds(20);
    private static final Duration RESTART_PAUSE_MAX = Duration.ofSeconds(30);
    private static final Logger LOG = LoggerFactory.getLogger(PostmasterWatch.class);

    private final Postmaster.Place place;
    private final CappedLog log;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread;
    private volatile Postmaster postmaster;

    PostmasterWatch(Postmaster.Place place, Postmaster postmaster) {
        this.place = place;
        this.log = new CappedLog(place.log(), LOG_BYTES_MAX);
        this.postmaster = postmaster;
        this.thread = Thread.ofVirtual().name("embedded-database").start(this::run);
    }

    ProcessHandle process() {
        return postmaster.process();
    }

    /// Returns when the server has ended.
    @Override
    public void close() throws IOException {
        closing.countDown();
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        postmaster.stop();
    }

    private void run() {
        try {
            while (closing.getCount() > 0) {
                if (postmaster.endsWithin(LOG_TRIM_EVERY)) {
                    restart();
                } else {
                    trimLog();
                }
            }
        } catch (InterruptedException e) {
            // close() goes on from here.
        }
    }

    private void restart() throws InterruptedException {
        LOG.error(
                "the embedded database has ended by itself, starting it anew; why: {}",
                place.log());
        Duration pause = Duration.ofSeconds(1);
        while (!started()) {
            closing.await(pause.toMillis(), TimeUnit.MILLISECONDS);
            pause =
                    pause.multipliedBy(2).compareTo(RESTART_PAUSE_MAX) < 0
                            ? pause.multipliedBy(2)
                            : RESTART_PAUSE_MAX;
        }
    }

    private boolean started() {
        try {
            postmaster = Postmaster.start(place, EmbeddedServer.SETTINGS, postmaster.port());
            return true;
        } catch (IOException | CannotStart e) {
            LOG.error("the embedded database does not start, trying again", e);
            return false;
        }
    }

    private void trimLog() {
        try {
            log.trim();
        } catch (IOException e) {
            LOG.warn("the embedded database's log cannot be trimmed", e);
        }
    }
}
