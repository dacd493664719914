package io.coursewire.catalog;

import io.coursewire.kernel.Json;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.core.type.TypeReference;

/// A title in one or more languages, by language tag.
public record Titles(SortedMap<String, String> byLanguage) {
    public static final int LANGUAGES_MAX = 100;
    public static final int CHARS_MAX = 1_000;

    public Titles {
        if (byLanguage.isEmpty()) {
            throw new IllegalArgumentException("a title needs a language");
        }
        byLanguage = Collections.unmodifiableSortedMap(new TreeMap<>(byLanguage));
    }

    public Titles(Map<String, String> byLanguage) {
        this(new TreeMap<>(byLanguage));
    }

    /// A title in a language that nobody named.
    public static Titles of(String title) {
        return new Titles(Map.of(Language.UNDETERMINED.tag(), title));
    }

    /// The title in the language; where it is missing, in a variant of it, in one that nobody named, or in
    /// any other, and always the same one.
    public String in(Language language) {
        return Optional.ofNullable(byLanguage.get(language.tag()))
                .or(() -> Optional.ofNullable(byLanguage.get(language.primary())))
                .or(() -> variant(language.primary()))
                .or(() -> Optional.ofNullable(byLanguage.get(Language.UNDETERMINED.tag())))
                .orElseGet(() -> byLanguage.get(byLanguage.firstKey()));
    }

    public String json() {
        return Json.MAPPER.writeValueAsString(byLanguage);
    }

    static Titles stored(String json) {
        return new Titles(Json.MAPPER.readValue(json, new TypeReference<Map<String, String>>() {}));
    }

    private Optional<String> variant(String primary) {
        return byLanguage.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(primary + "-"))
                .map(Map.Entry::getValue)
                .findFirst();
    }
}
