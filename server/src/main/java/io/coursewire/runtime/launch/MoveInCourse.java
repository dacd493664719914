package io.coursewire.runtime.launch;

import io.coursewire.attempts.Attempt;
import io.coursewire.attempts.AttemptKey;
import io.coursewire.attempts.RecordReport;
import io.coursewire.attempts.StartAttempt;
import io.coursewire.attempts.Status;
import io.coursewire.catalog.Identities;
import io.coursewire.kernel.ItemId;
import io.coursewire.kernel.SessionId;
import io.coursewire.packages.PackageVersions;
import io.coursewire.runtime.Elements;
import io.coursewire.runtime.scorm2004.CourseState;
import io.coursewire.runtime.scorm2004.ReportedData;
import io.coursewire.runtime.scorm2004.sequencing.Decision;
import io.coursewire.runtime.scorm2004.sequencing.NavigationRequest;
import io.coursewire.runtime.scorm2004.sequencing.NavigationRequest.Plain;
import io.coursewire.runtime.scorm2004.sequencing.NavigationState;
import io.coursewire.runtime.scorm2004.sequencing.Outcome;
import io.coursewire.runtime.scorm2004.sequencing.RunTimeStart;
import io.coursewire.runtime.scorm2004.sequencing.Sequencer;
import io.coursewire.runtime.scorm2004.sequencing.SharedState;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// Moves a participant in a sequenced course: ends what content was under way, tells sequencing what it
/// reported, and lets it decide what comes next.
///
/// Locks, in this order: the course attempt, what the participant's courses share, the attempt under way,
/// the roll-up.
final class MoveInCourse {
    private static final Optional<CloseCause> FINISHED = Optional.of(CloseCause.FINISHED);

    private final Identities identities = new Identities();
    private final CourseStateStore states = new CourseStateStore();
    private final SessionStore sessions = new SessionStore();
    private final LaunchStore launches = new LaunchStore();
    private final CourseMoveStore moves = new CourseMoveStore();
    private final RecordReport recordReport;
    private final ItemAttempts attempts;
    private final BreakOff breakOff;
    private final BeginCourse beginCourse = new BeginCourse();
    private final RollUpCourse rollUpCourse;
    private final Clock clock;

    MoveInCourse(
            PackageVersions packages,
            RecordReport recordReport,
            StartAttempt startAttempt,
            Clock clock) {
        this.recordReport = recordReport;
        this.attempts = new ItemAttempts(startAttempt);
        this.breakOff = new BreakOff(recordReport, clock);
        this.rollUpCourse = new RollUpCourse(packages, recordReport);
        this.clock = clock;
    }

    /// Opens the course where the participant left it, at `item` where the launch or the player names one.
    Moved open(Handle db, SequencedCourse course, Optional<ItemId> item) {
        return open(new Step(db, course), item);
    }

    private Moved open(Step step, Optional<ItemId> item) {
        var course = step.course;
        if (step.state.awaitsReport()) {
            step.tell(step.lastWish());
        }
        if (step.isFinished()) {
            return step.saved(new Moved.Finished());
        }
        // A reload goes on; a link of its own for the item goes there.
        var choose = course.chosen(item).filter(_ -> !step.wasOpenedHere());
        var opened = Sequencer.launch(course.tree(), step.state.tracking(), choose);
        var moved = step.take(CourseMove.OPEN, opened);
        step.closeFormerUnless(moved);
        return step.saved(moved);
    }

    /// Goes where the participant wishes; content that is under way is over.
    Moved navigate(
            Handle db,
            SequencedCourse course,
            NavigationRequest request,
            Optional<SessionId> from) {
        var step = new Step(db, course);
        if (step.hasLeft(from)) {
            return where(step);
        }
        step.closeFormer(request);
        return step.saved(step.take(request.word(), step.decide(request)));
    }

    /// Goes where content wished when it ended, or waits where it said nothing of that.
    Moved goOn(Handle db, SequencedCourse course, Optional<SessionId> from) {
        var step = new Step(db, course);
        if (step.hasLeft(from)) {
            return where(step);
        }
        var wish = step.contentsWish();
        if (wish.isEmpty()) {
            return new Moved.Waiting(Optional.empty(), step.afterReport());
        }
        step.closeFormer(wish.get());
        return step.saved(step.take(wish.get().word(), step.decide(wish.get())));
    }

    // The move has been made and its answer was lost, or it was made in another window: a second
    // one would pass an
    // item by that nobody has seen.
    private Moved where(Step step) {
        return step.underWay().isPresent()
                ? open(step, Optional.empty())
                : step.saved(step.ended());
    }

    /// What the participant can do once what content has said so far counts.
    Optional<NavigationState> navigation(Handle db, SequencedCourse course) {
        return states.find(db, course.launch().client(), course.courseAttempt())
                .map(state -> AsReported.navigation(course, state, elements(db, course, state)));
    }

    private Elements elements(Handle db, SequencedCourse course, CourseState state) {
        return state.underWay()
                .flatMap(
                        now ->
                                sessions.newestInCourse(
                                        db,
                                        new AttemptKey(course.launch().client(), now.attemptId())))
                .map(Session::elements)
                .orElse(Elements.NONE);
    }

    /// One move, on what is locked.
    private final class Step {
        private final Handle db;
        private final SequencedCourse course;
        private final SharedState shared;
        private final Map<AttemptKey, Attempt> locked;
        private final Optional<Session> former;
        private CourseState state;

        Step(Handle db, SequencedCourse known) {
            this.db = db;
            identities.hold(db, known.launch().client());
            // Its participant may have been merged since it was read.
            var launch =
                    launches.find(db, known.launch().client(), known.launch().id()).orElseThrow();
            course = known.by(launch);
            var own = states.lock(db, launch.client(), course.courseAttempt());
            var earlier =
                    own.isPresent()
                            ? Optional.<CourseState>empty()
                            : states.lockEarlier(db, launch, course.courseAttempt());
            shared = states.lockShared(db, launch.client(), launch.user());
            state =
                    own.map(this::seeing)
                            .orElseGet(
                                    () ->
                                            earlier.map(this::seeing)
                                                    .map(e -> beginCourse.after(db, course, e))
                                                    .orElseGet(() -> seeing(first())));
            locked = recordReport.lock(db, underWay().stream().toList());
            former = underWay().flatMap(key -> sessions.newestInCourse(db, key));
        }

        /// With what other courses of the participant have left behind meanwhile.
        private CourseState seeing(CourseState own) {
            return own.with(
                    SharedState.seenBy(
                            course.tree().organization(), shared, own.tracking().shared()));
        }

        private CourseState first() {
            return CourseState.first(course.courseAttempt().value().getLeastSignificantBits());
        }

        private Optional<AttemptKey> underWay() {
            return state.underWay()
                    .map(now -> new AttemptKey(course.launch().client(), now.attemptId()));
        }

        boolean hasLeft(Optional<SessionId> session) {
            return session.isPresent() && !former.map(s -> s.of().id()).equals(session);
        }

        boolean wasOpenedHere() {
            return former.filter(s -> s.of().launch().equals(course.launch().id())).isPresent();
        }

        /// Reload after the end, when the attempt that the link is for is final, or the course that it is for
        /// has come to a result: nothing begins again.
        boolean isFinished() {
            var launch = course.launch();
            return launch.attempt().isPresent()
                    ? (isLeftForGood() || itsItemHasEnded())
                            && launches.isFinal(db, launch.client(), launch.attempt().get())
                    : isOver()
                            && moves.hasEnded(db, launch.client(), course.courseAttempt())
                            && result().isPresent();
        }

        // Where there are several, one that has ended itself is gone back to.
        private boolean itsItemHasEnded() {
            var launch = course.launch();
            return sessions.newest(db, new AttemptKey(launch.client(), launch.attempt().get()))
                    .flatMap(Session::closed)
                    .filter(CloseCause::isLast)
                    .filter(cause -> cause != CloseCause.FINISHED || !course.hasSeveralItems())
                    .isPresent();
        }

        /// Only content that has ended itself ends the course; a page that vanished is to be gone on with.
        NavigationRequest lastWish() {
            return contentsWish()
                    .filter(_ -> former.flatMap(Session::closed).equals(FINISHED))
                    .filter(wish -> wish == Plain.EXIT_ALL || wish == Plain.ABANDON_ALL)
                    .orElse(Plain.SUSPEND_ALL);
        }

        Optional<NavigationRequest> contentsWish() {
            if (!state.awaitsReport()) {
                return Optional.empty();
            }
            return ReportedData.wish(elements()).or(this::endOfOnlyItem);
        }

        // With one item there is nothing to choose after it.
        private Optional<NavigationRequest> endOfOnlyItem() {
            return course.hasSeveralItems()
                    ? Optional.empty()
                    : Optional.of(
                            ReportedData.suspends(elements()) ? Plain.SUSPEND_ALL : Plain.EXIT_ALL);
        }

        NavigationState navigation() {
            return Sequencer.navigation(course.tree(), state.tracking());
        }

        NavigationState afterReport() {
            return AsReported.navigation(course, state, elements());
        }

        void tell(NavigationRequest request) {
            var outcome = decide(request);
            state = state.with(outcome.state());
            note(request.word(), outcome);
            if (outcome.decision() instanceof Decision.SessionEnded) {
                state = state.left();
            }
        }

        Outcome decide(NavigationRequest request) {
            if (!state.awaitsReport()) {
                return Sequencer.navigate(course.tree(), state.tracking(), request);
            }
            var data = AsReported.data(course, state, elements());
            state = state.heard();
            return Sequencer.finish(course.tree(), state.tracking(), data, request);
        }

        private Elements elements() {
            return former.map(Session::elements).orElse(Elements.NONE);
        }

        /// Where the same content is opened again, its new session replaces the former one.
        void closeFormerUnless(Moved moved) {
            boolean same =
                    moved instanceof Moved.Delivered delivered
                            && former.flatMap(f -> f.of().changes())
                                    .equals(Optional.of(delivered.attempt()));
            if (!same) {
                closeFormer(Plain.SUSPEND_ALL);
            }
        }

        /// The participant is no longer in the content, whether or not its page could say so.
        void closeFormer(NavigationRequest request) {
            former.ifPresent(
                    session ->
                            breakOff.end(
                                    db, course, session, locked, request == Plain.SUSPEND_ALL));
        }

        private void note(String request, Outcome outcome) {
            var move = CourseMove.of(clock.instant(), request, outcome);
            moves.insert(db, course.launch().client(), course.courseAttempt(), move);
        }

        Moved take(String request, Outcome outcome) {
            state = state.with(outcome.state());
            note(request, outcome);
            return switch (outcome.decision()) {
                case Decision.Deliver delivery -> deliver(delivery);
                case Decision.SessionEnded _ -> {
                    state = state.left();
                    yield ended();
                }
                case Decision.Waiting _ -> new Moved.Waiting(Optional.empty(), navigation());
                case Decision.Refused refused ->
                        new Moved.Waiting(Optional.of(refused.message()), navigation());
            };
        }

        Moved ended() {
            return new Moved.Ended(navigation(), isOver() ? result() : Optional.empty(), !isOver());
        }

        private boolean isOver() {
            return state.isOver(course.tree().organization().identifier());
        }

        private Optional<Status> result() {
            return AsReported.result(course, state, elements()).status();
        }

        Moved saved(Moved moved) {
            var launch = course.launch();
            boolean over = !(moved instanceof Moved.Delivered) && isOver();
            states.save(
                    db,
                    launch.client(),
                    course.courseAttempt(),
                    state,
                    over ? Optional.of(clock.instant()) : Optional.empty());
            states.saveShared(
                    db,
                    launch.client(),
                    launch.user(),
                    shared.after(course.tree().organization(), state.tracking().shared()));
            rollUp(moved);
            return moved;
        }

        private void rollUp(Moved moved) {
            if (moved instanceof Moved.Delivered) {
                rollUpCourse.entered(db, course);
            } else {
                rollUpCourse.left(db, course, state, elements());
            }
        }

        private boolean isLeftForGood() {
            return state.underWay().isEmpty() && !state.suspends();
        }

        private Moved deliver(Decision.Deliver delivery) {
            var launch = course.launch();
            var item = course.itemId(delivery.activity());
            var attempt = attempts.sequenced(db, launch, item, delivery.resumed());
            state = state.delivering(delivery.activity(), attempt);
            var start = RunTimeStart.of(course.tree(), state.tracking(), delivery);
            return new Moved.Delivered(
                    delivery.activity(),
                    new AttemptKey(launch.client(), attempt),
                    start,
                    navigation());
        }
    }
}
