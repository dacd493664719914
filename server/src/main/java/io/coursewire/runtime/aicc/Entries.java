package io.coursewire.runtime.aicc;

import io.coursewire.runtime.Elements;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// A numbered collection of the data model (`cmi.objectives.`) that one request adds to.
final class Entries {
    private static final int INDEX_DIGITS_MAX = 6;

    private final String collection;
    private final NavigableMap<Integer, Elements> entries = new TreeMap<>();
    private final Map<String, Integer> byId = new HashMap<>();
    private final Set<Map<String, String>> known = new HashSet<>();

    /// @param collection its name, with the dot at its end
    Entries(Elements stored, String collection) {
        this.collection = collection;
        for (String name : stored.below(collection).keySet()) {
            index(name.substring(collection.length()))
                    .filter(n -> !entries.containsKey(n))
                    .ifPresent(n -> put(n, stored.within(collection + n + ".")));
        }
    }

    private static Optional<Integer> index(String rest) {
        int dot = rest.indexOf('.');
        var digits = dot < 0 ? rest : rest.substring(0, dot);
        boolean isNumber =
                !digits.isEmpty()
                        && digits.length() <= INDEX_DIGITS_MAX
                        && digits.chars().allMatch(c -> c >= '0' && c <= '9');
        return isNumber ? Optional.of(Integer.parseInt(digits)) : Optional.empty();
    }

    /// The prefix of the entry's elements: of the one with that id, else of a new one.
    String withId(String id) {
        return byId.containsKey(id)
                ? collection + byId.get(id)
                : add(Elements.of(Map.of("id", id)));
    }

    boolean contains(Map<String, String> entry) {
        return known.contains(entry);
    }

    /// The prefix of a new entry's elements.
    String add(Elements entry) {
        int next = entries.isEmpty() ? 0 : entries.lastKey() + 1;
        put(next, entry);
        return collection + next;
    }

    private void put(int index, Elements entry) {
        entries.put(index, entry);
        entry.get("id").ifPresent(id -> byId.merge(id, index, Math::min));
        known.add(entry.asMap());
    }
}
