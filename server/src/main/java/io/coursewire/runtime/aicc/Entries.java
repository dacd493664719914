package io.coursewire.runtime.aicc;

import io.coursewire.runtime.Elements;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// A numbered collection of the data model (`cmi.objectives.`) that one request adds to.
final class Entries {
    private static final int INDEX_DIGITS_MAX = 6;

    private final String collection;
    private final Map<Integer, Elements> entries = new TreeMap<>();

    /// @param collection its name, with the dot at its end
    Entries(Elements stored, String collection) {
        this.collection = collection;
        for (String name : stored.below(collection).keySet()) {
            index(name.substring(collection.length()))
                    .ifPresent(
                            n ->
                                    entries.computeIfAbsent(
                                            n, _ -> stored.within(collection + n + ".")));
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
        return entries.entrySet().stream()
                .filter(entry -> entry.getValue().get("id").filter(id::equals).isPresent())
                .findFirst()
                .map(entry -> collection + entry.getKey())
                .orElseGet(() -> add(Elements.of(Map.of("id", id))));
    }

    boolean contains(Map<String, String> entry) {
        return entries.values().stream().anyMatch(known -> known.asMap().equals(entry));
    }

    /// The prefix of a new entry's elements.
    String add(Elements entry) {
        int next = entries.keySet().stream().reduce(-1, Math::max) + 1;
        entries.put(next, entry);
        return collection + next;
    }
}
