package io.coursewire.webhooks.delivery;

import org.jdbi.v3.core.Handle;

/// The SQL by which nodes wake each other.
final class WakeupStore {
    private static final String CHANNEL = "coursewire_events";

    void tell(Handle db) {
        db.execute("NOTIFY " + CHANNEL);
    }

    void listen(Handle db) {
        db.execute("LISTEN " + CHANNEL);
    }

    void unlisten(Handle db) {
        db.execute("UNLISTEN " + CHANNEL);
    }
}
