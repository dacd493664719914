package io.coursewire.api;

import io.coursewire.storage.Overloaded;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// How many bytes of bodies may be in memory at once. Small bodies are not counted: there are as many as requests at
/// once, and others pass while large ones wait.
final class BodyRoom {
    static final int UNCOUNTED_BYTES = 64 * 1024;

    // What is made of a body takes several times its bytes.
    private static final int PART_OF_HEAP = 32;
    private static final int BYTES_MIN = 8 * 1024 * 1024;
    private static final Duration WAIT = Duration.ofSeconds(2);

    private final int bytes;
    private final Semaphore free;

    private BodyRoom(int bytes) {
        this.bytes = bytes;
        this.free = new Semaphore(bytes, true);
    }

    static BodyRoom ofHeap() {
        long part = Runtime.getRuntime().maxMemory() / PART_OF_HEAP;
        return new BodyRoom(Math.clamp(part, BYTES_MIN, Integer.MAX_VALUE));
    }

    int bytes() {
        return bytes;
    }

    /// Takes room for a body, all of it where the body is larger, and returns what [#give] is to give back.
    ///
    /// @throws Overloaded when others do not make room for it soon
    int take(int bodyBytes) {
        if (bodyBytes <= UNCOUNTED_BYTES) {
            return 0;
        }
        int taken = Math.min(bodyBytes, bytes);
        try {
            if (!free.tryAcquire(taken, WAIT.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new Overloaded("other large requests are being read");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Overloaded("the server is stopping");
        }
        return taken;
    }

    void give(int taken) {
        free.release(taken);
    }
}
