package io.coursewire.webhooks.watch;

import java.time.InstantSource;
import org.jdbi.v3.core.Jdbi;

/// Looks at the flow as a whole. Cheap enough to be done a few times a minute.
public final class Measure {
    static final int LEDGER_DAYS = 31;

    private final Jdbi jdbi;
    private final InstantSource clock;
    private final MeasureStore store = new MeasureStore();

    public Measure(Jdbi jdbi, InstantSource clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    public Measured now() {
        var now = clock.instant();
        return jdbi.withHandle(
                db ->
                        new Measured(
                                store.notFannedOut(db),
                                store.oldestNotFannedOut(db, now),
                                store.endpoints(db, now),
                                store.ledger(db, now, LEDGER_DAYS)));
    }
}
