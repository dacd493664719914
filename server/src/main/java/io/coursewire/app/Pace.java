package io.coursewire.app;

import io.helidon.common.buffers.DataReader;
import io.helidon.webserver.CloseConnectionException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/// How fast a request arrives. Each takes one of a limited number of places until all of it is there, so one that
/// stalls or trickles is cut off. What the server itself waits for meanwhile does not count.
final class Pace {
    static final int BYTES_PER_SECOND_MIN = 200;

    private static final ThreadLocal<Pace> HERE = new ThreadLocal<>();

    /// The connections that wait for more of a request.
    static final class Waiting {
        private final Set<Pace> paces = ConcurrentHashMap.newKeySet();
        private final Duration max;

        /// @param max how long a request may be waited for altogether, and a second more for each
        ///     [#BYTES_PER_SECOND_MIN] that came of it
        Waiting(Duration max) {
            this.max = max;
        }

        /// Ends those that have waited for too long. To be called every second or so: reads of a channel have no
        /// timeout of their own.
        boolean cutOffLate() {
            paces.forEach(Pace::cutOffIfLate);
            return false;
        }
    }

    private final Waiting waiting;
    private final LongSupplier nanoTime;
    private boolean inRequest;
    private long waitedNanos;
    private long bytes;
    private boolean ends;
    private long endNanos;

    // Guarded by this.
    private Thread waits;
    private long waitEndNanos;

    Pace(Waiting waiting) {
        this(waiting, System::nanoTime);
    }

    Pace(Waiting waiting, LongSupplier nanoTime) {
        this.waiting = waiting;
        this.nanoTime = nanoTime;
    }

    /// Of the connection whose request this thread works on.
    static Pace here() {
        return HERE.get();
    }

    /// The first line of a request is there.
    void begin() {
        HERE.set(this);
        inRequest = true;
        waitedNanos = 0;
        bytes = 0;
        ends = false;
    }

    /// What still comes of the request is of no use to anyone.
    void endWithin(Duration time) {
        ends = true;
        endNanos = nanoTime.getAsLong() + time.toNanos();
    }

    /// All of the request is there; from now on the connection idles, which has a limit of its own.
    void end() {
        inRequest = false;
    }

    byte[] next(DataReader from) {
        if (inRequest) {
            await(from);
        }
        byte[] next = readAvailable(from);
        bytes += next.length;
        return next;
    }

    private static byte[] readAvailable(DataReader from) {
        from.ensureAvailable();
        return from.readBytes(from.available());
    }

    private void await(DataReader from) {
        long startNanos = nanoTime.getAsLong();
        beginWait(startNanos);
        try {
            from.ensureAvailable();
        } catch (DataReader.InsufficientDataAvailableException | UncheckedIOException e) {
            // Helidon would take it for an error of the server, and log its trace.
            throw new CloseConnectionException("the caller went away, or was cut off", e);
        } finally {
            endWait();
        }
        waitedNanos += nanoTime.getAsLong() - startNanos;
    }

    private synchronized void beginWait(long nowNanos) {
        long leftNanos =
                waiting.max.toNanos()
                        + bytes * (Duration.ofSeconds(1).toNanos() / BYTES_PER_SECOND_MIN)
                        - waitedNanos;
        if (ends) {
            leftNanos = Math.min(leftNanos, endNanos - nowNanos);
        }
        if (leftNanos < 0) {
            throw new CloseConnectionException("the request takes too long to arrive");
        }
        waitEndNanos = nowNanos + leftNanos;
        waits = Thread.currentThread();
        waiting.paces.add(this);
    }

    private synchronized void endWait() {
        waiting.paces.remove(this);
        waits = null;
    }

    private synchronized void cutOffIfLate() {
        if (waits != null && nanoTime.getAsLong() - waitEndNanos > 0) {
            // Closes the channel that is read from.
            waits.interrupt();
        }
    }
}
