package io.coursewire.webhooks;

import io.coursewire.kernel.Uuid;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// Events that this process has just written: their delivery mostly begins within moments, and need not
/// read them back. Only a short cut: an event that is not here, or no longer, is in the database.
///
/// Kept for a moment only, so that what is changed there afterwards (a person's data, on request) counts.
public final class RecentEvents {
    static final Duration AGE_MAX = Duration.ofSeconds(3);
    static final int KEPT_MAX = 4_096;
    static final long BYTES_MAX = 32L * 1024 * 1024;

    private final Map<UUID, OutboxEvent> kept = new LinkedHashMap<>();
    private long bytes;

    /// Before their transaction commits: once it has, delivery may ask.
    public synchronized void add(List<OutboxEvent> events) {
        var now = Uuid.instantOf(events.getLast().id());
        for (var event : events) {
            kept.put(event.id(), event);
            bytes += event.payload().length;
        }
        var oldest = kept.values().iterator();
        while (oldest.hasNext()) {
            var event = oldest.next();
            if (kept.size() <= KEPT_MAX && bytes <= BYTES_MAX && isFresh(event.id(), now)) {
                return;
            }
            bytes -= event.payload().length;
            oldest.remove();
        }
    }

    /// Whoever takes an event is the one that needs it.
    public synchronized Optional<OutboxEvent> take(UUID id, Instant now) {
        var event = Optional.ofNullable(kept.remove(id));
        event.ifPresent(e -> bytes -= e.payload().length);
        return event.filter(_ -> isFresh(id, now));
    }

    private static boolean isFresh(UUID id, Instant now) {
        return now.isBefore(Uuid.instantOf(id).plus(AGE_MAX));
    }
}
