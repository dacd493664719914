package io.coursewire.runtime.launch;

import io.coursewire.attempts.Attempt;
import io.coursewire.attempts.AttemptKey;
import io.coursewire.attempts.Presence;
import io.coursewire.attempts.Progress;
import io.coursewire.attempts.RecordReport;
import io.coursewire.attempts.Report;
import io.coursewire.attempts.RuntimeReport;
import io.coursewire.attempts.StartAttempt;
import io.coursewire.kernel.AttemptId;
import io.coursewire.kernel.SessionId;
import io.coursewire.runtime.DataModel;
import io.coursewire.runtime.Elements;
import io.coursewire.runtime.End;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/// Opens content at a place: a new session, which replaces an open one of the same attempt.
final class OpenContent {
    private final SessionStore sessions = new SessionStore();
    private final LaunchStore launches = new LaunchStore();
    private final ViewStore views = new ViewStore();
    private final ReadCourse readCourse = new ReadCourse();
    private final Jdbi jdbi;
    private final RecordReport recordReport;
    private final LaunchTokens tokens;
    private final ItemAttempts attempts;
    private final Clock clock;

    OpenContent(
            Jdbi jdbi,
            RecordReport recordReport,
            LaunchTokens tokens,
            StartAttempt startAttempt,
            Clock clock) {
        this.jdbi = jdbi;
        this.recordReport = recordReport;
        this.tokens = tokens;
        this.attempts = new ItemAttempts(startAttempt);
        this.clock = clock;
    }

    OpenOutcome open(Place place) {
        var outcome =
                switch (place.launch().mode()) {
                    case NORMAL -> {
                        var attempt = jdbi.inTransaction(db -> attempt(db, place));
                        yield jdbi.inTransaction(db -> openForResult(db, place, attempt));
                    }
                    case REVIEW -> jdbi.inTransaction(db -> openForReview(db, place));
                    case BROWSE -> jdbi.inTransaction(db -> openForLook(db, place));
                };
        recordReport.committed();
        return outcome;
    }

    // In a transaction of its own, since roll-up rows are locked after attempts everywhere else.
    private AttemptKey attempt(Handle db, Place place) {
        var launch = place.launch();
        var id = launch.attempt().orElseGet(() -> attempts.first(db, launch, place.item()));
        return new AttemptKey(launch.client(), id);
    }

    /// Opens what sequencing delivers, in that attempt.
    OpenOutcome open(Place place, AttemptKey attempt) {
        var outcome = jdbi.inTransaction(db -> openForResult(db, place, attempt));
        recordReport.committed();
        return outcome;
    }

    private OpenOutcome openForResult(Handle db, Place place, AttemptKey key) {
        var locked = recordReport.lock(db, List.of(key));
        // Or given to somebody else in this moment.
        return sessions.isInCourse(db, key)
                ? unlessRevoked(db, place, held -> openForResult(db, held, key, locked))
                : new OpenOutcome.Revoked();
    }

    // The link may have been withdrawn, or its participant merged, since it was read.
    private OpenOutcome unlessRevoked(
            Handle db, Place place, Function<Place, OpenOutcome> opening) {
        var launch = launches.hold(db, place.launch().client(), place.launch().id());
        return launch.revokedAt().isPresent()
                ? new OpenOutcome.Revoked()
                : opening.apply(place.by(launch));
    }

    private OpenOutcome openForResult(
            Handle db, Place place, AttemptKey key, Map<AttemptKey, Attempt> locked) {
        var before = locked.get(key);
        var former = sessions.newest(db, key);
        if (isOver(place, before, former)) {
            return new OpenOutcome.AlreadyFinished(place.launch().returnUrl());
        }
        var added =
                former.filter(f -> f.closed().filter(CloseCause::isForGood).isEmpty())
                        .map(f -> replace(db, f, place.model()))
                        .orElse(BigDecimal.ZERO);
        var elements = place.model().reopened(former.map(Session::elements).orElse(Elements.NONE));
        var report = new Report(key, Optional.<RuntimeReport>empty(), Presence.OPEN, added);
        recordReport.record(db, locked, List.of(report));
        var total = before.durationSeconds().orElse(BigDecimal.ZERO).add(added);
        var start =
                new Start(
                        Optional.of(key.id()),
                        elements,
                        before.progress(),
                        total,
                        SessionRules.opensAt(former, clock.instant()));
        return ready(db, place, start);
    }

    // Several items share a course attempt, and one that is through may be opened again to look at
    // it. Where sequencing leads back to one, it has its reasons.
    private static boolean isOver(Place place, Attempt attempt, Optional<Session> former) {
        return attempt.progress().isFinal()
                && place.navigation().isEmpty()
                && place.launch().attempt().isPresent()
                && former.flatMap(Session::closed).filter(CloseCause::isLast).isPresent();
    }

    /// What replacing the former session adds to the attempt's duration.
    private BigDecimal replace(Handle db, Session former, DataModel model) {
        var seconds = SessionRules.seconds(former, End.LEFT, model);
        sessions.update(
                db, List.of(former.closed(CloseCause.REPLACED).counted(seconds)), clock.instant());
        return seconds.subtract(former.countedSeconds());
    }

    private OpenOutcome openForReview(Handle db, Place place) {
        var launch = place.launch();
        var key = new AttemptKey(launch.client(), launch.attempt().orElseThrow());
        var attempt = recordReport.lock(db, List.of(key)).get(key);
        var elements = sessions.newest(db, key).map(Session::elements).orElse(Elements.NONE);
        var start =
                new Start(
                        Optional.of(key.id()),
                        elements,
                        attempt.progress(),
                        attempt.durationSeconds().orElse(BigDecimal.ZERO),
                        clock.instant());
        return unlessRevoked(db, place, held -> ready(db, held, start));
    }

    private OpenOutcome openForLook(Handle db, Place place) {
        var start =
                new Start(
                        Optional.empty(),
                        Elements.NONE,
                        Progress.NONE,
                        BigDecimal.ZERO,
                        clock.instant());
        return unlessRevoked(db, place, held -> ready(db, held, start));
    }

    /// What a session begins with.
    private record Start(
            Optional<AttemptId> attempt,
            Elements elements,
            Progress progress,
            BigDecimal totalSeconds,
            Instant at) {}

    private OpenOutcome ready(Handle db, Place place, Start start) {
        var launch = place.launch();
        var session =
                new Session.Of(
                        launch.client(),
                        SessionId.next(),
                        launch.id(),
                        launch.activity(),
                        launch.packageVersion(),
                        place.item(),
                        start.attempt(),
                        launch.mode());
        var viewer = views.viewer(db, launch);
        var opening =
                new DataModel.Opening(
                        viewer.userId(),
                        viewer.studentName(),
                        viewer.language(),
                        launch.mode(),
                        start.progress(),
                        start.totalSeconds());
        var opened = place.model().opened(start.elements(), opening);
        sessions.insert(db, session, opened, start.at());
        return new OpenOutcome.Ready(
                new Opened(
                        session.id(),
                        place.content().speaks(),
                        contentToken(place, session),
                        place.item(),
                        readCourse.read(db, launch, place.version(), viewer, place.navigation()),
                        place.content().url(),
                        place.model().seed(opened, opening),
                        viewer.strictLimits()));
    }

    private Optional<String> contentToken(Place place, Session.Of session) {
        return place.content()
                .speaks()
                .filter(ContentItem.AICC::equals)
                .map(_ -> tokens.content(session.client(), session.id()));
    }
}
