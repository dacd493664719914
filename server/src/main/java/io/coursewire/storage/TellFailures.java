package io.coursewire.storage;

import java.sql.SQLException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.function.LongSupplier;
import org.slf4j.Logger;

/// Tells in the log of what fails again and again: a line when that begins, each other cause once, and a line when it is
/// over. An outage of the database is told without a trace, which says nothing of it.
public final class TellFailures {
    /// So long must nothing fail for it to be over: what fails now and then is no news each time.
    static final Duration OVER_AFTER = Duration.ofSeconds(10);

    private static final int CAUSES_MAX = 20;
    private static final String OUTAGE = "outage";

    private final Logger log;
    private final String what;
    private final LongSupplier nanoTime;
    private final Set<String> told = new HashSet<>();
    private volatile long failures;
    private long firstNanos;
    private long lastNanos;

    /// @param what begins the lines, such as "importing results"
    public TellFailures(Logger log, String what) {
        this(log, what, System::nanoTime);
    }

    TellFailures(Logger log, String what, LongSupplier nanoTime) {
        this.log = log;
        this.what = what;
        this.nanoTime = nanoTime;
    }

    public synchronized void failed(Throwable failure) {
        lastNanos = nanoTime.getAsLong();
        if (failures == 0) {
            firstNanos = lastNanos;
        }
        failures = failures + 1;
        String cause = cause(failure);
        if (told.size() < CAUSES_MAX && told.add(cause)) {
            if (cause.equals(OUTAGE)) {
                log.error(
                        "{} fails, as the database cannot be reached: {}", what, message(failure));
            } else {
                log.error("{} fails; the same again is not told", what, failure);
            }
        }
    }

    /// To be called after every success: cheap while nothing fails.
    public void succeeded() {
        if (failures > 0) {
            endIfOver();
        }
    }

    private synchronized void endIfOver() {
        if (failures > 0 && nanoTime.getAsLong() - lastNanos >= OVER_AFTER.toNanos()) {
            log.info(
                    "{} works again: it failed {} times within {} s",
                    what,
                    failures,
                    Duration.ofNanos(lastNanos - firstNanos).toSeconds());
            failures = 0;
            told.clear();
        }
    }

    /// The same for what fails at the same place.
    private static String cause(Throwable failure) {
        if (Database.isOutage(failure)) {
            return OUTAGE;
        }
        Throwable first = firstCause(failure);
        StackTraceElement[] trace = first.getStackTrace();
        return first.getClass().getName()
                + (first instanceof SQLException sql ? sql.getSQLState() : "")
                + (trace.length == 0 ? "" : trace[0]);
    }

    private static String message(Throwable failure) {
        Throwable first = firstCause(failure);
        return first.getMessage() == null ? first.getClass().getSimpleName() : first.getMessage();
    }

    private static Throwable firstCause(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }
}
