package io.coursewire.offline;

import java.util.Collection;
import org.jdbi.v3.core.Handle;

/// The trail of changes by hand, for what changes attempts elsewhere in this feature.
public final class Changes {
    private final ChangeStore store = new ChangeStore();

    /// In the transaction that makes the changes.
    public void append(Handle db, Collection<Change> changes) {
        store.append(db, changes);
    }
}
