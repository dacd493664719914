package io.coursewire.offline;

import io.coursewire.attempts.Payload;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Puts together what was told of an attempt and what was changed by hand: every version with its cause. Pure.
final class HistoryRules {
    private HistoryRules() {}

    /// One version as it was told.
    record Told(String event, long version, Instant at, Payload attempt) {}

    /// `changes` in their order; `now` is the attempt as it stands.
    static List<Version> versions(List<Told> told, List<Change> changes, Payload now) {
        var versions = new ArrayList<Version>();
        for (var one : told) {
            versions.add(
                    new Version(
                            one.version(),
                            Optional.of(one.event()),
                            Optional.of(one.at()),
                            cause(one, changes),
                            one.attempt()));
        }
        for (int i = 0; i < changes.size(); i++) {
            addUntold(changes, i, told, now, versions);
        }
        versions.sort(Comparator.comparingLong(Version::version));
        return List.copyOf(versions);
    }

    /// A change that no event tells of any more, or ever did; and what stood before the first one.
    private static void addUntold(
            List<Change> changes, int i, List<Told> told, Payload now, List<Version> versions) {
        var change = changes.get(i);
        if (i == 0 && change.before().isPresent() && !isTold(told, 0, change.versionBefore())) {
            versions.add(
                    new Version(
                            change.versionBefore(),
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty(),
                            change.before().get()));
        }
        if (!isTold(told, change.versionBefore(), change.versionAfter())) {
            var after = i + 1 < changes.size() ? changes.get(i + 1).before().orElse(now) : now;
            versions.add(
                    new Version(
                            change.versionAfter(),
                            Optional.empty(),
                            Optional.of(change.at()),
                            Optional.of(change),
                            after));
        }
    }

    private static boolean isTold(List<Told> told, long above, long upTo) {
        return told.stream().anyMatch(one -> one.version() > above && one.version() <= upTo);
    }

    // What an import brought is told later, with versions of then: the newest change before is its
    // cause.
    private static Optional<Change> cause(Told told, List<Change> changes) {
        var exact =
                changes.stream()
                        .filter(
                                change ->
                                        told.version() > change.versionBefore()
                                                && told.version() <= change.versionAfter())
                        .findFirst();
        return exact.or(
                () ->
                        changes.stream()
                                .filter(change -> change.versionAfter() == change.versionBefore())
                                .filter(change -> change.versionAfter() < told.version())
                                .filter(change -> !change.at().isAfter(told.at()))
                                .reduce((_, last) -> last));
    }
}
