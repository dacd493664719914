package io.coursewire.webhooks;

import io.coursewire.kernel.AttemptId;
import io.coursewire.kernel.ClientId;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Jdbi;

/// What was told of one attempt, as long as it is kept.
public final class AttemptEvents {
    /// `payload` is the AttemptStatus of that version.
    public record Told(String type, long version, Instant at, byte[] payload) {}

    private final AttemptEventStore store = new AttemptEventStore();
    private final Jdbi jdbi;

    public AttemptEvents(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /// At most `limit` events with versions above `after`, by version.
    public List<Told> of(ClientId client, AttemptId attempt, long after, int limit) {
        return jdbi.withHandle(db -> store.of(db, client, attempt, after, limit));
    }
}
