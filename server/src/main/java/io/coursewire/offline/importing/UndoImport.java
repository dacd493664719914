package io.coursewire.offline.importing;

import io.coursewire.attempts.Attempt;
import io.coursewire.attempts.AttemptKey;
import io.coursewire.attempts.GiveResults;
import io.coursewire.attempts.GiveResults.Replacement;
import io.coursewire.attempts.GiveResults.Telling;
import io.coursewire.attempts.RecordReport;
import io.coursewire.kernel.AttemptId;
import io.coursewire.offline.Change;
import io.coursewire.offline.Change.Cause;
import io.coursewire.offline.Change.Row;
import io.coursewire.offline.Change.Why;
import io.coursewire.offline.Changes;
import io.coursewire.offline.importing.BatchReport.RowReport;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// Takes back what rows of an import did: attempts that they made go, those that they changed say again what they
/// said before. What somebody changed since stays. Done twice it does nothing more.
final class UndoImport {
    private static final String RULE = "offline.undone";

    private final BatchStore batches = new BatchStore();
    private final RecordStore records = new RecordStore();
    private final TellingStore tellings = new TellingStore();
    private final Changes changes = new Changes();
    private final GiveResults giveResults;
    private final RecordReport recordReport;
    private final Clock clock;

    UndoImport(GiveResults giveResults, RecordReport recordReport, Clock clock) {
        this.giveResults = giveResults;
        this.recordReport = recordReport;
        this.clock = clock;
    }

    /// Some of a batch's rows that made or changed an attempt.
    record Part(int batch, int from, int rows) {}

    /// Answers whether there were rows of that part at all.
    boolean undo(Handle db, Import job, Part part, String author) {
        var rows =
                batches
                        .find(db, job.client(), job.id(), part.batch())
                        .map(BatchReport::rows)
                        .orElse(List.of())
                        .stream()
                        .filter(row -> row.attempt().isPresent())
                        .skip(part.from())
                        .limit(part.rows())
                        .toList();
        undo(db, job, rows, author);
        return !rows.isEmpty();
    }

    private void undo(Handle db, Import job, List<RowReport> rows, String author) {
        var locked = recordReport.lock(db, rows.stream().map(row -> key(job, row)).toList());
        if (locked.isEmpty()) {
            return;
        }
        giveResults.holdOf(db, locked.values());
        var last =
                changes.standing(
                        db, job.client(), locked.keySet().stream().map(AttemptKey::id).toList());
        var made = new LinkedHashMap<AttemptKey, Attempt>();
        var changed = new HashMap<AttemptKey, Change>();
        for (var row : rows) {
            var key = key(job, row);
            var change = last.get(key);
            if (row.letter() == 'c' && change == null && locked.containsKey(key)) {
                made.put(key, locked.get(key));
            } else if (row.letter() == 'u' && change != null && isOf(job, row, change)) {
                changed.put(key, change);
            }
        }
        restore(db, job, locked, changed, author);
        remove(db, job, made, author);
    }

    void committed() {
        recordReport.committed();
    }

    private static AttemptKey key(Import job, RowReport row) {
        return new AttemptKey(job.client(), row.attempt().orElseThrow());
    }

    private static boolean isOf(Import job, RowReport row, Change change) {
        return change.why().row().equals(Optional.of(new Row(job.id().value(), row.line())));
    }

    private void remove(Handle db, Import job, Map<AttemptKey, Attempt> made, String author) {
        if (made.isEmpty()) {
            return;
        }
        changes.append(
                db,
                made.values().stream()
                        .map(attempt -> undone(job, attempt, attempt.version() + 1, author))
                        .toList());
        giveResults.remove(db, made, RULE);
        var ids = made.keySet().stream().map(AttemptKey::id).toList();
        records.forget(db, job.client(), ids);
        tellings.drop(db, job.client(), ids);
    }

    private void restore(
            Handle db,
            Import job,
            Map<AttemptKey, Attempt> locked,
            Map<AttemptKey, Change> changed,
            String author) {
        if (changed.isEmpty()) {
            return;
        }
        var replacements = new ArrayList<Replacement>();
        changed.forEach(
                (key, change) ->
                        replacements.add(
                                new Replacement(
                                        key, GiveResults.given(change.before().orElseThrow()))));
        var telling = job.task().options().maxPerSecond() > 0 ? Telling.NOW : Telling.NEVER;
        var after = giveResults.restore(db, locked, replacements, RULE, telling);
        changes.append(
                db,
                changed.keySet().stream()
                        .map(key -> undone(job, locked.get(key), after.get(key).version(), author))
                        .toList());
        List<AttemptId> ids = changed.keySet().stream().map(AttemptKey::id).toList();
        records.forget(db, job.client(), job.id(), ids);
        tellings.drop(db, job.client(), ids);
    }

    private Change undone(Import job, Attempt before, long versionAfter, String author) {
        var why =
                new Why(
                        Cause.UNDONE,
                        author,
                        Optional.empty(),
                        Optional.of(new Row(job.id().value(), 0)));
        return Change.now(
                before.key(),
                clock.instant(),
                why,
                before.version(),
                versionAfter,
                Optional.of(before.payload()));
    }
}
