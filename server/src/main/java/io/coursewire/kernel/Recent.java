package io.coursewire.kernel;

import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/// Keeps the most recently used values, up to a total weight. Absence is not kept.
public final class Recent<K, V> {
    private final long max;
    private final ToLongFunction<V> weigh;
    private final LinkedHashMap<K, V> kept = new LinkedHashMap<>(16, 0.75f, true);
    private long weight;

    /// `max` values.
    public Recent(int max) {
        this(max, _ -> 1);
    }

    /// Values of `max` in all. `weigh` always answers the same of one value.
    public Recent(long max, ToLongFunction<V> weigh) {
        this.max = max;
        this.weigh = weigh;
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
        weight += weigh.applyAsLong(value) - weightOf(kept.put(key, value));
        while (weight > max) {
            weight -= weightOf(kept.pollFirstEntry().getValue());
        }
    }

    public synchronized void forget(K key) {
        weight -= weightOf(kept.remove(key));
    }

    private Optional<V> keep(K key, Optional<V> value) {
        value.ifPresent(found -> put(key, found));
        return value;
    }

    private long weightOf(V value) {
        return value == null ? 0 : weigh.applyAsLong(value);
    }
}
