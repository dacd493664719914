package io.coursewire.runtime.launch;

import io.coursewire.kernel.LaunchId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// The courses of the launches most recently played, kept in memory: with each commit they are asked
/// where it leads. Empty for those in which commits open nothing: most of them, and next to nothing to keep.
final class RecentCourses<C> {
    static final int KEPT_MAX = 2_000;
    static final int EMPTY_KEPT_MAX = 50_000;

    private final Map<LaunchId, Optional<C>> kept = newest(KEPT_MAX);
    private final Map<LaunchId, Optional<C>> empty = newest(EMPTY_KEPT_MAX);

    Optional<C> of(LaunchId launch, Supplier<Optional<C>> read) {
        synchronized (kept) {
            var known = empty.getOrDefault(launch, kept.get(launch));
            if (known != null) {
                return known;
            }
        }
        var found = read.get();
        synchronized (kept) {
            (found.isPresent() ? kept : empty).put(launch, found);
        }
        return found;
    }

    private static <K, V> Map<K, V> newest(int max) {
        return new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
                return size() > max;
            }
        };
    }
}
