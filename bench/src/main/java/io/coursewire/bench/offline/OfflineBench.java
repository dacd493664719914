package io.coursewire.bench.offline;

import io.coursewire.attempts.Announcer;
import io.coursewire.attempts.AttemptFilter;
import io.coursewire.attempts.ReadAttempts;
import io.coursewire.attempts.RecordReport;
import io.coursewire.bench.measure.ProcessUsage;
import io.coursewire.catalog.Client;
import io.coursewire.catalog.ClientSettings;
import io.coursewire.catalog.Clients;
import io.coursewire.catalog.Label;
import io.coursewire.catalog.Language;
import io.coursewire.catalog.Titles;
import io.coursewire.catalog.Training;
import io.coursewire.catalog.TrainingType;
import io.coursewire.kernel.ClientId;
import io.coursewire.offline.exporting.ExportAttempts;
import io.coursewire.offline.importing.Import;
import io.coursewire.offline.importing.ImportFiles;
import io.coursewire.offline.importing.Imports;
import io.coursewire.offline.importing.Imports.Upload;
import io.coursewire.offline.importing.Options;
import io.coursewire.offline.importing.Policy;
import io.coursewire.offline.importing.RunImports;
import io.coursewire.offline.reading.FileForm;
import io.coursewire.storage.Database;
import io.coursewire.storage.Migrations;
import io.coursewire.storage.embedded.EmbeddedServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;

/// Imports a CSV file of so many rows into a database of its own, exports them again, and does the same by COPY.
public final class OfflineBench {
    private static final int PEOPLE = 20_000;
    private static final int ITEMS = 25;
    private static final int EXPORT_ROUNDS = 2;
    private static final long MEGABYTE = 1_000_000;
    private static final Options SILENT = new Options(false, Policy.KEEP, false, true, false, 0);

    private final Clock clock = Clock.systemUTC();
    private final ClientId client = new ClientId("bench");
    private final AtomicLong heapMax = new AtomicLong();
    private long residentIdle;
    private final PrintStream out;
    private final int rows;

    public OfflineBench(PrintStream out, int rows) {
        this.out = out;
        this.rows = rows;
    }

    public void run(Path folder) throws IOException, SQLException {
        try (var server = EmbeddedServer.start(folder)) {
            Migrations.apply(server.address());
            try (var database = Database.open(server.address())) {
                prepare(database);
                var file = file(folder);
                var imported = importFile(database, folder, file);
                tellMemory("importing", Files.size(file));
                var floor = new CopyFloor(server.address(), folder);
                export(database, floor);
                tellMemory("all", Files.size(file));
                tell("import, CSV", imported, floor.in());
            }
        }
    }

    /// Each in turn, round by round, after a read that nobody measures: the first one after an import writes what it
    /// learns of each row.
    private void export(Database database, CopyFloor floor) throws IOException, SQLException {
        floor.out();
        var copied = Duration.ZERO;
        var exported = new EnumMap<FileForm, Duration>(FileForm.class);
        for (int round = 0; round < EXPORT_ROUNDS; round++) {
            copied = copied.plus(floor.out());
            for (var form : FileForm.values()) {
                exported.merge(form, export(database, form), Duration::plus);
            }
        }
        for (var form : FileForm.values()) {
            tell(
                    "export, " + form,
                    exported.get(form).dividedBy(EXPORT_ROUNDS),
                    copied.dividedBy(EXPORT_ROUNDS));
        }
    }

    private void prepare(Database database) {
        new Clients(database.jdbi(), clock)
                .put(
                        new Client(
                                client,
                                "Bench",
                                new Language("en"),
                                List.of(),
                                ClientSettings.DEFAULT));
        var items = IntStream.range(0, ITEMS).mapToObj(n -> label("item-" + n)).toList();
        new Training(database.jdbi(), clock).create(client, label("course"), items);
    }

    private static Label label(String name) {
        return new Label(Titles.of(name), TrainingType.COURSE, name);
    }

    private Path file(Path folder) throws IOException {
        var file = folder.resolve("results.csv");
        try (var text = Files.newBufferedWriter(file)) {
            text.write(
                    "username,firstName,lastName,email,itemExternalId,status,scoreRaw,scoreMinimum,scoreMaximum,"
                            + "startedDateTime,completedDateTime,durationSeconds,recordId,comment\n");
            for (int row = 0; row < rows; row++) {
                int person = row % PEOPLE;
                text.write(
                        ("user%05d,First%d,Last%d,user%d@company.example,item-%d,%s,%d,0,100,2026-0%d-%02d 09:15:00,"
                                        + "2026-0%d-%02d 10:%02d:00,%d.5,record-%07d,a remark that nobody needs here\n")
                                .formatted(
                                        person,
                                        person,
                                        person,
                                        person,
                                        row / PEOPLE % ITEMS,
                                        row % 5 == 0 ? "failed" : "passed",
                                        row % 101,
                                        1 + row % 9,
                                        1 + row % 28,
                                        1 + row % 9,
                                        1 + row % 28,
                                        row % 60,
                                        row % 7200,
                                        row));
            }
        }
        return file;
    }

    private Duration importFile(Database database, Path folder, Path file) throws IOException {
        var files = new ImportFiles(folder);
        var imports = new Imports(database.jdbi(), files, clock);
        var recordReport = new RecordReport(database.jdbi(), new Silence(), clock);
        System.gc();
        long idle = used();
        residentIdle = ProcessUsage.residentBytes(ProcessHandle.current());
        long startedNanos = System.nanoTime();
        Import job;
        try (var in = Files.newInputStream(file)) {
            job = imports.submit(client, new Upload(FileForm.CSV, in, SILENT, "{}"), "bench");
        }
        var done = new AtomicLong();
        RunImports.of(
                        database.jdbi(),
                        files,
                        recordReport,
                        _ -> {
                            watch(done.incrementAndGet(), idle);
                            return true;
                        },
                        clock)
                .runOne();
        var took = Duration.ofNanos(System.nanoTime() - startedNanos);
        var counts = imports.find(client, job.id()).orElseThrow().counts();
        if (counts.created() != rows) {
            throw new IllegalStateException("not every row went in: " + counts);
        }
        return took;
    }

    // Now and then what is really in use; collecting is part of the time that is measured.
    private void watch(long batch, long idle) {
        if (batch % 250 == 0) {
            System.gc();
            heapMax.accumulateAndGet(used() - idle, Math::max);
        }
    }

    private static long used() {
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    private Duration export(Database database, FileForm form) throws IOException {
        long startedNanos = System.nanoTime();
        new ExportAttempts(new ReadAttempts(database.jdbi()))
                .write(client, AttemptFilter.ALL, form, OutputStream.nullOutputStream());
        return Duration.ofNanos(System.nanoTime() - startedNanos);
    }

    private void tell(String what, Duration ours, Duration floor) {
        double rate = rows / seconds(ours);
        double floorRate = rows / seconds(floor);
        out.printf(
                Locale.ROOT,
                "%-16s %,9.0f rows/s   COPY %,9.0f rows/s   ratio %.2f%n",
                what,
                rate,
                floorRate,
                rate / floorRate);
    }

    // The heap is what is really in use after a collection; resident is the most that the process
    // ever held.
    private void tellMemory(String during, long fileBytes) {
        long resident = ProcessUsage.residentBytesMax(ProcessHandle.current()) - residentIdle;
        out.printf(
                Locale.ROOT,
                "%s: heap in use at most %d MB above idle, resident memory at most %d MB above %d MB; the file has %d MB%n",
                during,
                heapMax.get() / MEGABYTE,
                resident / MEGABYTE,
                residentIdle / MEGABYTE,
                fileBytes / MEGABYTE);
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }

    private static final class Silence implements Announcer {
        @Override
        public void announce(Handle db, List<Announcement> announcements) {}

        @Override
        public void committed() {}
    }
}
