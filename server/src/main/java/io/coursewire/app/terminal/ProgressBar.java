package io.coursewire.app.terminal;

import java.io.PrintStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;

/// One line on standard error that says how far a piece of work is, how fast it goes and how long it will
/// take. Draws nothing where nobody watches.
public final class ProgressBar implements AutoCloseable {
    private static final int CELLS = 28;
    private static final long REDRAW_MILLIS = 80;

    /// What is counted: its name, how many make one of it, and how such a number is written.
    private record Unit(String name, double size, String form, String after) {
        static final Unit MEGABYTES = new Unit("MB", 1_000_000, "%.1f", "reading it");
        static final Unit ROWS = new Unit("rows", 1, "%,.0f", "");

        String of(double count) {
            return String.format(Locale.ROOT, form, count / size);
        }
    }

    private final PrintStream out;
    private final boolean watched;
    private final Unit unit;
    private final long total;
    private final InstantSource clock;
    private final long startedMillis;
    private long drawnMillis;

    ProgressBar(PrintStream out, boolean watched, long totalBytes, InstantSource clock) {
        this(out, watched, Unit.MEGABYTES, totalBytes, clock);
    }

    private ProgressBar(
            PrintStream out, boolean watched, Unit unit, long total, InstantSource clock) {
        this.out = out;
        this.watched = watched;
        this.unit = unit;
        this.total = Math.max(1, total);
        this.clock = clock;
        this.startedMillis = clock.millis();
    }

    public static ProgressBar onTerminal(long totalBytes) {
        return onTerminal(Unit.MEGABYTES, totalBytes);
    }

    /// Counts rows instead of bytes.
    public static ProgressBar ofRows(long totalRows) {
        return onTerminal(Unit.ROWS, totalRows);
    }

    private static ProgressBar onTerminal(Unit unit, long total) {
        var console = System.console();
        boolean watched = console != null && console.isTerminal();
        return new ProgressBar(System.err, watched, unit, total, InstantSource.system());
    }

    public synchronized void at(long count) {
        long now = clock.millis();
        if (!watched || (count < total && now - drawnMillis < REDRAW_MILLIS)) {
            return;
        }
        drawnMillis = now;
        out.print("\r\u001b[K" + line(count, Duration.ofMillis(now - startedMillis)));
        out.flush();
    }

    private String line(long count, Duration passed) {
        int filled = (int) (CELLS * count / total);
        double perSecond = count / Math.max(0.001, passed.toMillis() / 1000.0);
        long leftSeconds = Math.round((total - count) / Math.max(1, perSecond));
        return "%s%s %3d%%  %s of %s %s  %s %s/s  %s"
                .formatted(
                        "█".repeat(filled),
                        "░".repeat(CELLS - filled),
                        100 * count / total,
                        unit.of(count),
                        unit.of(total),
                        unit.name(),
                        unit.of(perSecond),
                        unit.name(),
                        count < total ? leftSeconds + " s left" : unit.after());
    }

    /// Removes the line.
    @Override
    public synchronized void close() {
        if (watched) {
            out.print("\r\u001b[K");
            out.flush();
        }
    }
}
