package io.coursewire.bench.run;

import io.coursewire.bench.load.BenchFailed;
import io.coursewire.bench.offline.OfflineBench;
import io.coursewire.kernel.CannotStart;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Measures the product beside its floor and prints both.
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        description =
                "Loads a server of its own with commits, over HTTP and durable storage to delivered"
                        + " webhooks, and beside it a floor: a program with nothing but HTTP in, one"
                        + " batched insert, HTTP out.")
public final class BenchCommand implements Callable<Integer> {
    private static final int FAILED = 1;

    @Option(names = "--short", description = "Less than a minute, and less exact.")
    private boolean isShort;

    @Option(names = "--json", paramLabel = "FILE", description = "Write the figures there too.")
    private Optional<Path> json = Optional.empty();

    @Option(names = "--connections", description = "Of the load generator.")
    private Optional<Integer> connections = Optional.empty();

    @Option(names = "--rounds", description = "Of both programs in turn.")
    private Optional<Integer> rounds = Optional.empty();

    @Option(names = "--seconds", description = "Of each round.")
    private Optional<Integer> seconds = Optional.empty();

    @Option(
            names = "--java-option",
            paramLabel = "OPTION",
            description = "For the JVMs of both programs; repeatable. A profile shows what costs.")
    private List<String> javaOptions = List.of();

    @Option(
            names = "--standards",
            description = "Compare commits of SCORM 2004 content with those of SCORM 1.2 instead.")
    private boolean standards;

    @Option(
            names = "--during-import",
            arity = "0..1",
            fallbackValue = "1000000",
            paramLabel = "ROWS",
            description =
                    "Measure live commits while a file of so many results is imported instead, beside the same without.")
    private Optional<Integer> duringImport = Optional.empty();

    @Option(
            names = "--jmh",
            arity = "0..1",
            fallbackValue = ".*",
            paramLabel = "NAME",
            description =
                    "Run the micro-benchmarks instead, or those that match; with allocation rates.")
    private Optional<String> micro = Optional.empty();

    @Option(
            names = "--offline",
            arity = "0..1",
            fallbackValue = "1000000",
            paramLabel = "ROWS",
            description = "Import and export a file of so many results instead, beside COPY.")
    private Optional<Integer> offline = Optional.empty();

    @Option(
            names = "--drain",
            arity = "0..1",
            fallbackValue = "1000000",
            paramLabel = "EVENTS",
            description = "Deliver so many events that piled up instead, and nothing else.")
    private Optional<Integer> drain = Optional.empty();

    @Option(
            names = "--history",
            paramLabel = "ROWS",
            description =
                    "With --drain: once more beside so many that were delivered before, such as"
                            + " 10000000.")
    private Optional<Integer> history = Optional.empty();

    @Option(
            names = "--neighbours",
            description =
                    "Compare webhooks of good endpoints with and without dead and slow ones beside"
                            + " them instead.")
    private boolean neighbours;

    @Override
    public Integer call() throws IOException, SQLException {
        if (drain.isPresent() || neighbours) {
            return told(drain.isPresent() ? this::drain : this::neighbours);
        }
        if (offline.isPresent()) {
            return offline(offline.get());
        }
        return micro.isPresent() ? micro(micro.get()) : endToEnd();
    }

    private static int micro(String name) throws IOException {
        org.openjdk.jmh.Main.main(new String[] {name, "-prof", "gc"});
        return 0;
    }

    private static int offline(int rows) throws IOException, SQLException {
        try (var folder = TemporaryFolder.create()) {
            new OfflineBench(System.out, rows).run(folder.path());
            return 0;
        }
    }

    private int endToEnd() throws IOException {
        return told(folder -> tell(compare(folder)));
    }

    private interface Measurement {
        void in(Path folder) throws IOException, InterruptedException, ExecutionException;
    }

    private void drain(Path folder) throws IOException, InterruptedException {
        try (var progress = new Progress()) {
            int rows = history.orElse(0);
            for (var drained : new DrainBench(folder, progress).run(drain.orElseThrow(), rows)) {
                System.out.println(drained.text());
            }
        }
    }

    private void neighbours(Path folder)
            throws IOException, InterruptedException, ExecutionException {
        try (var progress = new Progress()) {
            var each = seconds.map(Duration::ofSeconds).orElse(Duration.ofSeconds(30));
            var compared = new NeighboursBench(folder, progress).run(rounds.orElse(2), each);
            System.out.println(compared.text());
        }
    }

    private static int told(Measurement measurement) throws IOException {
        try (var _ = new EndInOrder();
                var folder = TemporaryFolder.create()) {
            measurement.in(folder.path());
            return 0;
        } catch (BenchFailed | CannotStart e) {
            System.err.println(e.getMessage());
            return FAILED;
        } catch (ExecutionException e) {
            System.err.println(e.getCause().getMessage());
            return FAILED;
        } catch (InterruptedException _) {
            return FAILED;
        }
    }

    private Figures compare(Path folder)
            throws IOException, InterruptedException, ExecutionException {
        try (var progress = new Progress()) {
            var compare = new Compare(plan(), javaOptions, folder, progress);
            if (duringImport.isPresent()) {
                return compare.duringImport(duringImport.get());
            }
            return standards ? compare.ofStandards() : compare.besideFloor();
        }
    }

    private Plan plan() {
        var plan = isShort ? Plan.SHORT : Plan.FULL;
        return plan.withLoad(
                connections.orElse(plan.connections()),
                rounds.orElse(plan.rounds()),
                seconds.map(Duration::ofSeconds).orElse(plan.load()));
    }

    private void tell(Figures figures) throws IOException {
        System.out.print(ReportText.of(figures));
        if (json.isPresent()) {
            Files.writeString(json.get(), ReportJson.of(figures));
        }
    }
}
