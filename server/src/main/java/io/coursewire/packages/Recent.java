package io.coursewire.packages;

import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.function.Supplier;

/// Keeps the most recently used values of what never changes. Absence is not kept.
final class Recent<K, V> {
    private final int max;
    private final LinkedHashMap<K, V> kept = new LinkedHashMap<>(16, 0.75f, true);

    Recent(int max) {
        this.max = max;
    }

    Optional<V> get(K key, Supplier<Optional<V>> read) {
        var found = kept(key);
        return found.isPresent() ? found : keep(key, read.get());
    }

    private synchronized Optional<V> kept(K key) {
        return Optional.ofNullable(kept.get(key));
    }

    private synchronized Optional<V> keep(K key, Optional<V> value) {
        value.ifPresent(found -> kept.put(key, found));
        if (kept.size() > max) {
            kept.pollFirstEntry();
        }
        return value;
    }
}
