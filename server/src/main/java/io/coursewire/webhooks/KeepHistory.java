package io.coursewire.webhooks;

import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes the partitions of the days to come and drops those of days that are kept no longer. A day with
/// something pending waits, at most twice its time; then that is given up and counted as cancelled.
public final class KeepHistory {
    public static final int DAYS_AHEAD = 7;
    private static final Logger LOG = LoggerFactory.getLogger(KeepHistory.class);

    private final Jdbi jdbi;
    private final Retention retention;
    private final InstantSource clock;
    private final HistoryStore store = new HistoryStore();

    /// For how many days events with their payloads, and deliveries with their tries are kept.
    public record Retention(int eventDays, int deliveryDays) {
        /// An endpoint that fails is disabled after five days, and what waits for it then needs its events.
        public static final int EVENT_DAYS_MIN = 7;

        public static final int DAYS_MAX = 3_650;
        public static final Retention DEFAULT = new Retention(90, 30);

        public Retention {
            if (eventDays < EVENT_DAYS_MIN || eventDays > DAYS_MAX) {
                throw new IllegalArgumentException("events are kept for 7 to 3650 days");
            }
            if (deliveryDays < 1 || deliveryDays > eventDays) {
                throw new IllegalArgumentException(
                        "deliveries are kept for a day at least, and at most as long as events");
            }
        }
    }

    public KeepHistory(Jdbi jdbi, Retention retention, InstantSource clock) {
        this.jdbi = jdbi;
        this.retention = retention;
        this.clock = clock;
    }

    /// To be called before events are taken, and then several times a day, by every node.
    public void run() {
        LocalDate today = clock.instant().atZone(ZoneOffset.UTC).toLocalDate();
        jdbi.useTransaction(
                db -> store.createPartitions(db, today.minusDays(1), today.plusDays(DAYS_AHEAD)));
        dropBefore("delivery", today.minusDays(retention.deliveryDays()), today);
        dropBefore("event", today.minusDays(retention.eventDays()), today);
    }

    private void dropBefore(String table, LocalDate firstKept, LocalDate today) {
        List<LocalDate> days = jdbi.withHandle(db -> store.days(db, table));
        LocalDate firstThatWaits = today.minusDays(2L * retention.eventDays());
        for (LocalDate day : days) {
            if (day.isBefore(firstKept)) {
                jdbi.useTransaction(db -> drop(db, table, day, day.isBefore(firstThatWaits)));
            }
        }
    }

    private void drop(Handle db, String table, LocalDate day, boolean giveUp) {
        if (!store.isMine(db)) {
            return;
        }
        if (giveUp) {
            int given = store.giveUp(db, day);
            if (given > 0) {
                LOG.atError()
                        .addKeyValue("day", day)
                        .addKeyValue("deliveries", given)
                        .log("pending deliveries were given up");
            }
        }
        if (!dropUnlessOpen(db, table, day)) {
            LOG.atWarn()
                    .addKeyValue("day", day)
                    .addKeyValue("table", table)
                    .log("a day is kept longer: something of it is pending");
        }
    }

    private boolean dropUnlessOpen(Handle db, String table, LocalDate day) {
        if (store.isOpen(db, day)) {
            return false;
        }
        db.savepoint("kept");
        if (table.equals("event")) {
            store.rememberDropped(db, day);
        }
        store.lock(db, table, day);
        // Something of it may have been asked for again until it was locked.
        if (store.isOpen(db, day)) {
            db.rollbackToSavepoint("kept");
            return false;
        }
        store.drop(db, table, day);
        return true;
    }
}
