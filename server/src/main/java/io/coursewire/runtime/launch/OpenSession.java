package io.coursewire.runtime.launch;

import io.coursewire.attempts.RecordReport;
import io.coursewire.attempts.StartAttempt;
import io.coursewire.attempts.Status;
import io.coursewire.kernel.ItemId;
import io.coursewire.kernel.SessionId;
import io.coursewire.packages.PackageVersion;
import io.coursewire.packages.PackageVersions;
import io.coursewire.runtime.scorm2004.sequencing.NavigationRequest;
import io.coursewire.runtime.scorm2004.sequencing.NavigationState;
import java.time.Clock;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/// Opens content where a launch leads, or where its participant goes from there.
public final class OpenSession {
    private static final String AS_CONTENT_WISHES = "content";

    private final LaunchStore launches = new LaunchStore();
    private final ViewStore views = new ViewStore();
    private final Jdbi jdbi;
    private final PackageVersions packages;
    private final RecordReport recordReport;
    private final LaunchTokens tokens;
    private final OpenContent openContent;
    private final MoveInCourse moveInCourse;
    private final ReadCourse readCourse = new ReadCourse();
    private final SequencedCourses courses;
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
        this.courses = new SequencedCourses(packages);
        this.chooseItem = new ChooseItem(jdbi, packages);
        var startAttempt = new StartAttempt(clock);
        this.openContent = new OpenContent(jdbi, recordReport, tokens, startAttempt, clock);
        this.moveInCourse = new MoveInCourse(packages, recordReport, startAttempt, clock);
    }

    /// `item` is the one to open where the launch leaves it open; without it the first one is, or what
    /// sequencing decides.
    public OpenOutcome open(String playToken, Optional<ItemId> item) {
        return play(
                playToken,
                (launch, version) ->
                        SequencedCourses.of(launch, version)
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
        return Place.of(launch, version, item)
                .map(openContent::open)
                .orElseGet(OpenOutcome.NoSuchItem::new);
    }

    /// Goes on in a sequenced course, by a request in the words of `adl.nav.request`, or to where content
    /// wished, by `content`. The session before it is over. `from` is that session, where the player knows it.
    public OpenOutcome navigate(String playToken, String request, Optional<SessionId> from) {
        var wished = NavigationRequest.parse(request);
        if (wished.isEmpty() && !request.equals(AS_CONTENT_WISHES)) {
            return new OpenOutcome.NoSuchRequest();
        }
        return play(
                playToken,
                (launch, version) ->
                        SequencedCourses.of(launch, version)
                                .map(course -> move(course, db -> go(db, course, wished, from)))
                                .orElseGet(OpenOutcome.NoSuchRequest::new));
    }

    private Moved go(
            Handle db,
            SequencedCourse course,
            Optional<NavigationRequest> wished,
            Optional<SessionId> from) {
        return wished.isPresent()
                ? moveInCourse.navigate(db, course, wished.get(), from)
                : moveInCourse.goOn(db, course, from);
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

    /// What can be done once what these commits said counts. Empty where they change nothing of it, and in
    /// courses with nothing to go on to.
    public Optional<Course> navigationAfter(CommitRequest request) {
        return sequenced(request).or(() -> chooseItem.course(request.client(), request.launch()));
    }

    private Optional<Course> sequenced(CommitRequest request) {
        return request.commits().stream().anyMatch(commit -> SequencedCourse.listens(commit, true))
                ? jdbi.withHandle(db -> sequenced(db, request))
                : Optional.empty();
    }

    private Optional<Course> sequenced(Handle db, CommitRequest request) {
        return courses.of(db, request.client(), request.launch())
                .filter(SequencedCourse::hasSeveralItems)
                .filter(course -> request.commits().stream().anyMatch(course::listens))
                .flatMap(course -> navigation(db, course));
    }

    private Optional<Course> navigation(Handle db, SequencedCourse course) {
        return moveInCourse.navigation(db, course).map(navigation -> read(db, course, navigation));
    }

    private Course read(Handle db, SequencedCourse course, NavigationState navigation) {
        var viewer = views.viewer(db, course.launch());
        return readCourse.read(
                db, course.launch(), course.version(), viewer, Optional.of(navigation));
    }

    // A course of one item stands as that item does.
    private OpenOutcome ended(SequencedCourse course, Moved.Ended ended) {
        var shown = jdbi.withHandle(db -> read(db, course, ended.navigation()));
        var status =
                course.hasSeveralItems()
                        ? ended.status().map(Status::word)
                        : shown.contents().stream()
                                .flatMap(line -> line.status().stream())
                                .findFirst();
        return new OpenOutcome.Ended(shown, status, ended.goesOn());
    }

    // In a transaction of its own, since roll-up rows are locked after attempts everywhere else.
    private OpenOutcome move(SequencedCourse course, Function<Handle, Moved> moving) {
        var moved = jdbi.inTransaction(moving::apply);
        recordReport.committed();
        return switch (moved) {
            case Moved.Delivered delivered ->
                    openContent.open(Place.of(course, delivered), delivered.attempt());
            case Moved.Waiting(var refusal, var navigation) ->
                    new OpenOutcome.Waiting(
                            jdbi.withHandle(db -> read(db, course, navigation)), refusal);
            case Moved.Ended ended -> ended(course, ended);
            case Moved.Finished _ -> new OpenOutcome.AlreadyFinished(course.launch().returnUrl());
        };
    }
}
