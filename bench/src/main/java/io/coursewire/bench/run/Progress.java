package io.coursewire.bench.run;

import java.io.PrintStream;

/// One line on standard error that says what is going on, drawn anew where a terminal shows it.
final class Progress implements AutoCloseable {
    private static final long REDRAW_NANOS = 100_000_000;
    private static final String NEW_LINE = "\r\u001b[K";

    private final PrintStream out = System.err;
    private final boolean watched = System.console() != null && System.console().isTerminal();
    private String step = "";
    private long drawnNanos = System.nanoTime() - REDRAW_NANOS;

    /// A new part of the work. Where nobody watches it is said once, so that a log tells the way too.
    void begin(String next) {
        step = next;
        if (watched) {
            draw(step);
        } else {
            out.println(step);
        }
    }

    void show(String format, Object... values) {
        if (watched && System.nanoTime() - drawnNanos >= REDRAW_NANOS) {
            draw(step + "  " + format.formatted(values));
        }
    }

    /// Removes the line.
    @Override
    public void close() {
        if (watched) {
            out.print(NEW_LINE);
            out.flush();
        }
    }

    private void draw(String line) {
        drawnNanos = System.nanoTime();
        out.print(NEW_LINE + line);
        out.flush();
    }
}
