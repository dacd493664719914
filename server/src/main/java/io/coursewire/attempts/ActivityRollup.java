package io.coursewire.attempts;

import io.coursewire.attempts.Announcer.Announcement;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// Announces activity.completed once every item of the activity that counts is final, and again only
/// when its result changes afterwards. A course that rolls its items up itself decides in their place.
final class ActivityRollup {
    static final String COMPLETED = "activity.completed";

    private final ActivityRollupStore store = new ActivityRollupStore();

    /// The announcements due after attempts at these activities were completed. The caller holds the
    /// roll-up rows.
    List<Announcement> due(Handle db, List<ActivityKey> changed, Instant now) {
        if (changed.isEmpty()) {
            return List.of();
        }
        var due =
                store.outcomes(db, changed).values().stream()
                        .flatMap(items -> ActivityStatus.of(items).stream())
                        .filter(ActivityRollup::isNews)
                        .toList();
        store.saveAnnounced(db, due);
        return due.stream().map(status -> announcement(status, now)).toList();
    }

    /// The announcement due, if any, now that a course says this of itself.
    List<Announcement> due(Handle db, ActivityKey activity, CourseResult course, Instant now) {
        store.saveCourse(db, activity, course);
        return course.inside() ? List.of() : due(db, List.of(activity), now);
    }

    private static boolean isNews(ActivityStatus status) {
        return !status.whole().announced().equals(Optional.of(status.digest()));
    }

    private static Announcement announcement(ActivityStatus status, Instant now) {
        return new Announcement(
                COMPLETED,
                status.whole().client(),
                status.whole().user().id(),
                status.whole().activity().id(),
                Optional.empty(),
                0,
                Map.of(
                        "activityId", status.whole().activity().id().toString(),
                        "status", status.status().word()),
                status.payload().bytes(),
                now);
    }
}
