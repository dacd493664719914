package io.coursewire.runtime.launch;

import io.coursewire.kernel.LaunchId;
import io.coursewire.kernel.Recent;
import java.util.Optional;
import java.util.function.Supplier;

/// The courses of the launches most recently played, kept in memory: with each commit they are asked
/// where it leads. Empty for those in which commits open nothing: most of them, and next to nothing to keep.
final class RecentCourses<C> {
    static final int KEPT_MAX = 2_000;
    static final int EMPTY_KEPT_MAX = 50_000;

    private final Recent<LaunchId, C> kept = new Recent<>(KEPT_MAX);
    private final Recent<LaunchId, Boolean> empty = new Recent<>(EMPTY_KEPT_MAX);

    Optional<C> of(LaunchId launch, Supplier<Optional<C>> read) {
        if (empty.get(launch).isPresent()) {
            return Optional.empty();
        }
        var found = kept.get(launch, read);
        if (found.isEmpty()) {
            empty.put(launch, true);
        }
        return found;
    }
}
