package io.coursewire.app;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What has been started, to be stopped in reverse order: each part may use those before it to its end.
final class Parts implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Parts.class);

    private record Part(String name, AutoCloseable closeable) {}

    private final Deque<Part> parts = new ArrayDeque<>();
    private boolean closed;

    /// Returns what it is given. Stops it at once when all others have been stopped meanwhile.
    synchronized <T extends AutoCloseable> T add(String name, T started) {
        parts.push(new Part(name, started));
        if (closed) {
            close();
            throw new IllegalStateException("stopped while starting");
        }
        return started;
    }

    /// One part that fails to stop does not keep the others from it.
    @Override
    public synchronized void close() {
        closed = true;
        while (!parts.isEmpty()) {
            Part part = parts.pop();
            try {
                part.closeable().close();
            } catch (Exception e) {
                LOG.error("the {} did not stop as it should", part.name(), e);
            }
        }
    }
}
