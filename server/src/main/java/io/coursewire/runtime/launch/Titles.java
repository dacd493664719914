package io.coursewire.runtime.launch;

import java.util.Map;
import java.util.TreeMap;

/// Titles by language; the same choice that the database makes with `title_in`.
final class Titles {
    private Titles() {}

    /// In the wanted language, else in its primary language, else in any.
    static String in(Map<String, String> titles, String language) {
        var primary = language.split("-", 2)[0];
        if (titles.containsKey(language)) {
            return titles.get(language);
        }
        if (titles.containsKey(primary)) {
            return titles.get(primary);
        }
        return new TreeMap<>(titles).values().stream().findFirst().orElse("");
    }
}
