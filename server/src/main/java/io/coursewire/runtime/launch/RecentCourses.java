package io.coursewire.runtime.launch;

import io.coursewire.kernel.LaunchId;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.function.Supplier;

/// The courses of the launches most recently played, kept in memory: with each commit they are asked
/// where it leads. Empty for those in which commits open
/// nothing.
final class RecentCourses<C> {
    static final int KEPT_MAX = 2_000;

    private final LinkedHashMap<LaunchId, Optional<C>> kept = new LinkedHashMap<>(16, 0.75f, true);

    Optional<C> of(LaunchId launch, Supplier<Optional<C>> read) {
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
