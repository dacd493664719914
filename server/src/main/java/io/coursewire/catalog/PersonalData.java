package io.coursewire.catalog;

import io.coursewire.kernel.ClientId;
import io.coursewire.kernel.UserId;
import org.jdbi.v3.core.Handle;

/// A store of personal data outside the catalog. Told in the transaction that anonymises the person.
public interface PersonalData {
    /// Replaces the username, and whatever else tells who the person was, in everything stored.
    void anonymise(Handle db, ClientId client, UserId user, String newUsername);
}
