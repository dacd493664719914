package io.coursewire.catalog;

import io.coursewire.kernel.ClientId;
import org.jdbi.v3.core.Handle;

/// The locks of [Identities].
final class IdentityStore {
    private static final String KEY = "hashtextextended('identities of ' || ?, 0)";

    void hold(Handle db, ClientId client) {
        db.execute("SELECT pg_advisory_xact_lock_shared(%s)".formatted(KEY), client.value());
    }

    void change(Handle db, ClientId client) {
        db.execute("SELECT pg_advisory_xact_lock(%s)".formatted(KEY), client.value());
    }
}
