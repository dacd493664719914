package io.coursewire.app.terminal;

import java.io.PrintStream;
import java.time.Duration;
import java.time.InstantSource;

/// One line on standard error that says how far a piece of work is, how fast it goes and how long it will
/// take. Draws nothing where nobody watches.
public final class ProgressBar implements AutoCloseable {
    private static final int CELLS = 28;
    private static final long REDRAW_MILLIS = 80;
    private static final double MEGABYTE = 1_000_000.0;

    private final PrintStream out;
    private final boolean watched;
    private final long totalBytes;
    private final InstantSource clock;
    private final long startedMillis;
    private long drawnMillis;

    ProgressBar(PrintStream out, boolean watched, long totalBytes, InstantSource clock) {
        this.out = out;
        this.watched = watched;
        this.totalBytes = Math.max(1, totalBytes);
        this.clock = clock;
        this.startedMillis = clock.millis();
    }

    public static ProgressBar onTerminal(long totalBytes) {
        var console = System.console();
        return new ProgressBar(
                System.err,
                console != null && console.isTerminal(),
                totalBytes,
                InstantSource.system());
    }

    public synchronized void at(long bytes) {
        long now = clock.millis();
        if (!watched || (bytes < totalBytes && now - drawnMillis < REDRAW_MILLIS)) {
            return;
        }
        drawnMillis = now;
        out.print("\r\u001b[K" + line(bytes, Duration.ofMillis(now - startedMillis)));
        out.flush();
    }

    private String line(long bytes, Duration passed) {
        int filled = (int) (CELLS * bytes / totalBytes);
        double perSecond = bytes / Math.max(0.001, passed.toMillis() / 1000.0);
        long leftSeconds = Math.round((totalBytes - bytes) / Math.max(1, perSecond));
        return "%s%s %3d%%  %.1f of %.1f MB  %.1f MB/s  %s"
                .formatted(
                        "█".repeat(filled),
                        "░".repeat(CELLS - filled),
                        100 * bytes / totalBytes,
                        bytes / MEGABYTE,
                        totalBytes / MEGABYTE,
                        perSecond / MEGABYTE,
                        bytes < totalBytes ? leftSeconds + " s left" : "reading it");
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
