package io.coursewire.runtime.scorm2004;

import io.coursewire.kernel.AttemptId;
import io.coursewire.kernel.Json;
import io.coursewire.runtime.scorm2004.sequencing.ActivityTracking;
import io.coursewire.runtime.scorm2004.sequencing.SharedState;
import io.coursewire.runtime.scorm2004.sequencing.TrackingState;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// What a course attempt in SCORM 2004 remembers between two requests.
///
/// @param underWay the item that was delivered last, until sequencing has decided what follows it
public record CourseState(TrackingState tracking, Optional<Delivered> underWay) {
    /// @param attempt the item's
    /// @param told whether sequencing has heard what content reported: it must hear it once
    public record Delivered(String activity, UUID attempt, boolean told) {
        public AttemptId attemptId() {
            return new AttemptId(attempt);
        }

        Delivered toldBy() {
            return new Delivered(activity, attempt, true);
        }
    }

    /// A course that the participant was never in.
    public static CourseState first(long seed) {
        return new CourseState(TrackingState.initial(seed), Optional.empty());
    }

    /// A new course attempt after this one: what was tracked counts until new attempts on the activities
    /// begin, but nothing is under way or suspended any more.
    public CourseState anew() {
        var activities = new LinkedHashMap<String, ActivityTracking>();
        tracking.activities().forEach((id, activity) -> activities.put(id, ended(activity)));
        return new CourseState(
                new TrackingState(
                        Optional.empty(),
                        Optional.empty(),
                        activities,
                        tracking.shared(),
                        tracking.seed()),
                Optional.empty());
    }

    private static ActivityTracking ended(ActivityTracking activity) {
        var flags = new HashSet<>(activity.flags());
        flags.removeAll(Set.of(ActivityTracking.Flag.ACTIVE, ActivityTracking.Flag.SUSPENDED));
        return new ActivityTracking(
                flags,
                activity.attempts(),
                activity.experiencedSeconds(),
                activity.objectives(),
                activity.availableChildren());
    }

    public CourseState with(TrackingState other) {
        return new CourseState(other, underWay);
    }

    public CourseState with(SharedState shared) {
        return with(tracking.with(shared));
    }

    /// Whether content was delivered and sequencing has not heard its report.
    public boolean awaitsReport() {
        return underWay.filter(now -> !now.told()).isPresent();
    }

    public CourseState heard() {
        return new CourseState(tracking, underWay.map(Delivered::toldBy));
    }

    public CourseState delivering(String activity, AttemptId attempt) {
        return new CourseState(
                tracking, Optional.of(new Delivered(activity, attempt.value(), false)));
    }

    /// The participant is no longer in the course; whether its attempt is over is another question.
    public CourseState left() {
        return new CourseState(tracking, Optional.empty());
    }

    /// Whether the participant will go on where the course was left.
    public boolean suspends() {
        return tracking.suspendedActivity().isPresent();
    }

    /// Whether nobody is in the course and the attempt on it has ended. It goes on where it was suspended as a whole, and also
    /// where it was left for good while content in it was suspended: that suspends the activities above it (UP.4).
    ///
    /// @param root the organization's identifier
    public boolean isOver(String root) {
        return underWay.isEmpty()
                && !suspends()
                && !tracking.activity(root).is(ActivityTracking.Flag.SUSPENDED);
    }

    public static CourseState read(String json) {
        return Json.MAPPER.readValue(json, CourseState.class);
    }

    public String write() {
        return Json.MAPPER.writeValueAsString(this);
    }

    public static SharedState readShared(String json) {
        return Json.MAPPER.readValue(json, SharedState.class);
    }

    public static String writeShared(SharedState shared) {
        return Json.MAPPER.writeValueAsString(shared);
    }
}
