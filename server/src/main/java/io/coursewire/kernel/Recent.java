package io.coursewire.kernel;

import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.function.Supplier;

/// Keeps the most recently used values, up to a number. Absence is not kept.
public final class Recent<K, V> {
    private final int max;
    private final LinkedHashMap<K, V> kept = new LinkedHashMap<>(16, 0.75f, true);

    public Recent(int max) {
        this.max = max;
    }

    public synchronized Optional<V> get(K key) {
        return Optional.ofNullable(kept.get(key));
    }

    /// For what never changes.
    public Optional<V> get(K key, Supplier<Optional<V>> read) {
        var found = get(key);
        return found.isPresent() ? found : keep(key, read.get());
    }

    public synchronized void put(K key, V value) {
        kept.put(key, value);
        if (kept.size() > max) {
            kept.pollFirstEntry();
        }
    }

    private Optional<V> keep(K key, Optional<V> value) {
        value.ifPresent(found -> put(key, found));
        return value;
    }
}
