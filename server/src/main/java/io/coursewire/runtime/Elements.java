package io.coursewire.runtime;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/// What content said in an attempt, verbatim: data-model element to value, by the names of its standard
/// (`cmi.core.lesson_status`). Immutable.
///
/// Two arrays in the order of names rather than a tree: each commit makes one anew from the one before, and
/// those of the participants under way are kept in memory.
public final class Elements {
    public static final Elements NONE = new Elements(new String[0], new String[0]);

    private final String[] names;
    private final String[] values;

    private Elements(String[] names, String[] values) {
        this.names = names;
        this.values = values;
    }

    public static Elements of(Map<String, String> values) {
        var sorted = new TreeMap<>(values);
        return new Elements(
                sorted.keySet().toArray(String[]::new), sorted.values().toArray(String[]::new));
    }

    /// Empty where content never set it, or set it to nothing.
    public Optional<String> get(String name) {
        int place = place(name);
        return place < 0
                ? Optional.empty()
                : Optional.of(values[place]).filter(value -> !value.isBlank());
    }

    public Elements with(Map<String, String> changes) {
        var changed = values.clone();
        var added = new TreeMap<String, String>();
        changes.forEach(
                (name, value) -> {
                    int place = place(name);
                    if (place < 0) {
                        added.put(name, value);
                    } else {
                        changed[place] = value;
                    }
                });
        var elements = new Elements(names, changed);
        return added.isEmpty() ? elements : elements.merged(added);
    }

    public Elements without(Predicate<String> name) {
        int[] places = IntStream.range(0, names.length).filter(p -> !name.test(names[p])).toArray();
        return new Elements(
                Arrays.stream(places).mapToObj(p -> names[p]).toArray(String[]::new),
                Arrays.stream(places).mapToObj(p -> values[p]).toArray(String[]::new));
    }

    /// All elements whose names start so, in the order of names.
    public Map<String, String> below(String prefix) {
        return new Range(from(prefix), from(prefix + Character.MAX_VALUE));
    }

    /// The same by what follows the prefix in their names.
    public Elements within(String prefix) {
        int from = from(prefix);
        int to = from(prefix + Character.MAX_VALUE);
        return new Elements(
                Arrays.stream(names, from, to)
                        .map(name -> name.substring(prefix.length()))
                        .toArray(String[]::new),
                Arrays.copyOfRange(values, from, to));
    }

    public Map<String, String> asMap() {
        return new Range(0, names.length);
    }

    private Elements merged(TreeMap<String, String> added) {
        int count = names.length + added.size();
        var mergedNames = new String[count];
        var mergedValues = new String[count];
        int taken = 0;
        for (int place = 0; place < count; place++) {
            var next = added.firstEntry();
            if (taken < names.length
                    && (next == null || names[taken].compareTo(next.getKey()) < 0)) {
                mergedNames[place] = names[taken];
                mergedValues[place] = values[taken++];
            } else {
                mergedNames[place] = next.getKey();
                mergedValues[place] = next.getValue();
                added.pollFirstEntry();
            }
        }
        return new Elements(mergedNames, mergedValues);
    }

    private int place(String name) {
        return Arrays.binarySearch(names, name);
    }

    private int from(String name) {
        int place = place(name);
        return place < 0 ? -place - 1 : place;
    }

    /// A view of some of them.
    private final class Range extends AbstractMap<String, String> {
        private final int from;
        private final int to;

        Range(int from, int to) {
            this.from = from;
            this.to = to;
        }

        @Override
        public String get(Object name) {
            int place = name instanceof String text ? place(text) : -1;
            return from <= place && place < to ? values[place] : null;
        }

        @Override
        public boolean containsKey(Object name) {
            return get(name) != null;
        }

        @Override
        public void forEach(BiConsumer<? super String, ? super String> action) {
            for (int place = from; place < to; place++) {
                action.accept(names[place], values[place]);
            }
        }

        @Override
        public Set<Entry<String, String>> entrySet() {
            return new AbstractSet<>() {
                @Override
                public Iterator<Entry<String, String>> iterator() {
                    return new Places(from, to);
                }

                @Override
                public int size() {
                    return to - from;
                }
            };
        }
    }

    private final class Places implements Iterator<Map.Entry<String, String>> {
        private final int to;
        private int next;

        Places(int from, int to) {
            this.next = from;
            this.to = to;
        }

        @Override
        public boolean hasNext() {
            return next < to;
        }

        @Override
        public Map.Entry<String, String> next() {
            if (next >= to) {
                throw new NoSuchElementException();
            }
            return Map.entry(names[next], values[next++]);
        }
    }
}
