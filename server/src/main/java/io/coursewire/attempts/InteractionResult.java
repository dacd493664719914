package io.coursewire.attempts;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/// The judgement of an answer; `real` stands for a number that content gave instead of a word.
public enum InteractionResult {
    CORRECT("correct"),
    INCORRECT("incorrect"),
    UNANTICIPATED("unanticipated"),
    NEUTRAL("neutral"),
    REAL("real");

    private static final Map<String, InteractionResult> BY_WORD =
            Arrays.stream(values())
                    .collect(Collectors.toMap(InteractionResult::word, Function.identity()));

    private final String word;

    InteractionResult(String word) {
        this.word = word;
    }

    /// The word used in JSON and in the database.
    public String word() {
        return word;
    }

    public static Optional<InteractionResult> of(String word) {
        return Optional.ofNullable(BY_WORD.get(word));
    }
}
