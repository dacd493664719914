package io.coursewire.runtime.launch;

import io.coursewire.attempts.Attempt;
import io.coursewire.attempts.AttemptKey;
import io.coursewire.attempts.RecordReport;
import io.coursewire.attempts.Report;
import io.coursewire.attempts.Status;
import io.coursewire.attempts.StatusRules;
import io.coursewire.packages.PackageVersions;
import io.coursewire.runtime.DataModel;
import io.coursewire.runtime.End;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/// Stores what content says and takes it into the attempts' status. The hot path: many requests in one
/// transaction, an outcome for each.
public final class RecordCommits {
    private final SessionStore store = new SessionStore();
    private final RejectedCallStore rejectedCalls = new RejectedCallStore();
    private final Jdbi jdbi;
    private final SessionFacts facts;
    private final RecordReport recordReport;
    private final RollUpCourse rollUpCourse;
    private final Clock clock;

    public RecordCommits(
            Jdbi jdbi, PackageVersions packages, RecordReport recordReport, Clock clock) {
        this.jdbi = jdbi;
        this.facts = new SessionFacts(jdbi, packages);
        this.recordReport = recordReport;
        this.rollUpCourse = new RollUpCourse(packages, recordReport);
        this.clock = clock;
    }

    /// Outcomes in the order of the requests; those of one session are taken in order.
    public List<CommitOutcome> record(List<CommitRequest> requests) {
        var known = new ArrayList<Optional<SessionFacts.Known>>(requests.size());
        requests.forEach(request -> known.add(facts.of(request)));
        var outcomes = jdbi.inTransaction(db -> new Group(db).record(requests, known));
        recordReport.committed();
        return outcomes;
    }

    /// Stores what content said past the player.
    public CommitOutcome record(Spoken spoken) {
        var outcome =
                facts.of(spoken.client(), spoken.session())
                        .map(known -> jdbi.inTransaction(db -> new Group(db).hear(spoken, known)))
                        .orElseGet(CommitOutcome.Unknown::new);
        recordReport.committed();
        return outcome;
    }

    /// Ends sessions that their participants cannot end any more, where that is still due once they are locked.
    void close(
            Handle db, List<Session.Of> sessions, CloseCause cause, Predicate<Session> stillDue) {
        new Group(db).close(sessions.stream().map(facts::of).toList(), cause, stillDue);
    }

    void committed() {
        recordReport.committed();
    }

    /// One transaction's worth: what is locked and read at its start, and what is to be written at its end.
    private final class Group {
        private final Handle db;
        private final Instant now = clock.instant();
        private final Map<SessionStore.Key, Session> changed = new LinkedHashMap<>();
        private final List<Report> reports = new ArrayList<>();
        private final Set<SessionStore.Key> ended = new LinkedHashSet<>();
        private Map<AttemptKey, Attempt> attempts = Map.of();
        private Map<SessionStore.Key, Session> sessions = Map.of();

        Group(Handle db) {
            this.db = db;
        }

        List<CommitOutcome> record(
                List<CommitRequest> requests, List<Optional<SessionFacts.Known>> known) {
            read(known.stream().flatMap(Optional::stream).toList());
            var outcomes = new ArrayList<CommitOutcome>(requests.size());
            var reported = new HashMap<Integer, Integer>();
            for (int i = 0; i < requests.size(); i++) {
                int before = reports.size();
                outcomes.add(commit(requests.get(i), known.get(i)));
                if (reports.size() > before) {
                    reported.put(i, before);
                }
            }
            var statuses = write();
            reported.forEach(
                    (request, report) ->
                            outcomes.set(
                                    request,
                                    withStatus(outcomes.get(request), statuses.get(report))));
            return outcomes;
        }

        CommitOutcome hear(Spoken spoken, SessionFacts.Known known) {
            read(List.of(known));
            var before = current(known.of());
            var change =
                    new DataModel.Change(
                            spoken.says().apply(before.elements()), now, spoken.offset());
            var step = SessionRules.hear(before, change, spoken.finish(), known.model(), now);
            var outcome = step.refusal().orElseGet(() -> accept(step, known.model()));
            write();
            return outcome;
        }

        void close(List<SessionFacts.Known> known, CloseCause cause, Predicate<Session> stillDue) {
            read(known);
            known.stream()
                    .filter(k -> stillDue.test(current(k.of())))
                    .forEach(k -> close(k, cause));
            write();
        }

        private void read(List<SessionFacts.Known> known) {
            attempts =
                    recordReport.lock(
                            db, known.stream().flatMap(k -> k.of().changes().stream()).toList());
            sessions =
                    store.read(db, known.stream().map(SessionFacts.Known::of).distinct().toList());
        }

        private CommitOutcome commit(CommitRequest request, Optional<SessionFacts.Known> known) {
            return known.map(
                            k -> {
                                var before = current(k.of());
                                var step =
                                        SessionRules.commit(
                                                before, request.commits(), k.model(), now);
                                noteRejected(before, step, request.commits());
                                return step.refusal()
                                        .map(refusal -> withStatus(refusal, k.of()))
                                        .orElseGet(() -> accept(step, k.model()));
                            })
                    .orElseGet(CommitOutcome.Unknown::new);
        }

        // Rare, so they are written as they come rather than with the group.
        private void noteRejected(Session before, SessionRules.Step step, List<Commit> commits) {
            if (step.refusal().isEmpty()
                    && commits.stream().anyMatch(c -> !c.rejected().isEmpty())) {
                rejectedCalls.insert(
                        db,
                        before,
                        commits.stream()
                                .filter(c -> c.sequence() > before.lastSequence())
                                .filter(c -> c.sequence() <= step.session().lastSequence())
                                .toList());
            }
        }

        private CommitOutcome accept(SessionRules.Step step, DataModel model) {
            report(step.session(), step.end(), model);
            return new CommitOutcome.Acknowledged(step.session().lastSequence(), Optional.empty());
        }

        private void close(SessionFacts.Known known, CloseCause cause) {
            var before = current(known.of());
            if (before.closed().isPresent()) {
                // What its end says of the attempt has been reported.
                changed.put(before.of().key(), before.closed(cause));
            } else {
                report(before.closed(cause), End.LEFT, known.model());
            }
        }

        private void report(Session session, End end, DataModel model) {
            var seconds = SessionRules.seconds(session, end, model);
            var added = seconds.subtract(session.countedSeconds());
            changed.put(session.of().key(), session.counted(seconds));
            if (session.closed().isPresent()) {
                ended.add(session.of().key());
            }
            session.of()
                    .changes()
                    .ifPresent(
                            attempt ->
                                    reports.add(
                                            new Report(
                                                    attempt,
                                                    Optional.of(
                                                            model.report(session.elements(), end)),
                                                    model.presence(session.elements(), end),
                                                    added)));
        }

        private Session current(Session.Of of) {
            return changed.getOrDefault(of.key(), sessions.get(of.key()));
        }

        private List<Status> write() {
            if (changed.isEmpty()) {
                return List.of();
            }
            store.update(db, changed.values(), now);
            var statuses = recordReport.record(db, attempts, reports);
            ended.forEach(key -> rollUp(changed.get(key)));
            return statuses;
        }

        private void rollUp(Session session) {
            session.of()
                    .changes()
                    .map(attempts::get)
                    .ifPresent(attempt -> rollUpCourse.ended(db, session, attempt.user().id()));
        }

        // Content ended past the player, which is to say how at its end.
        private CommitOutcome withStatus(CommitOutcome outcome, Session.Of of) {
            return outcome instanceof CommitOutcome.Ended(int acknowledged, var _)
                    ? new CommitOutcome.Ended(
                            acknowledged,
                            of.changes()
                                    .map(key -> StatusRules.status(attempts.get(key).progress())))
                    : outcome;
        }

        private static CommitOutcome withStatus(CommitOutcome outcome, Status status) {
            return outcome instanceof CommitOutcome.Acknowledged(int acknowledged, var _)
                    ? new CommitOutcome.Acknowledged(acknowledged, Optional.of(status))
                    : outcome;
        }
    }
}
