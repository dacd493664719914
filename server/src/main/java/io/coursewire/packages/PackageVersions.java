package io.coursewire.packages;

import io.coursewire.kernel.ActivityId;
import io.coursewire.kernel.ClientId;
import java.util.LinkedHashMap;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;

/// Reads package versions for the run times. A version never changes, so the most recently used are kept.
public final class PackageVersions {
    public static final int KEPT_MAX = 500;

    private record Key(ClientId client, ActivityId activity, int version) {}

    private final Jdbi jdbi;
    private final PackageVersionStore store = new PackageVersionStore();
    private final LinkedHashMap<Key, PackageVersion> kept = new LinkedHashMap<>(16, 0.75f, true);

    public PackageVersions(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /// Empty for an activity without a package and for a version that was never brought.
    public Optional<PackageVersion> find(ClientId client, ActivityId activity, int version) {
        var key = new Key(client, activity, version);
        return kept(key).or(() -> read(key));
    }

    private Optional<PackageVersion> kept(Key key) {
        synchronized (kept) {
            return Optional.ofNullable(kept.get(key));
        }
    }

    private Optional<PackageVersion> read(Key key) {
        var found = jdbi.withHandle(db -> store.find(db, key.client, key.activity, key.version));
        found.ifPresent(version -> keep(key, version));
        return found;
    }

    private void keep(Key key, PackageVersion version) {
        synchronized (kept) {
            kept.put(key, version);
            if (kept.size() > KEPT_MAX) {
                kept.pollFirstEntry();
            }
        }
    }
}
