package io.coursewire.bench.measure;

import java.time.Duration;

/// What was measured of one program under one load, steady from beginning to end.
///
/// @param superseded webhooks that a newer one of the same attempt made useless before they were sent
/// @param latencies from sending a commit to the arrival of its webhook
/// @param memoryBytes of the program and its database, at the end of the phase; the most of several
public record Phase(
        Duration time,
        long accepted,
        long arrived,
        long superseded,
        Histogram latencies,
        Usage usage,
        long memoryBytes) {

    public static Phase sum(Iterable<Phase> phases) {
        var sum = new Phase(Duration.ZERO, 0, 0, 0, new Histogram(), Usage.NONE, 0);
        for (Phase phase : phases) {
            sum = sum.plus(phase);
        }
        return sum;
    }

    private Phase plus(Phase other) {
        latencies.addAll(other.latencies);
        return new Phase(
                time.plus(other.time),
                accepted + other.accepted,
                arrived + other.arrived,
                superseded + other.superseded,
                latencies,
                usage.plus(other.usage),
                Math.max(memoryBytes, other.memoryBytes));
    }

    public double acceptedPerSecond() {
        return accepted / seconds(time);
    }

    public double deliveredPerSecond() {
        return arrived / seconds(time);
    }

    /// Processor seconds per 1,000 commits.
    public double cost(Duration cpu) {
        return accepted == 0 ? 0 : seconds(cpu) * 1_000 / accepted;
    }

    private static double seconds(Duration time) {
        return time.toNanos() / 1e9;
    }
}
