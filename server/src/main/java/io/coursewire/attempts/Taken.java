package io.coursewire.attempts;

import io.coursewire.kernel.ClientId;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The attempts that a transaction records reports of: read and locked, or remembered. One that is remembered
/// is guarded by the number of the transaction that wrote it.
public final class Taken {
    private final long transaction;
    private final Map<ClientId, Long> revisions;
    private final Map<AttemptKey, Attempt> attempts;
    private final Map<AttemptKey, Integer> writtenBy;
    private Collection<Attempt> after = List.of();

    Taken(
            long transaction,
            Map<ClientId, Long> revisions,
            Map<AttemptKey, Attempt> attempts,
            Map<AttemptKey, Integer> writtenBy) {
        this.transaction = transaction;
        this.revisions = revisions;
        this.attempts = attempts;
        this.writtenBy = writtenBy;
    }

    static Taken locked(Map<AttemptKey, Attempt> attempts) {
        return new Taken(0, Map.of(), attempts, new HashMap<>());
    }

    public Attempt get(AttemptKey key) {
        return attempts.get(key);
    }

    /// What PostgreSQL notes as the writer of every row that the transaction writes (`xmin`).
    public int transaction() {
        return (int) transaction;
    }

    /// Null where the attempt is locked.
    Integer writtenBy(AttemptKey key) {
        return writtenBy.get(key);
    }

    long revision(ClientId client) {
        return revisions.get(client);
    }

    void written(Collection<Attempt> after) {
        this.after = after;
    }

    Collection<Attempt> after() {
        return after;
    }
}
