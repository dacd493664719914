package io.coursewire.catalog;

import io.coursewire.kernel.ClientId;
import org.jdbi.v3.core.Handle;

/// Who is who among a client's participants: it changes when two are merged or one is forgotten.
///
/// Whoever changes it locks a person and all that he has. Others come upon the person late, at the latest where a
/// foreign key leads to him, with some of that locked: so they take turns, and this comes before any other lock. What
/// content reports of attempts rests on no person and needs none of it.
public final class Identities {
    private final IdentityStore store = new IdentityStore();

    /// Nobody is merged or forgotten to the end of the transaction.
    public void hold(Handle db, ClientId client) {
        store.hold(db, client);
    }

    /// Somebody is about to be, and is alone with it to the end of the transaction.
    public void change(Handle db, ClientId client) {
        store.change(db, client);
    }
}
