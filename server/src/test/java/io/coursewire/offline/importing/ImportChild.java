package io.coursewire.offline.importing;

import io.coursewire.attempts.Announcer;
import io.coursewire.attempts.RecordReport;
import io.coursewire.storage.Database;
import io.coursewire.storage.DatabaseAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jdbi.v3.core.Handle;

/// A process that works on an import, to be killed. It prints a line after every batch, and does not come to the end.
final class ImportChild {
    private static final int BATCHES_MAX = 60;

    private ImportChild() {}

    public static void main(String[] arguments) {
        var address = new DatabaseAddress(arguments[0], arguments[1], arguments[2]);
        try (var database = Database.open(address)) {
            var clock = Clock.systemUTC();
            var batches = new AtomicInteger();
            var recordReport = new RecordReport(database.jdbi(), new Silence(), clock);
            RunImports.of(
                            database.jdbi(),
                            new ImportFiles(Path.of(arguments[3])),
                            recordReport,
                            _ -> {
                                System.out.println("batch");
                                return batches.incrementAndGet() < BATCHES_MAX;
                            },
                            clock)
                    .runOne();
        }
    }

    private static final class Silence implements Announcer {
        @Override
        public void announce(Handle db, List<Announcement> announcements) {}

        @Override
        public void committed() {}
    }
}
