package io.coursewire.attempts;

import io.coursewire.attempts.Announcer.Announcement;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/// Takes what happened to attempts into their status, and tells it: the attempts and their events commit
/// together or not at all. On the hot path, so it takes many reports at once.
public final class RecordReport {
    private final AttemptStore store = new AttemptStore();
    private final ActivityRollup rollup = new ActivityRollup();
    private final Jdbi jdbi;
    private final Announcer announcer;
    private final Clock clock;

    public RecordReport(Jdbi jdbi, Announcer announcer, Clock clock) {
        this.jdbi = jdbi;
        this.announcer = announcer;
        this.clock = clock;
    }

    /// Records reports in the order given, in one transaction of its own. Answers the status after each.
    public List<Status> record(List<Report> reports) {
        var statuses =
                jdbi.inTransaction(
                        db -> {
                            var attempts = lock(db, reports.stream().map(Report::attempt).toList());
                            return record(db, attempts, reports);
                        });
        committed();
        return statuses;
    }

    /// Locks the attempts, always the first step of a transaction that will record reports of them.
    public Map<AttemptKey, Attempt> lock(Handle db, Collection<AttemptKey> keys) {
        return store.lock(db, keys);
    }

    /// Records reports of attempts that this transaction has locked. After the commit, call `committed`.
    public List<Status> record(Handle db, Map<AttemptKey, Attempt> locked, List<Report> reports) {
        if (reports.isEmpty()) {
            return List.of();
        }
        var now = clock.instant();
        var after = new LinkedHashMap<AttemptKey, Attempt>();
        var statuses = new ArrayList<Status>(reports.size());
        var announcements = new ArrayList<Announcement>();
        var settled = new ArrayList<ActivityKey>();
        for (var report : reports) {
            var before = after.getOrDefault(report.attempt(), locked.get(report.attempt()));
            var advance = Advance.of(before, report, now);
            after.put(report.attempt(), advance.attempt());
            announcements.addAll(advance.announcements());
            if (isLeftForGood(before, advance.attempt())) {
                settled.add(before.activityKey());
            }
            statuses.add(StatusRules.status(advance.attempt().progress()));
        }
        store.lockProgress(db, after.values().stream().map(Attempt::activityKey));
        store.update(db, after.values(), now);
        announce(db, announcements, settled, now);
        return statuses;
    }

    // Its item is settled by that, even if nothing of the attempt is news.
    private static boolean isLeftForGood(Attempt before, Attempt after) {
        return after.progress().isFinal()
                && after.progress().presence() != Presence.OPEN
                && before.progress().presence() == Presence.OPEN;
    }

    /// Takes in what a course says of itself as a whole, and tells it where that is due. Attempts are
    /// locked before. After the commit, call `committed`.
    public void rollUp(Handle db, ActivityKey activity, CourseResult course) {
        var due = rollup.due(db, activity, course, clock.instant());
        if (!due.isEmpty()) {
            announcer.announce(db, due);
        }
    }

    public void committed() {
        announcer.committed();
    }

    /// Adds activity.completed where it is due. The caller holds the roll-up rows.
    void announce(Handle db, List<Announcement> announcements, Instant now) {
        announce(db, announcements, List.of(), now);
    }

    private void announce(
            Handle db, List<Announcement> announcements, List<ActivityKey> settled, Instant now) {
        var changed = new ArrayList<>(settled);
        changed.addAll(completedIn(announcements));
        announcements.addAll(rollup.due(db, changed, now));
        if (!announcements.isEmpty()) {
            announcer.announce(db, announcements);
        }
    }

    private static List<ActivityKey> completedIn(List<Announcement> announcements) {
        return announcements.stream()
                .filter(a -> a.type().equals(Advance.COMPLETED))
                .map(a -> new ActivityKey(a.client(), a.user(), a.activity()))
                .toList();
    }
}
