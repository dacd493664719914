package io.coursewire.runtime.launch;

import io.coursewire.attempts.ActivityKey;
import io.coursewire.attempts.CourseResult;
import io.coursewire.attempts.RecordReport;
import io.coursewire.kernel.UserId;
import io.coursewire.packages.PackageVersions;
import io.coursewire.runtime.Elements;
import io.coursewire.runtime.scorm2004.CourseState;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// Tells how a sequenced course of several items stands as a whole, whenever its content is left. A course of
/// one item stands as that item does.
final class RollUpCourse {
    private final CourseStateStore states = new CourseStateStore();
    private final SequencedCourses courses;
    private final RecordReport recordReport;

    RollUpCourse(PackageVersions packages, RecordReport recordReport) {
        this.courses = new SequencedCourses(packages);
        this.recordReport = recordReport;
    }

    void entered(Handle db, SequencedCourse course) {
        tell(db, course, course.launch().user(), CourseResult.INSIDE);
    }

    void left(Handle db, SequencedCourse course, CourseState state, Elements elements) {
        left(db, course, course.launch().user(), state, elements);
    }

    private void left(
            Handle db, SequencedCourse course, UserId user, CourseState state, Elements elements) {
        tell(db, course, user, AsReported.result(course, state, elements));
    }

    /// Content has ended, or was closed for its participant; the attempt is locked, so nobody moves on
    /// meanwhile. Sequencing hears of it with the next request, which may never come.
    ///
    /// @param user whose attempt it is by now: the launch that is remembered may be of one who was merged since
    void ended(Handle db, Session session, UserId user) {
        var of = session.of();
        courses.of(db, of.client(), of.launch())
                .filter(SequencedCourse::hasSeveralItems)
                .ifPresent(
                        course ->
                                states.find(db, of.client(), course.courseAttempt())
                                        .filter(state -> isUnderWay(state, session))
                                        .ifPresent(
                                                state ->
                                                        left(
                                                                db,
                                                                course,
                                                                user,
                                                                state,
                                                                session.elements())));
    }

    private static boolean isUnderWay(CourseState state, Session session) {
        return state.underWay()
                .filter(now -> session.of().attempt().equals(Optional.of(now.attemptId())))
                .isPresent();
    }

    private void tell(Handle db, SequencedCourse course, UserId user, CourseResult result) {
        if (course.hasSeveralItems()) {
            var launch = course.launch();
            var activity = new ActivityKey(launch.client(), user, launch.activity());
            recordReport.rollUp(db, activity, result);
        }
    }
}
