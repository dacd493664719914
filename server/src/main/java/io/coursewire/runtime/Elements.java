package io.coursewire.runtime;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/// What content said in an attempt, verbatim: data-model element to value, by the names of its standard
/// (`cmi.core.lesson_status`). Immutable.
public final class Elements {
    public static final Elements NONE = new Elements(new TreeMap<>());

    private final TreeMap<String, String> values;

    private Elements(TreeMap<String, String> values) {
        this.values = values;
    }

    public static Elements of(Map<String, String> values) {
        return new Elements(new TreeMap<>(values));
    }

    /// Empty where content never set it, or set it to nothing.
    public Optional<String> get(String name) {
        return Optional.ofNullable(values.get(name)).filter(value -> !value.isBlank());
    }

    public Elements with(Map<String, String> changes) {
        var merged = new TreeMap<>(values);
        merged.putAll(changes);
        return new Elements(merged);
    }

    public Elements without(Predicate<String> name) {
        var kept = new TreeMap<>(values);
        kept.keySet().removeIf(name);
        return new Elements(kept);
    }

    /// All elements whose names start so, in the order of names.
    public Map<String, String> below(String prefix) {
        return Collections.unmodifiableMap(values.subMap(prefix, prefix + Character.MAX_VALUE));
    }

    /// The same by what follows the prefix in their names.
    public Elements within(String prefix) {
        var inside = new TreeMap<String, String>();
        below(prefix).forEach((name, value) -> inside.put(name.substring(prefix.length()), value));
        return new Elements(inside);
    }

    public Map<String, String> asMap() {
        return Collections.unmodifiableMap(values);
    }
}
