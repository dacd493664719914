package io.coursewire.attempts;

import io.coursewire.kernel.AttemptId;
import io.coursewire.kernel.ClientId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;

/// Reads attempts as the outside world sees them.
public final class ReadAttempts {
    /// Where a list continues: after this update time and id.
    public record After(Instant updatedAt, AttemptId id) {}

    /// One AttemptStatus with its place in the list.
    public record Listed(After place, Payload payload) {}

    /// One AttemptStatus with its id.
    public record Known(AttemptId id, Payload payload) {}

    /// A list ends once it is as large, except that it holds at least one attempt.
    public static final long PAGE_BYTES_MAX = 8L * 1024 * 1024;

    private final AttemptReadStore store = new AttemptReadStore();
    private final Jdbi jdbi;

    public ReadAttempts(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /// The AttemptStatus, the bytes that a webhook carries.
    public Optional<Payload> get(ClientId client, AttemptId attempt) {
        return jdbi.withHandle(db -> store.payload(db, client, attempt));
    }

    /// At most `limit` attempts by update time, then id; fewer where they are large.
    public List<Listed> list(
            ClientId client, AttemptFilter filter, Optional<After> after, int limit) {
        return jdbi.withHandle(db -> store.list(db, client, filter, after, limit));
    }

    /// At most `limit` attempts by id: for reading all of them, however many.
    public List<Known> byId(
            ClientId client, AttemptFilter filter, Optional<AttemptId> after, int limit) {
        return jdbi.withHandle(db -> store.byId(db, client, filter, after, limit));
    }
}
