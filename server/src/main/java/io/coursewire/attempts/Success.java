package io.coursewire.attempts;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Whether the participant passed, as far as anyone said so. The order is the order in which a later report may raise it.
public enum Success {
    UNKNOWN("unknown"),
    FAILED("failed"),
    PASSED("passed");

    private static final Map<String, Success> BY_WORD =
            Arrays.stream(values()).collect(Collectors.toMap(Success::word, Function.identity()));

    private final String word;

    Success(String word) {
        this.word = word;
    }

    /// The word used in JSON and in the database.
    public String word() {
        return word;
    }

    public static Optional<Success> of(String word) {
        return Optional.ofNullable(BY_WORD.get(word));
    }
}
