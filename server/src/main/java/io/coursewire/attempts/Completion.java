package io.coursewire.attempts;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Whether content is finished, as far as anyone said so.
public enum Completion {
    UNKNOWN("unknown"),
    INCOMPLETE("incomplete"),
    COMPLETED("completed");

    private static final Map<String, Completion> BY_WORD =
            Arrays.stream(values())
                    .collect(Collectors.toMap(Completion::word, Function.identity()));

    private final String word;

    Completion(String word) {
        this.word = word;
    }

    /// The word used in JSON and in the database.
    public String word() {
        return word;
    }

    public static Optional<Completion> of(String word) {
        return Optional.ofNullable(BY_WORD.get(word));
    }
}
