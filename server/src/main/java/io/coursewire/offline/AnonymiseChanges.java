package io.coursewire.offline;

import io.coursewire.attempts.AnonymiseAttempts;
import io.coursewire.catalog.PersonalData;
import io.coursewire.kernel.ClientId;
import io.coursewire.kernel.UserId;
import org.jdbi.v3.core.Handle;

/// Takes a person's name out of what attempts once said.
public final class AnonymiseChanges implements PersonalData {
    private final AnonymiseChangeStore store = new AnonymiseChangeStore();

    @Override
    public void anonymise(Handle db, ClientId client, UserId user, String newUsername) {
        store.lock(db, client, user)
                .forEach(
                        kept ->
                                store.rewrite(
                                        db,
                                        client,
                                        kept,
                                        AnonymiseAttempts.renamed(kept.before(), newUsername)));
    }
}
