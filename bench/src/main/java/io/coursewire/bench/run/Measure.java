package io.coursewire.bench.run;

import io.coursewire.bench.load.Flow;
import io.coursewire.bench.load.Load;
import io.coursewire.bench.load.Load.Pressure;
import io.coursewire.bench.measure.Phase;
import io.coursewire.bench.measure.ProcessUsage;
import io.coursewire.bench.measure.Usage;
import java.time.Duration;

/// Loads one target at a time and measures it while the load is steady.
final class Measure {
    private static final Duration LOOK = Duration.ofMillis(250);

    private final ProcessHandle database;
    private final Progress progress;

    Measure(ProcessHandle database, Progress progress) {
        this.database = database;
        this.progress = progress;
    }

    private record Mark(long nanos, Flow.Counts counts, Usage usage) {}

    /// Loads until so many commits are through.
    void warmUp(Target target, Pressure pressure, int commits) throws InterruptedException {
        long before = target.flow().counts().arrived();
        try (var load = Load.start(target.origin(), target.players(), target.flow(), pressure)) {
            for (long done = 0; done < commits; ) {
                Thread.sleep(LOOK);
                load.check();
                done = target.flow().counts().arrived() - before;
                progress.show("%,d of %,d commits", done, commits);
            }
        }
        target.flow().awaitArrivals();
    }

    Phase measure(Target target, Pressure pressure, Duration time) throws InterruptedException {
        long bytes;
        Mark before;
        Mark after;
        try (var load = Load.start(target.origin(), target.players(), target.flow(), pressure)) {
            Thread.sleep(Plan.SETTLE);
            target.flow().beginLatencies();
            before = mark(target);
            after = before;
            while (after.nanos() - before.nanos() < time.toNanos()) {
                Thread.sleep(LOOK);
                load.check();
                after = mark(target);
                progress.show(
                        "%s: %,.0f webhooks/s",
                        target.name(), phase(target, before, after, 0).deliveredPerSecond());
            }
            // Once, under load but not while it counts: the kernel walks all their pages for it.
            bytes = bytes(target);
        }
        target.flow().awaitArrivals();
        return phase(target, before, after, bytes);
    }

    private Mark mark(Target target) {
        return new Mark(System.nanoTime(), target.flow().counts(), usage(target));
    }

    private Usage usage(Target target) {
        return new Usage(
                ProcessUsage.cpu(target.process()),
                ProcessUsage.cpu(database),
                ProcessUsage.cpuAlone(ProcessHandle.current()));
    }

    private long bytes(Target target) {
        return ProcessUsage.bytes(target.process()) + ProcessUsage.bytes(database);
    }

    private static Phase phase(Target target, Mark before, Mark after, long bytes) {
        return new Phase(
                Duration.ofNanos(after.nanos() - before.nanos()),
                after.counts().accepted() - before.counts().accepted(),
                after.counts().arrived() - before.counts().arrived(),
                after.counts().superseded() - before.counts().superseded(),
                target.flow().latencies(),
                after.usage().minus(before.usage()),
                bytes);
    }
}
