package io.coursewire.runtime.launch;

import io.coursewire.attempts.Attempt;
import io.coursewire.attempts.AttemptKey;
import io.coursewire.attempts.DataSource;
import io.coursewire.attempts.Presence;
import io.coursewire.attempts.RecordReport;
import io.coursewire.attempts.Report;
import io.coursewire.attempts.RuntimeReport;
import io.coursewire.attempts.StartAttempt;
import io.coursewire.kernel.AttemptId;
import io.coursewire.kernel.ItemId;
import io.coursewire.runtime.Elements;
import io.coursewire.runtime.End;
import io.coursewire.runtime.scorm2004.CourseState;
import io.coursewire.runtime.scorm2004.ReportedData;
import io.coursewire.runtime.scorm2004.sequencing.Decision;
import io.coursewire.runtime.scorm2004.sequencing.NavigationRequest;
import io.coursewire.runtime.scorm2004.sequencing.NavigationRequest.Plain;
import io.coursewire.runtime.scorm2004.sequencing.NavigationState;
import io.coursewire.runtime.scorm2004.sequencing.Outcome;
import io.coursewire.runtime.scorm2004.sequencing.RunTimeData;
import io.coursewire.runtime.scorm2004.sequencing.RunTimeStart;
import io.coursewire.runtime.scorm2004.sequencing.Sequencer;
import io.coursewire.runtime.scorm2004.sequencing.SharedState;
import java.math.BigDecimal;
import java.time.Clock;
import java.util.List;
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

    private final CourseStateStore states = new CourseStateStore();
    private final SessionStore sessions = new SessionStore();
    private final LaunchStore launches = new LaunchStore();
    private final RecordReport recordReport;
    private final StartAttempt startAttempt;
    private final Clock clock;

    MoveInCourse(RecordReport recordReport, StartAttempt startAttempt, Clock clock) {
        this.recordReport = recordReport;
        this.startAttempt = startAttempt;
        this.clock = clock;
    }

    /// Opens the course where the participant left it, at `item` where the launch or the player names one.
    Moved open(Handle db, SequencedCourse course, Optional<ItemId> item) {
        var step = new Step(db, course);
        if (step.isUnderWay()) {
            step.tell(step.lastWish());
        }
        if (step.isFinished()) {
            return step.saved(new Moved.Finished());
        }
        // A reload goes on; a link of its own for the item goes there.
        var choose = course.chosen(item).filter(_ -> !step.wasOpenedHere());
        var moved = step.take(Sequencer.launch(course.tree(), step.state.tracking(), choose));
        step.closeFormerUnless(moved);
        return moved;
    }

    /// Goes where the participant wishes; content that is under way is over.
    Moved navigate(Handle db, SequencedCourse course, NavigationRequest request) {
        var step = new Step(db, course);
        step.closeFormer(request);
        return step.take(step.decide(request));
    }

    /// Goes where content wished when it ended, or waits where it said nothing of that.
    Moved goOn(Handle db, SequencedCourse course) {
        var step = new Step(db, course);
        var wish = step.contentsWish();
        if (wish.isEmpty()) {
            return new Moved.Waiting(Optional.empty(), step.afterReport());
        }
        step.closeFormer(wish.get());
        return step.take(step.decide(wish.get()));
    }

    /// What the participant can do once what content has said so far counts.
    Optional<NavigationState> navigation(Handle db, SequencedCourse course) {
        return states.find(db, course.launch().client(), course.courseAttempt())
                .map(state -> Look.at(course, state, elements(db, course, state)));
    }

    private Elements elements(Handle db, SequencedCourse course, CourseState state) {
        return state.underWay()
                .flatMap(
                        now ->
                                sessions.newest(
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

        Step(Handle db, SequencedCourse course) {
            this.db = db;
            this.course = course;
            var launch = course.launch();
            var own = states.lock(db, launch.client(), course.courseAttempt());
            shared = states.lockShared(db, launch.client(), launch.user());
            state = own.orElseGet(this::begin);
            state =
                    state.with(
                            SharedState.seenBy(
                                    course.tree().organization(),
                                    shared,
                                    state.tracking().shared()));
            locked = recordReport.lock(db, underWay().stream().toList());
            former = underWay().flatMap(key -> sessions.newest(db, key));
        }

        private CourseState begin() {
            return states.earlier(db, course.launch(), course.courseAttempt())
                    .map(CourseState::anew)
                    .orElseGet(
                            () ->
                                    CourseState.first(
                                            course.courseAttempt()
                                                    .value()
                                                    .getLeastSignificantBits()));
        }

        private Optional<AttemptKey> underWay() {
            return state.underWay()
                    .map(now -> new AttemptKey(course.launch().client(), now.attemptId()));
        }

        boolean isUnderWay() {
            return state.underWay().filter(now -> !now.told()).isPresent();
        }

        boolean wasOpenedHere() {
            return former.filter(s -> s.of().launch().equals(course.launch().id())).isPresent();
        }

        /// Reload after the end, when the attempt that the link is for is final: nothing begins again.
        boolean isFinished() {
            var launch = course.launch();
            return launch.attempt().isPresent()
                    && isOver()
                    && launches.isFinal(db, launch.client(), launch.attempt().get());
        }

        /// Only content that has ended itself ends the course; a page that vanished is to be gone on with.
        NavigationRequest lastWish() {
            return contentsWish()
                    .filter(_ -> former.flatMap(Session::closed).equals(FINISHED))
                    .filter(wish -> wish == Plain.EXIT_ALL || wish == Plain.ABANDON_ALL)
                    .orElse(Plain.SUSPEND_ALL);
        }

        Optional<NavigationRequest> contentsWish() {
            if (!isUnderWay()) {
                return Optional.empty();
            }
            return ReportedData.wish(elements()).or(this::endOfOnlyItem);
        }

        // With one item there is nothing to choose after it.
        private Optional<NavigationRequest> endOfOnlyItem() {
            return course.version().itemIds().size() > 1
                    ? Optional.empty()
                    : Optional.of(
                            ReportedData.suspends(elements()) ? Plain.SUSPEND_ALL : Plain.EXIT_ALL);
        }

        NavigationState navigation() {
            return Sequencer.navigation(course.tree(), state.tracking());
        }

        NavigationState afterReport() {
            return Look.at(course, state, elements());
        }

        void tell(NavigationRequest request) {
            var outcome = decide(request);
            state = state.with(outcome.state());
            if (outcome.decision() instanceof Decision.SessionEnded) {
                state = state.left();
            }
        }

        Outcome decide(NavigationRequest request) {
            if (!isUnderWay()) {
                return Sequencer.navigate(course.tree(), state.tracking(), request);
            }
            var data = Look.data(course, state, elements());
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
                    session -> {
                        var place =
                                request == Plain.SUSPEND_ALL
                                        ? Optional.of(Presence.SUSPENDED)
                                        : Optional.<Presence>empty();
                        if (session.closed().isEmpty()) {
                            breakOff(session, place);
                        } else {
                            place.ifPresent(
                                    p -> record(session, Optional.empty(), p, BigDecimal.ZERO));
                        }
                    });
        }

        private void breakOff(Session session, Optional<Presence> place) {
            var model =
                    ContentItem.find(course.version(), session.of().item(), course.launch().mode())
                            .orElseThrow()
                            .model();
            var seconds = SessionRules.seconds(session, End.LEFT, model);
            sessions.update(
                    db,
                    List.of(session.closed(CloseCause.REPLACED).counted(seconds)),
                    clock.instant());
            record(
                    session,
                    Optional.of(model.report(session.elements(), End.LEFT)),
                    place.orElse(model.presence(session.elements(), End.LEFT)),
                    seconds.subtract(session.countedSeconds()));
        }

        private void record(
                Session session,
                Optional<RuntimeReport> content,
                Presence place,
                BigDecimal addedSeconds) {
            var attempt = session.of().changes().orElseThrow();
            recordReport.record(
                    db, locked, List.of(new Report(attempt, content, place, addedSeconds)));
        }

        Moved take(Outcome outcome) {
            state = state.with(outcome.state());
            var moved =
                    switch (outcome.decision()) {
                        case Decision.Deliver delivery -> deliver(delivery);
                        case Decision.SessionEnded _ -> {
                            state = state.left();
                            yield new Moved.Ended(navigation());
                        }
                        case Decision.Waiting _ ->
                                new Moved.Waiting(Optional.empty(), navigation());
                        case Decision.Refused refused ->
                                new Moved.Waiting(Optional.of(refused.message()), navigation());
                    };
            return saved(moved);
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
            return moved;
        }

        private boolean isOver() {
            return state.underWay().isEmpty() && !state.suspends();
        }

        private Moved deliver(Decision.Deliver delivery) {
            var launch = course.launch();
            startAttempt.hold(db, launch.client(), launch.user(), launch.activity());
            var attempt = attempt(delivery);
            state = state.delivering(delivery.activity(), attempt);
            var start = RunTimeStart.of(course.tree(), state.tracking(), delivery);
            return new Moved.Delivered(
                    delivery.activity(),
                    new AttemptKey(launch.client(), attempt),
                    start,
                    navigation());
        }

        // Data that goes on continues its attempt, fresh data is the next one.
        private AttemptId attempt(Decision.Deliver delivery) {
            var launch = course.launch();
            var item = course.itemId(delivery.activity());
            return launches.attemptIn(db, launch.client(), course.courseAttempt(), item)
                    .filter(
                            id ->
                                    delivery.resumed()
                                            || sessions.newest(
                                                            db, new AttemptKey(launch.client(), id))
                                                    .isEmpty())
                    .orElseGet(() -> start(item));
        }

        private AttemptId start(ItemId item) {
            var launch = course.launch();
            return startAttempt
                    .start(
                            db,
                            new StartAttempt.Subject(
                                    launch.client(),
                                    launch.user(),
                                    launch.activity(),
                                    item,
                                    launch.courseAttempt()),
                            DataSource.ONLINE)
                    .key()
                    .id();
        }
    }

    /// What sequencing makes of content that is still under way.
    private static final class Look {
        static RunTimeData data(SequencedCourse course, CourseState state, Elements elements) {
            var activity = state.underWay().orElseThrow().activity();
            return course.isSco(activity)
                    ? ReportedData.of(elements, course.buckets(activity))
                    : RunTimeData.NOTHING;
        }

        static NavigationState at(SequencedCourse course, CourseState state, Elements elements) {
            var tracking = state.tracking();
            if (state.underWay().filter(now -> !now.told()).isPresent()) {
                tracking = Sequencer.report(course.tree(), tracking, data(course, state, elements));
            }
            return Sequencer.navigation(course.tree(), tracking);
        }
    }
}
