package io.coursewire.attempts;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Where the participant is with respect to the content.
public enum Presence {
    NEVER_OPENED("neverOpened"),
    OPEN("open"),
    SUSPENDED("suspended"),
    LEFT("left"),
    VANISHED("vanished");

    private static final Map<String, Presence> BY_WORD =
            Arrays.stream(values()).collect(Collectors.toMap(Presence::word, Function.identity()));

    private final String word;

    Presence(String word) {
        this.word = word;
    }

    /// The word used in JSON and in the database.
    public String word() {
        return word;
    }

    public static Optional<Presence> of(String word) {
        return Optional.ofNullable(BY_WORD.get(word));
    }
}
