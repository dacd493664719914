package io.coursewire.runtime.launch;

import io.coursewire.kernel.LaunchId;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.function.Supplier;

/// The courses of the launches most recently played, kept in memory: with each commit they are asked
/// where it leads. Empty for those that have no sequencing.
final class RecentCourses {
    static final int KEPT_MAX = 2_000;

    private final LinkedHashMap<LaunchId, Optional<SequencedCourse>> kept =
            new LinkedHashMap<>(16, 0.75f, true);

    Optional<SequencedCourse> of(LaunchId launch, Supplier<Optional<SequencedCourse>> read) {
        synchronized (kept) {
            var known = kept.get(launch);
            if (known != null) {
                return known;
            }
        }
        var found = read.get();
        synchronized (kept) {
            kept.put(launch, found);
            if (kept.size() > KEPT_MAX) {
                kept.pollFirstEntry();
            }
        }
        return found;
    }
}
