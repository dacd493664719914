package io.coursewire.attempts;

import io.coursewire.attempts.Announcer.Announcement;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// Announces activity.completed once every item of the activity that counts is final, and again only
/// when its result changes afterwards.
final class ActivityRollup {
    static final String COMPLETED = "activity.completed";

    private final ActivityRollupStore store = new ActivityRollupStore();

    /// The announcements due after these attempts were completed. The caller holds the roll-up rows.
    List<Announcement> due(Handle db, List<Announcement> completedAttempts, Instant now) {
        if (completedAttempts.isEmpty()) {
            return List.of();
        }
        var due =
                store.outcomes(db, completedAttempts).values().stream()
                        .flatMap(items -> ActivityStatus.of(items).stream())
                        .filter(ActivityRollup::isNews)
                        .toList();
        store.saveAnnounced(db, due);
        return due.stream().map(status -> announcement(status, now)).toList();
    }

    private static boolean isNews(ActivityStatus status) {
        return !status.announced().equals(Optional.of(status.digest()));
    }

    private static Announcement announcement(ActivityStatus status, Instant now) {
        return new Announcement(
                COMPLETED,
                status.client(),
                status.user().id(),
                status.activity().id(),
                Optional.empty(),
                0,
                Map.of(
                        "activityId", status.activity().id().toString(),
                        "status", status.status().word()),
                status.payload().bytes(),
                now);
    }
}
