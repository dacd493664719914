package io.coursewire.runtime.launch;

import io.coursewire.attempts.Attempt;
import io.coursewire.attempts.AttemptKey;
import io.coursewire.attempts.Progress;
import io.coursewire.attempts.RecordReport;
import io.coursewire.kernel.ClientId;
import io.coursewire.kernel.SessionId;
import io.coursewire.packages.PackageVersions;
import io.coursewire.runtime.DataModel;
import java.math.BigDecimal;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/// What content finds when it asks in the middle of its session.
public final class ReadContentData {
    private final SessionStore sessions = new SessionStore();
    private final LaunchStore launches = new LaunchStore();
    private final ViewStore views = new ViewStore();
    private final Jdbi jdbi;
    private final SessionFacts facts;
    private final RecordReport recordReport;
    private final Clock clock;

    public ReadContentData(
            Jdbi jdbi, PackageVersions packages, RecordReport recordReport, Clock clock) {
        this.jdbi = jdbi;
        this.facts = new SessionFacts(jdbi, packages);
        this.recordReport = recordReport;
        this.clock = clock;
    }

    /// The elements as they are now; empty for a session that is unknown or over.
    public Optional<Map<String, String>> read(ClientId client, SessionId session) {
        return facts.of(client, session)
                .flatMap(known -> jdbi.inTransaction(db -> read(db, known)));
    }

    /// How the session's content speaks; empty for an unknown session.
    public Optional<DataModel> model(ClientId client, SessionId session) {
        return facts.of(client, session).map(SessionFacts.Known::model);
    }

    private Optional<Map<String, String>> read(Handle db, SessionFacts.Known known) {
        var attempt = known.of().attempt().map(id -> new AttemptKey(known.of().client(), id));
        var locked = attempt.map(key -> recordReport.lock(db, List.of(key)).get(key));
        return Optional.of(
                        sessions.read(db, List.of(known.of()))
                                .get(new SessionStore.Key(known.of().client(), known.of().id())))
                .filter(session -> SessionRules.isHeard(session, clock.instant()))
                .map(session -> seed(db, known.model(), session, locked));
    }

    private Map<String, String> seed(
            Handle db, DataModel model, Session session, Optional<Attempt> attempt) {
        var launch = launches.find(db, session.of().client(), session.of().launch()).orElseThrow();
        var viewer = views.viewer(db, launch);
        var total = attempt.flatMap(Attempt::durationSeconds).orElse(BigDecimal.ZERO);
        var counted =
                session.of().changes().isPresent() ? session.countedSeconds() : BigDecimal.ZERO;
        return model.seed(
                session.elements(),
                new DataModel.Opening(
                        viewer.userId(),
                        viewer.studentName(),
                        viewer.language(),
                        session.of().mode(),
                        attempt.map(Attempt::progress).orElse(Progress.NONE),
                        total.subtract(counted)));
    }
}
