package io.coursewire.kernel;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// Remembers what was looked up for a short while, so that hot paths spare the database a question. What
/// is not found is not remembered. [#forget] takes effect at once, also on a look-up under way.
public final class BriefMemory<K, V> {
    public static final int ENTRIES_MAX = 10_000;

    private record Entry<V>(V value, long untilNanos) {}

    private final Map<K, Entry<V>> entries = new HashMap<>();
    private final long rememberedNanos;
    private long forgotten;

    public BriefMemory(Duration remembered) {
        this.rememberedNanos = remembered.toNanos();
    }

    public Optional<V> get(K key, Function<K, Optional<V>> lookUp) {
        long forgottenBefore;
        synchronized (this) {
            var entry = entries.get(key);
            if (entry != null && System.nanoTime() - entry.untilNanos < 0) {
                return Optional.of(entry.value);
            }
            forgottenBefore = forgotten;
        }
        var found = lookUp.apply(key);
        found.ifPresent(value -> remember(key, value, forgottenBefore));
        return found;
    }

    public synchronized void forget(K key) {
        forgotten++;
        entries.remove(key);
    }

    private synchronized void remember(K key, V value, long forgottenBefore) {
        // What was read before something was forgotten may be what was to be forgotten.
        if (forgotten == forgottenBefore) {
            if (entries.size() >= ENTRIES_MAX) {
                entries.clear();
            }
            entries.put(key, new Entry<>(value, System.nanoTime() + rememberedNanos));
        }
    }
}
