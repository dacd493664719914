package io.coursewire.offline.importing;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jdbi.v3.core.JdbiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Renews an import's lease every few seconds until it is closed, however long a file takes to be read.
final class KeepLease implements AutoCloseable {
    private static final Duration PAUSE = Duration.ofSeconds(2);
    private static final Logger LOG = LoggerFactory.getLogger(KeepLease.class);

    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread;

    /// `renew` answers whether the lease is still ours.
    KeepLease(BooleanSupplier renew) {
        thread = Thread.ofVirtual().name("lease of an import").start(() -> keep(renew));
    }

    private void keep(BooleanSupplier renew) {
        boolean ours = true;
        while (ours && !isClosedWithin(PAUSE)) {
            try {
                ours = renew.getAsBoolean();
            } catch (JdbiException e) {
                LOG.debug("the lease of an import is not renewed", e);
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

    /// Returns after the renewal that is in progress.
    @Override
    public void close() {
        closed.countDown();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
