package io.coursewire.runtime.launch;

import io.coursewire.attempts.CourseResult;
import io.coursewire.attempts.Status;
import io.coursewire.runtime.Elements;
import io.coursewire.runtime.scorm2004.CourseState;
import io.coursewire.runtime.scorm2004.ReportedData;
import io.coursewire.runtime.scorm2004.sequencing.NavigationState;
import io.coursewire.runtime.scorm2004.sequencing.RunTimeData;
import io.coursewire.runtime.scorm2004.sequencing.Sequencer;
import io.coursewire.runtime.scorm2004.sequencing.Standing;
import io.coursewire.runtime.scorm2004.sequencing.TrackingState;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;

/// What sequencing makes of a course once what content has said so far counts, though it has not heard
/// of that yet. Pure.
final class AsReported {
    private static final int SCORE_DECIMALS = 4;

    private AsReported() {}

    /// What content that is under way tells sequencing; an asset tells nothing.
    static RunTimeData data(SequencedCourse course, CourseState state, Elements elements) {
        var activity = state.underWay().orElseThrow().activity();
        return course.isSco(activity)
                ? ReportedData.of(elements, course.buckets(activity))
                : RunTimeData.NOTHING;
    }

    static NavigationState navigation(
            SequencedCourse course, CourseState state, Elements elements) {
        return Sequencer.navigation(course.tree(), tracking(course, state, elements));
    }

    /// What the course says of itself while nobody is in its content.
    static CourseResult result(SequencedCourse course, CourseState state, Elements elements) {
        var standing = Sequencer.standing(course.tree(), tracking(course, state, elements));
        return new CourseResult(false, status(standing), standing.measure().map(AsReported::score));
    }

    private static TrackingState tracking(
            SequencedCourse course, CourseState state, Elements elements) {
        return state.awaitsReport()
                ? Sequencer.report(course.tree(), state.tracking(), data(course, state, elements))
                : state.tracking();
    }

    // As for an item: completed decides, and success where nothing is known of completion.
    private static Optional<Status> status(Standing standing) {
        if (!standing.completed().orElse(standing.satisfied().isPresent())) {
            return Optional.empty();
        }
        return Optional.of(
                standing.satisfied()
                        .map(satisfied -> satisfied ? Status.PASSED : Status.FAILED)
                        .orElse(Status.COMPLETED));
    }

    private static BigDecimal score(double measure) {
        return BigDecimal.valueOf(Math.max(measure, 0))
                .setScale(SCORE_DECIMALS, RoundingMode.HALF_UP);
    }
}
