package io.coursewire.offline.importing;

import io.coursewire.kernel.AttemptId;
import io.coursewire.kernel.ClientId;
import io.coursewire.kernel.Cursor;
import io.coursewire.kernel.Page;
import io.coursewire.kernel.Uuid;
import io.coursewire.offline.importing.BatchReport.RowReport;
import io.coursewire.offline.importing.Import.Counts;
import io.coursewire.offline.importing.Import.State;
import io.coursewire.offline.importing.Import.Task;
import io.coursewire.offline.mapping.RowFault;
import io.coursewire.offline.reading.FileForm;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.jdbi.v3.core.Jdbi;

/// Takes files of results to be imported, and tells what became of them.
public final class Imports {
    /// A file that came, and how it is to be understood: a mapping in its JSON form.
    public record Upload(FileForm form, InputStream file, Options options, String mapping) {}

    /// What became of one row. `shown` is what a dry run had shown, where it came otherwise.
    public record RowVerdict(
            long line,
            String verdict,
            Optional<AttemptId> attempt,
            Optional<String> why,
            List<RowFault> faults,
            Optional<String> shown) {}

    /// A row that was refused, as the file has it.
    public record RefusedRow(long line, List<RowFault> faults, List<String> cells) {}

    /// The file of a dry run, to be applied.
    public static final Duration FILE_KEPT = Duration.ofDays(7);

    /// Cells of refused rows, to be mended.
    public static final Duration CELLS_KEPT = Duration.ofDays(30);

    private static final UUID LAST = new UUID(-1, -1);

    private final ImportStore store = new ImportStore();
    private final BatchStore batches = new BatchStore();
    private final Jdbi jdbi;
    private final ImportFiles files;
    private final Clock clock;

    public Imports(Jdbi jdbi, ImportFiles files, Clock clock) {
        this.jdbi = jdbi;
        this.files = files;
        this.clock = clock;
    }

    /// A file that is here and can be read. It goes with [#close] unless it was queued.
    public final class Received implements AutoCloseable {
        private final ClientId client;
        private final ImportId id;
        private final Task task;
        private boolean queued;

        private Received(ClientId client, ImportId id, Task task) {
            this.client = client;
            this.id = id;
            this.task = task;
        }

        public Import queue() {
            var job = Imports.this.queue(client, id, task);
            queued = true;
            return job;
        }

        @Override
        public void close() {
            if (!queued) {
                files.delete(id);
            }
        }
    }

    /// Receives the file and queues it.
    public Import submit(ClientId client, Upload upload, String author) {
        try (var received = receive(client, upload, author)) {
            return received.queue();
        }
    }

    /// Receives the file, to be queued.
    ///
    /// @throws io.coursewire.kernel.InvalidInput when nothing could come of its columns
    /// @throws io.coursewire.offline.reading.UnreadableFile when it is not what it is said to be
    public Received receive(ClientId client, Upload upload, String author) {
        var id = ImportId.next();
        files.receive(id, upload.file());
        try {
            var task =
                    new Task(
                            upload.form(),
                            upload.options(),
                            upload.mapping(),
                            author,
                            Optional.empty(),
                            List.of(),
                            List.of());
            return new Received(client, id, withColumns(id, task));
        } catch (RuntimeException e) {
            files.delete(id);
            throw e;
        }
    }

    private Task withColumns(ImportId id, Task task) {
        try (var file = OpenFile.of(files.path(id), task)) {
            return new Task(
                    task.form(),
                    task.options(),
                    task.mapping(),
                    task.author(),
                    task.shownBy(),
                    file.columns().header(),
                    file.columns().warnings());
        }
    }

    private Import queue(ClientId client, ImportId id, Task task) {
        var job =
                new Import(
                        client,
                        id,
                        State.QUEUED,
                        task,
                        Counts.NONE,
                        Optional.empty(),
                        Optional.empty(),
                        clock.instant(),
                        Optional.empty());
        jdbi.useTransaction(db -> store.insert(db, job));
        return job;
    }

    /// Does for good what a dry run has shown, with the same file. Empty when its file is not kept any more.
    public Optional<Import> apply(Import dryRun, String author) {
        if (!files.has(dryRun.id())) {
            return Optional.empty();
        }
        var id = ImportId.next();
        files.share(dryRun.id(), id);
        var shown = dryRun.task();
        return Optional.of(
                queue(
                        dryRun.client(),
                        id,
                        new Task(
                                shown.form(),
                                shown.options().forGood(),
                                shown.mapping(),
                                author,
                                Optional.of(dryRun.id()),
                                shown.header(),
                                shown.warnings())));
    }

    public Optional<Import> find(ClientId client, ImportId id) {
        return jdbi.withHandle(db -> store.find(db, client, id));
    }

    /// Undoes an import as a whole, soon. Empty when it is not done, or dry: there is nothing to undo.
    public Optional<Import> undo(Import job, String author) {
        boolean queued = jdbi.inTransaction(db -> store.undo(db, job.client(), job.id(), author));
        return queued ? find(job.client(), job.id()) : Optional.empty();
    }

    /// The newest first.
    public Page<Import> list(ClientId client, int limit, Optional<String> cursor) {
        var before = cursor.map(text -> Cursor.parse(text, 1).part(0, Uuid::parse)).orElse(LAST);
        var found = jdbi.withHandle(db -> store.list(db, client, before, limit + 1));
        return Page.of(found, limit, last -> Cursor.of(last.id()));
    }

    /// Rows with a verdict among `letters`, from the file's beginning on. A cursor is a place, not a line: attempts of
    /// xAPI statements are not in the order of their lines.
    public Page<RowVerdict> rows(Import job, String letters, int limit, Optional<String> cursor) {
        int batch = place(cursor, 0);
        int from = place(cursor, 1);
        var found = new ArrayList<RowVerdict>();
        var places = new ArrayList<List<Integer>>();
        while (found.size() <= limit) {
            int first = batch;
            var next =
                    jdbi.withHandle(db -> batches.from(db, job.client(), job.id(), first, letters));
            if (next.isEmpty()) {
                break;
            }
            var rows = next.get().getValue().rows();
            for (int i = next.get().getKey() == batch ? from : 0; i < rows.size(); i++) {
                if (letters.indexOf(rows.get(i).letter()) >= 0) {
                    found.add(verdict(rows.get(i)));
                    places.add(List.of(next.get().getKey(), i + 1));
                }
            }
            batch = next.get().getKey() + 1;
            from = 0;
        }
        var page = List.copyOf(found.subList(0, Math.min(found.size(), limit + 1)));
        return Page.of(page, limit, _ -> Cursor.of(places.get(limit - 1).toArray()));
    }

    private static int place(Optional<String> cursor, int part) {
        return cursor.map(text -> Cursor.parse(text, 2).part(part, Imports::number)).orElse(0);
    }

    private static Optional<Integer> number(String text) {
        return text.matches("\\d{1,9}") ? Optional.of(Integer.valueOf(text)) : Optional.empty();
    }

    /// Every refused row, in the order of the file.
    public void refused(Import job, Consumer<RefusedRow> reader) {
        int batch = 0;
        while (true) {
            int from = batch;
            var next = jdbi.withHandle(db -> batches.from(db, job.client(), job.id(), from, "r"));
            if (next.isEmpty()) {
                return;
            }
            next.get().getValue().rows().stream()
                    .filter(row -> row.letter() == 'r')
                    .forEach(
                            row ->
                                    reader.accept(
                                            new RefusedRow(row.line(), row.faults(), row.cells())));
            batch = next.get().getKey() + 1;
        }
    }

    /// Drops files of dry runs that nobody applied and what refused rows said, each after its time; to be called now
    /// and then, by any node.
    public void forget() {
        var now = clock.instant();
        var old = files.olderThan(FILE_KEPT, now);
        if (!old.isEmpty()) {
            var open = jdbi.withHandle(db -> store.open(db, old));
            old.stream().filter(id -> !open.contains(id.value())).forEach(files::delete);
        }
        jdbi.useTransaction(db -> store.forgetCells(db, now.minus(CELLS_KEPT)));
    }

    private static RowVerdict verdict(RowReport row) {
        return new RowVerdict(
                row.line(),
                word(row.letter()),
                row.attempt(),
                row.why(),
                row.faults(),
                row.shown().map(Imports::word));
    }

    private static String word(char letter) {
        return switch (letter) {
            case 'c' -> "created";
            case 'u' -> "updated";
            case 'n' -> "unchanged";
            case 'r' -> "refused";
            default -> "nothing";
        };
    }
}
