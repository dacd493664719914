package io.coursewire.attempts;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/// The type of an interaction.
public enum QuestionType {
    TRUE_FALSE("true-false"),
    CHOICE("choice"),
    FILL_IN("fill-in"),
    LONG_FILL_IN("long-fill-in"),
    LIKERT("likert"),
    MATCHING("matching"),
    PERFORMANCE("performance"),
    SEQUENCING("sequencing"),
    NUMERIC("numeric"),
    OTHER("other");

    private static final Map<String, QuestionType> BY_WORD =
            Arrays.stream(values())
                    .collect(Collectors.toMap(QuestionType::word, Function.identity()));

    private final String word;

    QuestionType(String word) {
        this.word = word;
    }

    /// The word used in JSON and in the database.
    public String word() {
        return word;
    }

    public static Optional<QuestionType> of(String word) {
        return Optional.ofNullable(BY_WORD.get(word));
    }
}
