package io.coursewire.storage;

import io.coursewire.Patience;
import org.jdbi.v3.core.Handle;

/// Who waits for whom in the database.
public final class LockQueue {
    private LockQueue() {}

    /// Returns once another transaction waits for a lock that the handle's has.
    public static void awaitOneFor(Handle holder, TestDatabase db) {
        await(1, holder, db);
    }

    /// Returns once so many others do.
    public static void await(int others, Handle holder, TestDatabase db) {
        int pid = holder.createQuery("SELECT pg_backend_pid()").mapTo(Integer.class).one();
        Patience.await(others + " who wait for the lock", () -> waiting(db, pid) >= others);
    }

    private static int waiting(TestDatabase db, int pid) {
        return db.jdbi()
                .withHandle(
                        h ->
                                h.createQuery(
                                                "SELECT count(*) FROM pg_locks WHERE NOT granted AND :holder = ANY(pg_blocking_pids(pid))")
                                        .bind("holder", pid)
                                        .mapTo(Integer.class)
                                        .one());
    }
}
