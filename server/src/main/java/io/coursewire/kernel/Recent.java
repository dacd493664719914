package io.coursewire.kernel;

import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/// Keeps the most recently used values, up to a number or a weight. Absence is not kept.
public final class Recent<K, V> {
    private final long max;
    private final ToLongFunction<V> weight;
    private final LinkedHashMap<K, V> kept = new LinkedHashMap<>(16, 0.75f, true);
    private long total;

    public Recent(int max) {
        this(max, _ -> 1);
    }

    /// @param max weight of all values together; a value that is heavier alone is not kept
    /// @param weight of a value, always the same
    public Recent(long max, ToLongFunction<V> weight) {
        this.max = max;
        this.weight = weight;
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
        remove(kept.remove(key));
        if (weight.applyAsLong(value) > max) {
            return;
        }
        kept.put(key, value);
        total += weight.applyAsLong(value);
        while (total > max) {
            remove(kept.pollFirstEntry().getValue());
        }
    }

    private void remove(V value) {
        total -= value == null ? 0 : weight.applyAsLong(value);
    }

    private Optional<V> keep(K key, Optional<V> value) {
        value.ifPresent(found -> put(key, found));
        return value;
    }
}
