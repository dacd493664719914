package io.coursewire.storage;

import io.coursewire.Patience;
import org.jdbi.v3.core.Handle;

/// Who waits for whom in the database.
public final class Waiting {
    private Waiting() {}

    /// Returns once another transaction waits for a lock that the handle's has.
    public static void awaitOneFor(Handle holder, TestDatabase db) {
        int pid = holder.createQuery("SELECT pg_backend_pid()").mapTo(Integer.class).one();
        Patience.await("one who waits for the lock", () -> isWaitedFor(db, pid));
    }

    private static boolean isWaitedFor(TestDatabase db, int pid) {
        return db.jdbi()
                .withHandle(
                        h ->
                                h.createQuery(
                                                "SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted AND :holder = ANY(pg_blocking_pids(pid)))")
                                        .bind("holder", pid)
                                        .mapTo(Boolean.class)
                                        .one());
    }
}
