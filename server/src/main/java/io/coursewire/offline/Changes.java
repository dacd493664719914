package io.coursewire.offline;

import io.coursewire.attempts.AttemptKey;
import io.coursewire.kernel.AttemptId;
import io.coursewire.kernel.ClientId;
import java.util.Collection;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/// The trail of changes by hand, for what changes attempts elsewhere in this feature.
public final class Changes {
    private final ChangeStore store = new ChangeStore();

    /// In the transaction that makes the changes.
    public void append(Handle db, Collection<Change> changes) {
        store.append(db, changes);
    }

    /// The last change of each of these attempts that was not undone, where there is one.
    public Map<AttemptKey, Change> standing(
            Handle db, ClientId client, Collection<AttemptId> attempts) {
        return store.standing(db, client, attempts);
    }
}
