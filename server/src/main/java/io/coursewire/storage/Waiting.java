package io.coursewire.storage;

import java.util.concurrent.CountDownLatch;

/// An item of a group commit and the thread that waits for its outcome.
final class Waiting<I, O> {
    private final I item;
    private final CountDownLatch done = new CountDownLatch(1);
    private O outcome;
    private Throwable failure;

    Waiting(I item) {
        this.item = item;
    }

    I item() {
        return item;
    }

    void succeed(O value) {
        outcome = value;
        done.countDown();
    }

    void fail(Throwable cause) {
        failure = cause;
        done.countDown();
    }

    /// Waits even when interrupted: the item may be in work, and its outcome must not stay unknown.
    O await() {
        boolean interrupted = false;
        while (true) {
            try {
                done.await();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return switch (failure) {
            case null -> outcome;
            case RuntimeException known -> throw known;
            case Error error -> throw error;
            case Throwable other -> throw new IllegalStateException(other);
        };
    }
}
