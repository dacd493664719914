package io.coursewire.runtime.launch;

import io.coursewire.attempts.Attempt;
import io.coursewire.attempts.AttemptKey;
import io.coursewire.attempts.Presence;
import io.coursewire.attempts.RecordReport;
import io.coursewire.attempts.Report;
import io.coursewire.attempts.RuntimeReport;
import io.coursewire.runtime.End;
import java.math.BigDecimal;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// Ends the session of content that its participant leaves for another place in a sequenced course, whether
/// or not its page could say so itself.
final class BreakOff {
    private final SessionStore sessions = new SessionStore();
    private final RecordReport recordReport;
    private final Clock clock;

    BreakOff(RecordReport recordReport, Clock clock) {
        this.recordReport = recordReport;
        this.clock = clock;
    }

    /// @param locked with the session's attempt
    /// @param suspends whether the participant wishes to go on with it later
    void end(
            Handle db,
            SequencedCourse course,
            Session session,
            Map<AttemptKey, Attempt> locked,
            boolean suspends) {
        if (session.closed().isEmpty()) {
            record(db, session, locked, close(db, course, session, suspends));
        } else if (suspends) {
            record(
                    db,
                    session,
                    locked,
                    new Left(Optional.empty(), Presence.SUSPENDED, BigDecimal.ZERO));
        }
    }

    private record Left(
            Optional<RuntimeReport> content, Presence presence, BigDecimal addedSeconds) {}

    private Left close(Handle db, SequencedCourse course, Session session, boolean suspends) {
        var model =
                ContentItem.find(course.version(), session.of().item(), course.launch().mode())
                        .orElseThrow()
                        .model();
        var seconds = SessionRules.seconds(session, End.LEFT, model);
        sessions.update(
                db, List.of(session.closed(CloseCause.REPLACED).counted(seconds)), clock.instant());
        return new Left(
                Optional.of(model.report(session.elements(), End.LEFT)),
                suspends ? Presence.SUSPENDED : model.presence(session.elements(), End.LEFT),
                seconds.subtract(session.countedSeconds()));
    }

    private void record(Handle db, Session session, Map<AttemptKey, Attempt> locked, Left left) {
        var attempt = session.of().changes().orElseThrow();
        recordReport.record(
                db,
                locked,
                List.of(new Report(attempt, left.content(), left.presence(), left.addedSeconds())));
    }
}
