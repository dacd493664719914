package io.coursewire.bench.run;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// While it is open, being told to stop interrupts the thread that opened it and waits until that has put away
/// what it began.
final class EndInOrder implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final Thread worker = Thread.currentThread();
    private final Thread hook = new Thread(this::stop, "stop");
    private final CountDownLatch done = new CountDownLatch(1);

    EndInOrder() {
        Runtime.getRuntime().addShutdownHook(hook);
    }

    @Override
    public void close() {
        done.countDown();
        if (!hook.isAlive()) {
            Runtime.getRuntime().removeShutdownHook(hook);
        }
    }

    private void stop() {
        worker.interrupt();
        try {
            done.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
