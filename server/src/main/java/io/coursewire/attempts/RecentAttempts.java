package io.coursewire.attempts;

import io.coursewire.kernel.Recent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import org.jdbi.v3.core.Handle;

/// Attempts as this node wrote them last, so that the next report of one reads nothing.
///
/// Never trusted: who writes a remembered attempt checks in the same statement that nobody else did
/// meanwhile, and the revision of its client tells whether what reports quote (titles, the participant's
/// name, settings) is still the same.
final class RecentAttempts {
    private static final long BYTES_MAX =
            Math.min(64L << 20, Runtime.getRuntime().maxMemory() / 32);
    private static final int BYTES_BESIDE_PAYLOAD = 1_000;

    private record Kept(Attempt attempt, int writtenBy, long revision) {
        long bytes() {
            return attempt.payload().bytes().length + BYTES_BESIDE_PAYLOAD;
        }
    }

    private final AttemptStore store;
    private final Recent<AttemptKey, Kept> kept = new Recent<>(BYTES_MAX, Kept::bytes);

    RecentAttempts(AttemptStore store) {
        this.store = store;
    }

    /// Locks those that are not remembered.
    Taken take(Handle db, Collection<AttemptKey> keys) {
        var moment = store.moment(db, keys.stream().map(AttemptKey::client));
        var attempts = new HashMap<AttemptKey, Attempt>();
        var writtenBy = new HashMap<AttemptKey, Integer>();
        var unknown = new ArrayList<AttemptKey>();
        for (var key : keys) {
            kept.get(key)
                    .filter(k -> k.revision == moment.revisions().get(key.client()))
                    .ifPresentOrElse(
                            k -> {
                                attempts.put(key, k.attempt);
                                writtenBy.put(key, k.writtenBy);
                            },
                            () -> unknown.add(key));
        }
        if (!unknown.isEmpty()) {
            attempts.putAll(store.lock(db, unknown));
        }
        return new Taken(moment.transaction(), moment.revisions(), attempts, writtenBy);
    }

    /// After the commit.
    void remember(Taken taken) {
        for (var attempt : taken.after()) {
            var revision = taken.revision(attempt.key().client());
            kept.put(attempt.key(), new Kept(attempt, taken.transaction(), revision));
        }
    }

    void forget(Collection<AttemptKey> keys) {
        keys.forEach(kept::forget);
    }
}
