package io.coursewire.webhooks.watch;

import java.time.LocalDate;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.transaction.TransactionIsolationLevel;

/// Recounts everything from the tables: accepted = delivered + superseded + pending + dead + cancelled, and
/// every event either waits for its fan-out or has a delivery for each endpoint it was given to.
public final class CheckLedger {
    private final Jdbi jdbi;
    private final LedgerStore store = new LedgerStore();

    public CheckLedger(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /// Reads whole tables: for people to ask for, not for a timer.
    public LedgerReport check() {
        // One snapshot, so that what moves meanwhile is not counted twice or never.
        return jdbi.inTransaction(TransactionIsolationLevel.REPEATABLE_READ, this::check);
    }

    private LedgerReport check(Handle db) {
        store.allowTime(db);
        Optional<LocalDate> first = store.firstDay(db);
        if (first.isEmpty()) {
            return new LedgerReport(0, 0, 0, java.util.List.of(), java.util.List.of());
        }
        var size = store.size(db, first.get());
        return new LedgerReport(
                size.events(),
                size.deliveries(),
                size.days(),
                store.differences(db, first.get()),
                store.offenders(db, first.get(), LedgerReport.OFFENDERS_MAX));
    }
}
