package io.coursewire.attempts;

import io.coursewire.attempts.Announcer.Announcement;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What one report makes of an attempt: the attempt afterwards and the events to tell. Pure.
///
/// A change raises exactly one of attempt.started and attempt.updated; attempt.completed, if due, follows
/// with the next version.
record Advance(Attempt attempt, List<Announcement> announcements) {
    static final String STARTED = "attempt.started";
    static final String UPDATED = "attempt.updated";
    static final String COMPLETED = "attempt.completed";

    static Advance of(Attempt before, Report report, Instant now) {
        var changed = change(before, report, now);
        var interactions =
                report.content()
                        .map(RuntimeReport::interactions)
                        .orElseGet(() -> AttemptStatusReader.interactions(before.payload()));
        boolean firstOpening = before.started().isEmpty() && report.presence() == Presence.OPEN;
        return told(before, changed, interactions, firstOpening ? STARTED : UPDATED, now);
    }

    /// Raises `type` if the AttemptStatus differs from what was told, and attempt.completed if that is due.
    static Advance told(
            Attempt before,
            Attempt changed,
            List<Interaction> interactions,
            String type,
            Instant now) {
        var payload = new Payload(AttemptStatusJson.write(changed.status(interactions)));
        var announcements = new ArrayList<Announcement>(2);
        var after = changed;
        if (!payload.equals(before.payload())) {
            after = after.told(before.version() + 1, payload);
            announcements.add(announcement(type, after, now));
        }
        return completed(after, announcements, now);
    }

    /// Raises for an attempt as it is what nobody was told yet.
    static Advance untold(Attempt attempt, Instant now) {
        var after = attempt.told(attempt.version() + 1, attempt.payload());
        var announcements = new ArrayList<Announcement>(2);
        announcements.add(announcement(UPDATED, after, now));
        return completed(after, announcements, now);
    }

    private static Advance completed(Attempt after, List<Announcement> announcements, Instant now) {
        if (completionIsDue(after)) {
            after = after.completedTold(after.version() + 1, Digest.of(after.payload().bytes()));
            announcements.add(announcement(COMPLETED, after, now));
        }
        return new Advance(after, List.copyOf(announcements));
    }

    private static Attempt change(Attempt before, Report report, Instant now) {
        var progress =
                report.content()
                        .map(
                                content ->
                                        StatusRules.apply(
                                                before.progress(), content, before.policy()))
                        .orElse(before.progress())
                        .at(report.presence());
        var started = before.started().or(() -> Optional.of(now));
        var firstFinal =
                progress.isFinal()
                        ? before.firstFinal().or(() -> Optional.of(now))
                        : before.firstFinal();
        var seconds =
                before.durationSeconds()
                        .orElse(BigDecimal.ZERO)
                        .add(report.addedSeconds())
                        .max(BigDecimal.ZERO);
        return before.after(progress, new Attempt.Times(started, firstFinal, Optional.of(seconds)));
    }

    // Final, nobody inside, and not what was told as completed before.
    private static boolean completionIsDue(Attempt attempt) {
        return attempt.progress().isFinal()
                && attempt.progress().presence() != Presence.OPEN
                && !attempt.announced().equals(Optional.of(Digest.of(attempt.payload().bytes())));
    }

    private static Announcement announcement(String type, Attempt attempt, Instant now) {
        return new Announcement(
                type,
                attempt.key().client(),
                attempt.user().id(),
                attempt.activity().id(),
                Optional.of(attempt.key().id().value()),
                attempt.version(),
                attributes(attempt),
                attempt.payload().bytes(),
                now);
    }

    private static Map<String, String> attributes(Attempt attempt) {
        return Map.of(
                "activityId", attempt.activity().id().toString(),
                "itemId", attempt.item().id().toString(),
                "status", StatusRules.status(attempt.progress()).word(),
                "dataSource", attempt.dataSource().word());
    }
}
