package io.coursewire.bench.run;

import io.coursewire.bench.measure.Phase;
import io.coursewire.bench.run.Figures.OfProgram;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Figures as a table for people.
final class ReportText {
    private static final double BYTES_PER_MEGABYTE = 1e6;

    private final Figures figures;
    private final StringBuilder text = new StringBuilder();

    private ReportText(Figures figures) {
        this.figures = figures;
    }

    static String of(Figures figures) {
        return new ReportText(figures).write();
    }

    private String write() {
        row("", OfProgram::name);
        row("commits accepted/s", p -> "%,.0f".formatted(p.loaded().acceptedPerSecond()));
        row("webhooks delivered/s", p -> "%,.0f".formatted(p.loaded().deliveredPerSecond()));
        row("commit to webhook, loaded: p50", p -> percentile(p.loaded(), 50));
        row("  p99", p -> percentile(p.loaded(), 99));
        row("commit to webhook, idle: p50", p -> percentile(p.idle(), 50));
        row("  p99", p -> percentile(p.idle(), 99));
        row("CPU s per 1,000 commits: program", p -> cost(p, p.loaded().usage().program()));
        row("  PostgreSQL", p -> cost(p, p.loaded().usage().database()));
        row("  load generator and receiver", p -> cost(p, p.loaded().usage().load()));
        row(
                "memory under load, with PostgreSQL",
                p -> "%,.0f MB".formatted(p.loaded().memoryBytes() / BYTES_PER_MEGABYTE));
        row("superseded webhooks", p -> Long.toString(p.loaded().superseded()));
        text.append(
                "ratio of webhooks delivered/s: %.2f (round by round: %s)%n"
                        .formatted(figures.ratio(), rounds()));
        return text.toString();
    }

    private void row(String name, Function<OfProgram, String> value) {
        text.append(
                String.format(
                        Locale.ROOT,
                        "%-38s %14s %14s%n",
                        name,
                        value.apply(figures.measured()),
                        value.apply(figures.beside())));
    }

    private String rounds() {
        return figures.ratios().stream().map("%.2f"::formatted).collect(Collectors.joining(" "));
    }

    private static String percentile(Phase phase, int percent) {
        Duration latency = phase.latencies().percentile(percent);
        return "%.1f ms".formatted(latency.toNanos() / 1e6);
    }

    private static String cost(OfProgram program, Duration cpu) {
        return "%.3f".formatted(program.loaded().cost(cpu));
    }
}
