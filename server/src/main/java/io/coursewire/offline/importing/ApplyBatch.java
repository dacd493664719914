package io.coursewire.offline.importing;

import io.coursewire.attempts.Attempt;
import io.coursewire.attempts.AttemptKey;
import io.coursewire.attempts.Existing;
import io.coursewire.attempts.Existing.Pair;
import io.coursewire.attempts.GiveResults;
import io.coursewire.attempts.GiveResults.NewAttempt;
import io.coursewire.attempts.GiveResults.Replacement;
import io.coursewire.attempts.GiveResults.Telling;
import io.coursewire.attempts.RecordReport;
import io.coursewire.attempts.StartAttempt.Subject;
import io.coursewire.kernel.AttemptId;
import io.coursewire.offline.Change;
import io.coursewire.offline.Change.Cause;
import io.coursewire.offline.Change.Why;
import io.coursewire.offline.Changes;
import io.coursewire.offline.EnterResult;
import io.coursewire.offline.importing.RecordStore.Seen;
import io.coursewire.offline.importing.RecordStore.Taken;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/// Decides and does the rows of one batch, in the caller's transaction: what it writes counts together with the
/// progress of the import or not at all.
final class ApplyBatch {
    /// An attempt came between reading and holding: the batch is to be done anew.
    static final class ChangedMeanwhile extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private final Resolve resolve = new Resolve();
    private final RecordStore records = new RecordStore();
    private final TellingStore tellings = new TellingStore();
    private final Changes changes = new Changes();
    private final GiveResults giveResults;
    private final RecordReport recordReport;
    private final Clock clock;

    ApplyBatch(GiveResults giveResults, RecordReport recordReport, Clock clock) {
        this.giveResults = giveResults;
        this.recordReport = recordReport;
        this.clock = clock;
    }

    BatchReport apply(Handle db, Import job, Optional<String> source, List<Line> lines) {
        var options = job.task().options();
        var resolved = resolve.all(db, job.client(), lines, options, source, clock.instant());
        var found =
                resolved.stream()
                        .filter(Resolved.Found.class::isInstance)
                        .map(Resolved.Found.class::cast)
                        .toList();
        return options.dryRun()
                ? show(db, job, lines, resolved, found)
                : take(db, job, lines, resolved, found);
    }

    private BatchReport show(
            Handle db,
            Import job,
            List<Line> lines,
            List<Resolved> resolved,
            List<Resolved.Found> found) {
        var pairs = pairs(found);
        var identities = found.stream().map(Resolved.Found::identity).toList();
        var known = records.known(db, job.client(), identities);
        var there = there(db, job, pairs, known.values());
        known.putAll(records.seen(db, job.client(), job.id(), identities));
        var ledger = new Ledger(job, there, known, Map.of());
        ledger.addSeen(records.seenAt(db, job.client(), job.id(), pairs));
        var seen = new ArrayList<Seen>();
        var reports = new ArrayList<BatchReport.RowReport>(lines.size());
        for (int i = 0; i < lines.size(); i++) {
            var verdict = verdict(ledger, resolved.get(i));
            if (resolved.get(i) instanceof Resolved.Found row) {
                see(ledger, row, verdict).ifPresent(seen::add);
            }
            reports.add(report(lines.get(i), resolved.get(i), verdict, Optional.empty()));
        }
        records.addSeen(db, job.client(), job.id(), seen);
        return new BatchReport(reports);
    }

    private static Optional<Seen> see(Ledger ledger, Resolved.Found row, Verdict verdict) {
        int number =
                switch (verdict) {
                    case Verdict.Create create -> create.number();
                    case Verdict.Change _ -> 0;
                    case Verdict.Skip _, Verdict.Refuse _ -> -1;
                };
        if (number < 0) {
            return Optional.empty();
        }
        var would = new AttemptId(row.identity());
        if (number > 0) {
            ledger.take(row, would, number);
        } else {
            ledger.note(row, would);
        }
        return Optional.of(
                new Seen(row.identity(), row.fingerprint(), row.row().line(), row.pair(), number));
    }

    private BatchReport take(
            Handle db,
            Import job,
            List<Line> lines,
            List<Resolved> resolved,
            List<Resolved.Found> found) {
        var known =
                records.known(
                        db, job.client(), found.stream().map(Resolved.Found::identity).toList());
        var locked = lockTargets(db, job, found, known.values());
        giveResults.hold(db, found.stream().map(row -> subject(job, row)).toList());
        var there = there(db, job, pairs(found), known.values());
        var ledger = new Ledger(job, there, known, claims(db, job, found, there));
        var work = new Work(job);
        for (int i = 0; i < lines.size(); i++) {
            work.add(ledger, lines.get(i), resolved.get(i), locked);
        }
        work.write(db, locked);
        return new BatchReport(work.reports);
    }

    /// What these participants have at these items, and what the known rows made, whosesoever that is now.
    private List<Existing> there(Handle db, Import job, Set<Pair> pairs, Collection<Known> known) {
        var there = new ArrayList<>(giveResults.existing(db, job.client(), pairs));
        var elsewhere = known.stream().map(Known::attempt).collect(Collectors.toSet());
        there.forEach(attempt -> elsewhere.remove(attempt.attempt()));
        there.addAll(giveResults.byId(db, job.client(), elsewhere));
        return there;
    }

    // Attempts are locked before the roll-up rows, here as everywhere. Only a policy that replaces
    // needs it.
    private Map<AttemptKey, Attempt> lockTargets(
            Handle db, Import job, List<Resolved.Found> found, Collection<Known> known) {
        if (job.task().options().policy() != Policy.REPLACE_IF_NEWER) {
            return Map.of();
        }
        var numbered = found.stream().filter(row -> row.row().number().isPresent()).toList();
        var targets = new ArrayList<AttemptKey>();
        known.forEach(row -> targets.add(new AttemptKey(job.client(), row.attempt())));
        giveResults
                .existing(db, job.client(), pairs(numbered))
                .forEach(there -> targets.add(new AttemptKey(job.client(), there.attempt())));
        return recordReport.lock(db, targets);
    }

    private Map<AttemptId, Long> claims(
            Handle db, Import job, List<Resolved.Found> found, List<Existing> existing) {
        var numbers =
                found.stream()
                        .flatMap(row -> row.row().number().stream())
                        .collect(Collectors.toSet());
        var numbered =
                existing.stream()
                        .filter(there -> numbers.contains(there.number()))
                        .map(Existing::attempt)
                        .toList();
        return numbered.isEmpty() ? Map.of() : records.claims(db, job.client(), job.id(), numbered);
    }

    private static Verdict verdict(Ledger ledger, Resolved resolved) {
        return switch (resolved) {
            case Resolved.Found row -> ledger.decide(row);
            case Resolved.Faulty(var faults) -> new Verdict.Refuse(faults);
        };
    }

    private static Set<Pair> pairs(List<Resolved.Found> found) {
        return found.stream().map(Resolved.Found::pair).collect(Collectors.toSet());
    }

    private static Subject subject(Import job, Resolved.Found row) {
        return new Subject(
                job.client(),
                row.person().id(),
                row.item().activity(),
                row.item().item(),
                Optional.empty());
    }

    private static BatchReport.RowReport report(
            Line line, Resolved resolved, Verdict verdict, Optional<AttemptId> attempt) {
        return new BatchReport.RowReport(
                line.row().line(),
                verdict.letter(),
                attempt,
                words(resolved, verdict),
                verdict instanceof Verdict.Refuse(var faults) ? faults : List.of(),
                verdict instanceof Verdict.Refuse ? line.row().cells() : List.of(),
                Optional.empty());
    }

    private static Optional<String> words(Resolved resolved, Verdict verdict) {
        return switch (verdict) {
            case Verdict.Skip(var why) -> Optional.of(why);
            case Verdict.Create _ when resolved instanceof Resolved.Found row ->
                    Optional.of(String.join(" ", row.brings())).filter(text -> !text.isEmpty());
            case Verdict.Create _, Verdict.Change _, Verdict.Refuse _ -> Optional.empty();
        };
    }

    /// What the rows of a batch add up to.
    private final class Work {
        private final Import job;
        private final List<NewAttempt> attempts = new ArrayList<>();
        private final Map<AttemptKey, Replacement> replacements = new LinkedHashMap<>();
        private final Map<AttemptKey, Long> replacingLines = new LinkedHashMap<>();
        private final List<Taken> taken = new ArrayList<>();
        private final List<BatchReport.RowReport> reports = new ArrayList<>();

        Work(Import job) {
            this.job = job;
        }

        void add(Ledger ledger, Line line, Resolved resolved, Map<AttemptKey, Attempt> locked) {
            var verdict = verdict(ledger, resolved);
            var attempt = Optional.<AttemptId>empty();
            if (resolved instanceof Resolved.Found row) {
                attempt = add(ledger, row, verdict, locked);
            }
            reports.add(report(line, resolved, verdict, attempt));
        }

        private Optional<AttemptId> add(
                Ledger ledger,
                Resolved.Found row,
                Verdict verdict,
                Map<AttemptKey, Attempt> locked) {
            return switch (verdict) {
                case Verdict.Create(int number) -> {
                    var key = new AttemptKey(job.client(), AttemptId.next());
                    record(ledger, row, key.id());
                    ledger.take(row, key.id(), number);
                    attempts.add(
                            EnterResult.attempt(
                                    key, row.person(), row.item(), number, row.row().result()));
                    yield Optional.of(key.id());
                }
                case Verdict.Change(var target) -> {
                    var key = new AttemptKey(job.client(), target.attempt());
                    if (!locked.containsKey(key)) {
                        throw new ChangedMeanwhile();
                    }
                    record(ledger, row, key.id());
                    ledger.note(row, key.id());
                    replacements.put(key, new Replacement(key, row.row().result()));
                    replacingLines.put(key, row.row().line());
                    yield Optional.of(key.id());
                }
                case Verdict.Skip _, Verdict.Refuse _ -> Optional.empty();
            };
        }

        private void record(Ledger ledger, Resolved.Found row, AttemptId attempt) {
            taken.add(
                    new Taken(
                            row.identity(),
                            ledger.generation(row),
                            attempt,
                            row.fingerprint(),
                            row.row().line()));
        }

        void write(Handle db, Map<AttemptKey, Attempt> locked) {
            boolean told = job.task().options().maxPerSecond() > 0;
            var telling = told ? Telling.LATER : Telling.NEVER;
            giveResults.create(db, attempts, EnterResult.RULE, telling);
            if (!replacements.isEmpty()) {
                replace(db, locked, telling);
            }
            records.add(db, job.client(), job.id(), taken);
            if (told) {
                tellings.add(
                        db,
                        job.client(),
                        job.id(),
                        attempts.stream().map(attempt -> attempt.key().id()).toList());
                tellings.renew(
                        db,
                        job.client(),
                        job.id(),
                        replacements.keySet().stream().map(locked::get).toList());
            }
        }

        private void replace(Handle db, Map<AttemptKey, Attempt> locked, Telling telling) {
            giveResults.replace(
                    db, locked, List.copyOf(replacements.values()), EnterResult.RULE, telling);
            var now = clock.instant();
            var made = new ArrayList<Change>();
            replacingLines.forEach(
                    (key, line) -> {
                        var before = locked.get(key);
                        var why =
                                new Why(
                                        Cause.IMPORTED,
                                        job.task().author(),
                                        Optional.empty(),
                                        Optional.of(new Change.Row(job.id().value(), line)));
                        made.add(
                                Change.now(
                                        key,
                                        now,
                                        why,
                                        before.version(),
                                        before.version(),
                                        Optional.of(before.payload())));
                    });
            changes.append(db, made);
        }
    }
}
