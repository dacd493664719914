package io.coursewire.offline.importing;

import io.coursewire.attempts.GiveResults;
import io.coursewire.attempts.RecordReport;
import io.coursewire.kernel.InvalidInput;
import io.coursewire.offline.ReadAhead;
import io.coursewire.offline.importing.ApplyBatch.ChangedMeanwhile;
import io.coursewire.offline.importing.BatchReport.RowReport;
import io.coursewire.offline.importing.Import.State;
import io.coursewire.offline.importing.ImportStore.Claimed;
import io.coursewire.offline.mapping.ReadRow;
import io.coursewire.offline.mapping.RowFault;
import io.coursewire.offline.reading.UnreadableFile;
import io.coursewire.storage.Database;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Works on imports, one at a time, batch by batch. A batch's rows, their verdicts and the progress commit together:
/// whatever is killed, the next run goes on after the last batch that counts.
public final class RunImports {
    /// Another node takes over an import that was not heard of for so long.
    static final Duration LEASE = Duration.ofSeconds(20);

    private static final Duration PAUSE_MAX = Duration.ofSeconds(2);

    /// How often an import is begun without coming further: the process died of it, or its file cannot be read.
    static final int BEGUN_MAX = 5;

    private static final int TRIES_MAX = 5;
    private static final Logger LOG = LoggerFactory.getLogger(RunImports.class);

    /// The server is being stopped, or another node has taken over.
    private static final class Stopped extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private final ImportStore store = new ImportStore();
    private final BatchStore batches = new BatchStore();
    private final RecordStore records = new RecordStore();
    private final Jdbi jdbi;
    private final ImportFiles files;
    private final ApplyBatch applyBatch;
    private final UndoImport undoImport;
    private final Pace pace;
    private final Clock clock;

    /// Called between batches with how long the last one took; answers whether to go on.
    public interface Pace {
        boolean goOn(Duration lastBatch);
    }

    private RunImports(
            Jdbi jdbi, ImportFiles files, RecordReport recordReport, Pace pace, Clock clock) {
        var giveResults = new GiveResults(recordReport, clock);
        this.jdbi = jdbi;
        this.files = files;
        this.applyBatch = new ApplyBatch(giveResults, recordReport, clock);
        this.undoImport = new UndoImport(giveResults, recordReport, clock);
        this.pace = pace;
        this.clock = clock;
    }

    /// Wired with what it works by.
    public static RunImports of(
            Jdbi jdbi, ImportFiles files, RecordReport recordReport, Pace pace, Clock clock) {
        return new RunImports(jdbi, files, recordReport, pace, clock);
    }

    /// Works on the oldest import that waits, to its end. False when there is none.
    public boolean runOne() {
        var now = clock.instant();
        var claimed = jdbi.inTransaction(db -> store.claim(db, now, now.plus(LEASE)));
        claimed.ifPresent(this::run);
        return claimed.isPresent();
    }

    private void run(Claimed claimed) {
        var job = claimed.job();
        try {
            var failure = work(claimed);
            var done = job.undoneBy().isPresent() ? State.UNDONE : State.DONE;
            end(claimed, failure.isPresent() ? State.FAILED : done, failure);
            LOG.info("the import {} is at its end", job.id());
        } catch (Stopped e) {
            LOG.info("the import {} is left to be gone on with", job.id());
            excuse(claimed, Duration.ZERO);
        } catch (RuntimeException e) {
            if (Database.isPassing(e)) {
                excuse(claimed, e);
            }
            throw e;
        }
    }

    /// Answers why it failed, if it did.
    private Optional<String> work(Claimed claimed) {
        if (claimed.begun() > BEGUN_MAX) {
            return Optional.of(
                    "It was begun %d times and broke off each time before it came further. The server's log tells why."
                            .formatted(BEGUN_MAX));
        }
        try (var _ = new KeepLease(() -> renew(claimed, LEASE))) {
            claimed.job()
                    .undoneBy()
                    .ifPresentOrElse(author -> undo(claimed, author), () -> takeIn(claimed));
            return Optional.empty();
        } catch (UnreadableFile | InvalidInput e) {
            return Optional.of(e.getMessage());
        }
    }

    /// From the last batch to the first, so that what an earlier row made is what a later one found. Where subscribers
    /// hear of it, no more at once than the import's pace allows.
    private void undo(Claimed claimed, String author) {
        int perSecond = claimed.job().task().options().maxPerSecond();
        int rows = perSecond == 0 ? OpenFile.BATCH_ROWS : TellImported.perRound(perSecond);
        for (int batch = claimed.job().counts().batches() - 1; batch >= 0; batch--) {
            for (int from = 0; undo(claimed, batch, from, rows, author); from += rows) {
                if (perSecond > 0) {
                    pause(TellImported.PAUSE);
                }
            }
        }
    }

    private boolean undo(Claimed claimed, int batch, int from, int rows, String author) {
        long startedNanos = System.nanoTime();
        boolean more =
                jdbi.inTransaction(
                        db -> {
                            store.goByIndexes(db);
                            var part = new UndoImport.Part(batch, from, rows);
                            boolean some = undoImport.undo(db, claimed.job(), part, author);
                            need(store.progressed(db, claimed, clock.instant().plus(LEASE)));
                            return some;
                        });
        undoImport.committed();
        if (!pace.goOn(Duration.ofNanos(System.nanoTime() - startedNanos))) {
            throw new Stopped();
        }
        return more;
    }

    private void takeIn(Claimed claimed) {
        var job = claimed.job();
        if (!files.has(job.id())) {
            throw new UnreadableFile(
                    "The file is not there any more. Nodes share the folder imports of their data folders.");
        }
        if (job.counts().total().isEmpty()) {
            count(claimed);
        }
        int batch = job.counts().batches();
        try (var file = OpenFile.of(files.path(job.id()), job.task())) {
            file.skip(batch);
            takeIn(claimed, file, batch);
        }
    }

    private void takeIn(Claimed claimed, OpenFile file, int firstBatch) {
        int batch = firstBatch;
        try (var ahead =
                new ReadAhead<Line>(
                        "reading an import", _ -> file.understood(file.batch(), clock.instant()))) {
            for (var lines = ahead.next(); !lines.isEmpty(); lines = ahead.next(), batch++) {
                long startedNanos = System.nanoTime();
                apply(claimed, file, batch, lines);
                if (Integer.bitCount(batch + 1) == 1) {
                    takeStatistics();
                }
                if (!pace.goOn(Duration.ofNanos(System.nanoTime() - startedNanos))) {
                    throw new Stopped();
                }
            }
        }
    }

    /// After 1, 2, 4, ... batches. Without them the import is slower, and that is all.
    private void takeStatistics() {
        try {
            jdbi.useHandle(store::takeStatistics);
        } catch (JdbiException e) {
            LOG.debug("no statistics were taken", e);
        }
    }

    private void count(Claimed claimed) {
        var job = claimed.job();
        try (var file = OpenFile.of(files.path(job.id()), job.task())) {
            long total = file.count();
            var until = clock.instant().plus(LEASE);
            jdbi.useTransaction(db -> need(store.counted(db, claimed, total, until)));
        }
    }

    private void apply(Claimed claimed, OpenFile file, int batch, List<Line> understood) {
        var lines = understood;
        for (int tries = 1; ; tries++) {
            try {
                commit(claimed, file, batch, lines);
                return;
            } catch (Stopped e) {
                throw e;
            } catch (RuntimeException e) {
                if (Database.isOutage(e)) {
                    throw e;
                }
                if (tries == TRIES_MAX) {
                    lines = withoutCulprits(claimed, file, lines, e);
                } else if (!(e instanceof ChangedMeanwhile)) {
                    LOG.debug("a batch of the import {} is tried again", claimed.job().id(), e);
                }
                if (tries > TRIES_MAX) {
                    throw e;
                }
            }
        }
    }

    private void commit(Claimed claimed, OpenFile file, int batch, List<Line> lines) {
        var job = claimed.job();
        jdbi.useTransaction(
                db -> {
                    store.goByIndexes(db);
                    store.commitWithoutWaiting(db);
                    var report = applyBatch.apply(db, job, file.source(), lines);
                    var shown =
                            job.task()
                                    .shownBy()
                                    .flatMap(by -> batches.letters(db, job.client(), by, batch));
                    report = shown.map(compared(report)).orElse(report);
                    batches.insert(db, job.client(), job.id(), batch, report);
                    var until = clock.instant().plus(LEASE);
                    need(store.advance(db, claimed, report, until));
                });
    }

    private static Function<String, BatchReport> compared(BatchReport report) {
        return shown -> {
            var rows = new ArrayList<RowReport>(report.rows().size());
            for (int i = 0; i < report.rows().size(); i++) {
                var row = report.rows().get(i);
                char before = i < shown.length() ? shown.charAt(i) : ' ';
                rows.add(
                        before == row.letter()
                                ? row
                                : new RowReport(
                                        row.line(),
                                        row.letter(),
                                        row.attempt(),
                                        row.why(),
                                        row.faults(),
                                        row.cells(),
                                        Optional.of(before)));
            }
            return new BatchReport(rows);
        };
    }

    /// A row that the database cannot take must not keep its neighbours out: each is tried alone, to no effect.
    private List<Line> withoutCulprits(
            Claimed claimed, OpenFile file, List<Line> lines, RuntimeException failure) {
        LOG.error(
                "a batch of the import {} fails; its rows are tried alone",
                claimed.job().id(),
                failure);
        return lines.stream()
                .map(line -> isCulprit(claimed, file, line) ? refused(line) : line)
                .toList();
    }

    private boolean isCulprit(Claimed claimed, OpenFile file, Line line) {
        try {
            jdbi.useTransaction(
                    db -> {
                        applyBatch.apply(db, claimed.job(), file.source(), List.of(line));
                        db.rollback();
                    });
            return false;
        } catch (RuntimeException e) {
            if (Database.isOutage(e)) {
                throw e;
            }
            return true;
        }
    }

    private static Line refused(Line line) {
        var fault = new RowFault("", "", "The server could not take this row. Its log tells more.");
        return new Line(line.row(), new ReadRow.Faulty(List.of(fault)));
    }

    private void end(Claimed claimed, State state, Optional<String> failure) {
        var job = claimed.job();
        jdbi.useTransaction(
                db -> {
                    need(store.end(db, claimed, state, failure, clock.instant()));
                    records.forgetSeen(db, job.client(), job.id());
                });
        if (!job.task().options().dryRun()) {
            files.delete(job.id());
        }
    }

    private boolean renew(Claimed claimed, Duration lease) {
        return jdbi.inTransaction(db -> store.renew(db, claimed, clock.instant().plus(lease)));
    }

    private void excuse(Claimed claimed, Duration lease) {
        jdbi.useTransaction(db -> store.excused(db, claimed, clock.instant().plus(lease)));
    }

    /// As far as the database that failed can note it.
    private void excuse(Claimed claimed, RuntimeException failure) {
        try {
            excuse(claimed, LEASE);
        } catch (RuntimeException e) {
            failure.addSuppressed(e);
        }
    }

    private static void need(boolean stillOurs) {
        if (!stillOurs) {
            throw new Stopped();
        }
    }

    private static void pause(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Stopped();
        }
    }

    /// Goes on at once while `live` says that nobody plays, and leaves three quarters of the time to those who do.
    public static Pace givingWay(BooleanSupplier live, BooleanSupplier stopping) {
        return lastBatch -> {
            if (live.getAsBoolean()) {
                var pause = lastBatch.multipliedBy(3);
                pause(pause.compareTo(PAUSE_MAX) < 0 ? pause : PAUSE_MAX);
            }
            return !stopping.getAsBoolean();
        };
    }
}
