package io.coursewire.catalog;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/// What a training item is.
public enum TrainingType {
    COURSE,
    LESSON,
    MODULE,
    ASSESSMENT,
    DOCUMENT,
    VIDEO,
    LINK,
    EVENT,
    SURVEY,
    UNKNOWN;

    /// By the words that the outside world uses.
    public static final Map<String, TrainingType> WORDS = words();

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static TrainingType stored(String word) {
        return WORDS.get(word);
    }

    private static Map<String, TrainingType> words() {
        var words = new LinkedHashMap<String, TrainingType>();
        for (var type : values()) {
            words.put(type.word(), type);
        }
        return Collections.unmodifiableMap(words);
    }
}
