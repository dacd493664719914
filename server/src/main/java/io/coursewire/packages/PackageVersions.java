package io.coursewire.packages;

import io.coursewire.kernel.ActivityId;
import io.coursewire.kernel.ClientId;
import io.coursewire.kernel.Recent;
import io.coursewire.packages.PackageVersionStore.Stored;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;

/// Reads package versions for the run times. A version never changes, so the most recently used are kept.
public final class PackageVersions {
    // Read, a package takes some five times the memory of what is stored of it.
    private static final int PART_OF_HEAP = 80;

    private record Key(ClientId client, ActivityId activity, int version) {}

    private final Jdbi jdbi;
    private final PackageVersionStore store = new PackageVersionStore();
    private final Recent<Key, Stored> recent =
            new Recent<>(Runtime.getRuntime().maxMemory() / PART_OF_HEAP, Stored::manifestChars);

    public PackageVersions(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /// Empty for an activity without a package and for a version that was never brought.
    public Optional<PackageVersion> find(ClientId client, ActivityId activity, int version) {
        return recent.get(
                        new Key(client, activity, version),
                        () ->
                                jdbi.withHandle(
                                        db -> store.findStored(db, client, activity, version)))
                .map(Stored::version);
    }
}
