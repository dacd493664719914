package io.coursewire.runtime.launch;

import io.coursewire.attempts.Attempt;
import io.coursewire.attempts.AttemptKey;
import io.coursewire.attempts.RecordReport;
import io.coursewire.attempts.RuntimeReport;
import io.coursewire.kernel.AttemptId;
import io.coursewire.kernel.ClientId;
import io.coursewire.packages.PackageVersions;
import io.coursewire.runtime.End;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/// Tells why an attempt's status is what it is.
public final class ExplainAttempt {
    private final ExplanationStore store = new ExplanationStore();
    private final SessionStore sessions = new SessionStore();
    private final CourseMoveStore moves = new CourseMoveStore();
    private final Jdbi jdbi;
    private final SessionFacts facts;
    private final RecordReport recordReport;

    public ExplainAttempt(Jdbi jdbi, PackageVersions packages, RecordReport recordReport) {
        this.jdbi = jdbi;
        this.facts = new SessionFacts(jdbi, packages);
        this.recordReport = recordReport;
    }

    /// Empty where there is no such attempt.
    public Optional<Explanation> explain(ClientId client, AttemptId id) {
        var key = new AttemptKey(client, id);
        return jdbi.inTransaction(
                db ->
                        // Held, so that all that is told belongs together.
                        Optional.ofNullable(recordReport.lock(db, List.of(key)).get(key))
                                .map(attempt -> explain(db, key, attempt)));
    }

    private Explanation explain(Handle db, AttemptKey key, Attempt attempt) {
        return new Explanation(
                attempt,
                sessions.newest(db, key).map(this::report),
                store.links(db, key),
                store.sessions(db, key),
                store.rejectedCalls(db, key),
                store.course(db, key)
                        .map(course -> moves.of(db, key.client(), course))
                        .orElse(List.of()));
    }

    private RuntimeReport report(Session session) {
        return facts.of(session.of())
                .model()
                .report(session.elements(), session.closed().map(CloseCause::end).orElse(End.NONE));
    }
}
