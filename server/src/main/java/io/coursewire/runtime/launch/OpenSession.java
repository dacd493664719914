package io.coursewire.runtime.launch;

import io.coursewire.attempts.Attempt;
import io.coursewire.attempts.AttemptKey;
import io.coursewire.attempts.DataSource;
import io.coursewire.attempts.Presence;
import io.coursewire.attempts.Progress;
import io.coursewire.attempts.RecordReport;
import io.coursewire.attempts.Report;
import io.coursewire.attempts.RuntimeReport;
import io.coursewire.attempts.StartAttempt;
import io.coursewire.kernel.AttemptId;
import io.coursewire.kernel.ClientId;
import io.coursewire.kernel.ItemId;
import io.coursewire.kernel.LaunchId;
import io.coursewire.kernel.SessionId;
import io.coursewire.packages.Aicc;
import io.coursewire.packages.PackageVersion;
import io.coursewire.packages.PackageVersions;
import io.coursewire.packages.Scorm12;
import io.coursewire.packages.Scorm2004;
import io.coursewire.runtime.DataModel;
import io.coursewire.runtime.Elements;
import io.coursewire.runtime.End;
import io.coursewire.runtime.Mode;
import io.coursewire.runtime.scorm2004.sequencing.NavigationRequest;
import io.coursewire.runtime.scorm2004.sequencing.NavigationState;
import java.math.BigDecimal;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/// Opens an item's content: a new session, which replaces an open one of the same attempt.
public final class OpenSession {
    private static final String AS_CONTENT_WISHES = "content";

    /// What is opened, once all of it is known to be there.
    private record Place(
            Launch launch,
            PackageVersion version,
            ItemId item,
            ContentItem content,
            Optional<NavigationState> navigation) {
        DataModel model() {
            return content.model();
        }
    }

    private final LaunchStore launches = new LaunchStore();
    private final SessionStore sessions = new SessionStore();
    private final ViewStore views = new ViewStore();
    private final Jdbi jdbi;
    private final PackageVersions packages;
    private final RecordReport recordReport;
    private final LaunchTokens tokens;
    private final Clock clock;
    private final StartAttempt startAttempt;
    private final MoveInCourse moveInCourse;
    private final ReadCourse readCourse = new ReadCourse();
    private final RecentCourses<SequencedCourse> recent = new RecentCourses<>();
    private final ChooseItem chooseItem;

    public OpenSession(
            Jdbi jdbi,
            PackageVersions packages,
            RecordReport recordReport,
            LaunchTokens tokens,
            Clock clock) {
        this.jdbi = jdbi;
        this.packages = packages;
        this.recordReport = recordReport;
        this.tokens = tokens;
        this.clock = clock;
        this.chooseItem = new ChooseItem(jdbi, packages);
        this.startAttempt = new StartAttempt(clock);
        this.moveInCourse = new MoveInCourse(recordReport, startAttempt, clock);
    }

    /// `item` is the one to open where the launch leaves it open; without it the first one is, or what
    /// sequencing decides.
    public OpenOutcome open(String playToken, Optional<ItemId> item) {
        return play(
                playToken,
                (launch, version) ->
                        sequenced(launch, version)
                                .map(
                                        course ->
                                                move(
                                                        course,
                                                        db -> moveInCourse.open(db, course, item)))
                                .orElseGet(
                                        () ->
                                                chooseItem.choose(
                                                        launch,
                                                        version,
                                                        item,
                                                        chosen -> open(launch, version, chosen))));
    }

    private OpenOutcome open(Launch launch, PackageVersion version, Optional<ItemId> item) {
        return place(launch, version, item).map(this::open).orElseGet(OpenOutcome.NoSuchItem::new);
    }

    /// Goes on in a sequenced course, by a request in the words of `adl.nav.request`, or to where content
    /// wished, by `content`. The session before it is over.
    public OpenOutcome navigate(String playToken, String request) {
        var wished = NavigationRequest.parse(request);
        if (wished.isEmpty() && !request.equals(AS_CONTENT_WISHES)) {
            return new OpenOutcome.NoSuchRequest();
        }
        return play(
                playToken,
                (launch, version) ->
                        sequenced(launch, version)
                                .map(course -> move(course, db -> go(db, course, wished)))
                                .orElseGet(OpenOutcome.NoSuchRequest::new));
    }

    private Moved go(Handle db, SequencedCourse course, Optional<NavigationRequest> wished) {
        return wished.isPresent()
                ? moveInCourse.navigate(db, course, wished.get())
                : moveInCourse.goOn(db, course);
    }

    private OpenOutcome play(
            String playToken, BiFunction<Launch, PackageVersion, OpenOutcome> play) {
        var launch =
                tokens.readPlay(playToken)
                        .flatMap(
                                named ->
                                        jdbi.withHandle(
                                                db ->
                                                        launches.find(
                                                                db,
                                                                named.client(),
                                                                named.launch())));
        if (launch.isEmpty()) {
            return new OpenOutcome.Unknown();
        }
        if (launch.get().revokedAt().isPresent()) {
            return new OpenOutcome.Revoked();
        }
        return version(launch.get())
                .map(version -> play.apply(launch.get(), version))
                .orElseGet(OpenOutcome.NoSuchItem::new);
    }

    private Optional<PackageVersion> version(Launch launch) {
        return packages.find(launch.client(), launch.activity(), launch.packageVersion());
    }

    /// What can be done once what content has said so far counts; empty in courses where that opens nothing.
    public Optional<Course> navigation(ClientId client, LaunchId id) {
        return sequenced(client, id).or(() -> chooseItem.course(client, id));
    }

    private Optional<Course> sequenced(ClientId client, LaunchId id) {
        return recent.of(id, () -> jdbi.withHandle(db -> sequenced(db, client, id)))
                .flatMap(
                        course ->
                                jdbi.withHandle(
                                        db ->
                                                moveInCourse
                                                        .navigation(db, course)
                                                        .map(n -> read(db, course, n))));
    }

    private Optional<SequencedCourse> sequenced(Handle db, ClientId client, LaunchId id) {
        return launches.find(db, client, id)
                .flatMap(launch -> version(launch).flatMap(v -> sequenced(launch, v)));
    }

    private Course read(Handle db, SequencedCourse course, NavigationState navigation) {
        var viewer = views.viewer(db, course.launch());
        return readCourse.read(
                db, course.launch(), course.version(), viewer, Optional.of(navigation));
    }

    /// Sequencing decides where a result is at stake; looking around is free.
    private static Optional<SequencedCourse> sequenced(Launch launch, PackageVersion version) {
        return switch (version.content()) {
            case Scorm12 _, Aicc _ -> Optional.empty();
            case Scorm2004 content ->
                    launch.mode() == Mode.NORMAL
                            ? Optional.of(SequencedCourse.of(launch, version, content))
                            : Optional.empty();
        };
    }

    // In a transaction of its own, since roll-up rows are locked after attempts everywhere else.
    private OpenOutcome move(SequencedCourse course, Function<Handle, Moved> moving) {
        var moved = jdbi.inTransaction(moving::apply);
        recordReport.committed();
        return switch (moved) {
            case Moved.Delivered delivered -> {
                var place = place(course, delivered);
                var outcome =
                        jdbi.inTransaction(db -> openForResult(db, place, delivered.attempt()));
                recordReport.committed();
                yield outcome;
            }
            case Moved.Waiting(var refusal, var navigation) ->
                    new OpenOutcome.Waiting(
                            jdbi.withHandle(db -> read(db, course, navigation)), refusal);
            case Moved.Ended(var navigation) ->
                    new OpenOutcome.Ended(jdbi.withHandle(db -> read(db, course, navigation)));
            case Moved.Finished _ -> new OpenOutcome.AlreadyFinished(course.launch().returnUrl());
        };
    }

    private static Place place(SequencedCourse course, Moved.Delivered delivered) {
        var item = course.itemId(delivered.activity());
        var content =
                ContentItem.find(course.version(), item, course.launch().mode()).orElseThrow();
        return new Place(
                course.launch(),
                course.version(),
                item,
                content.delivered(delivered.start()),
                Optional.of(delivered.navigation()));
    }

    private static Optional<Place> place(
            Launch launch, PackageVersion version, Optional<ItemId> wanted) {
        return launch.item()
                .or(() -> wanted)
                .or(() -> ContentItem.first(version))
                .flatMap(
                        item ->
                                ContentItem.find(version, item, launch.mode())
                                        .map(
                                                content ->
                                                        new Place(
                                                                launch,
                                                                version,
                                                                item,
                                                                content,
                                                                Optional.empty())));
    }

    private OpenOutcome open(Place place) {
        var outcome =
                switch (place.launch().mode()) {
                    case NORMAL -> {
                        var attempt = jdbi.inTransaction(db -> attempt(db, place));
                        yield jdbi.inTransaction(db -> openForResult(db, place, attempt));
                    }
                    case REVIEW -> jdbi.inTransaction(db -> openForReview(db, place));
                    case BROWSE ->
                            jdbi.inTransaction(
                                    db ->
                                            openForLook(
                                                    db,
                                                    place,
                                                    Optional.empty(),
                                                    Elements.NONE,
                                                    Progress.NONE,
                                                    BigDecimal.ZERO));
                };
        recordReport.committed();
        return outcome;
    }

    // In a transaction of its own, since roll-up rows are locked after attempts everywhere else.
    private AttemptKey attempt(Handle db, Place place) {
        var launch = place.launch();
        var id = launch.attempt().orElseGet(() -> deliver(db, place));
        return new AttemptKey(launch.client(), id);
    }

    // The first delivery of an item in a course attempt makes its attempt.
    private AttemptId deliver(Handle db, Place place) {
        var launch = place.launch();
        startAttempt.hold(db, launch.client(), launch.user(), launch.activity());
        return launches.attemptIn(
                        db, launch.client(), launch.courseAttempt().orElseThrow(), place.item())
                .orElseGet(
                        () ->
                                startAttempt
                                        .start(
                                                db,
                                                new StartAttempt.Subject(
                                                        launch.client(),
                                                        launch.user(),
                                                        launch.activity(),
                                                        place.item(),
                                                        launch.courseAttempt()),
                                                DataSource.ONLINE)
                                        .key()
                                        .id());
    }

    private OpenOutcome openForResult(Handle db, Place place, AttemptKey key) {
        var locked = recordReport.lock(db, List.of(key));
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
        return openForLook(db, place, Optional.of(key.id()), elements, before.progress(), total);
    }

    // Several items share a course attempt, and one that is through may be opened again to look at
    // it.
    private static boolean isOver(Place place, Attempt attempt, Optional<Session> former) {
        return attempt.progress().isFinal()
                && place.launch().attempt().isPresent()
                && former.flatMap(Session::closed).equals(Optional.of(CloseCause.FINISHED));
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
        return openForLook(
                db,
                place,
                Optional.of(key.id()),
                elements,
                attempt.progress(),
                attempt.durationSeconds().orElse(BigDecimal.ZERO));
    }

    private OpenOutcome openForLook(
            Handle db,
            Place place,
            Optional<AttemptId> attempt,
            Elements elements,
            Progress progress,
            BigDecimal totalSeconds) {
        var launch = place.launch();
        var session =
                new Session.Of(
                        launch.client(),
                        SessionId.next(),
                        launch.id(),
                        launch.activity(),
                        launch.packageVersion(),
                        place.item(),
                        attempt,
                        launch.mode());
        var viewer = views.viewer(db, launch);
        var opening =
                new DataModel.Opening(
                        viewer.userId(),
                        viewer.studentName(),
                        viewer.language(),
                        launch.mode(),
                        progress,
                        totalSeconds);
        var opened = place.model().opened(elements, opening);
        sessions.insert(db, session, opened, clock.instant());
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
