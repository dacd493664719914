package io.coursewire.runtime;

import java.util.Arrays;
import java.util.Optional;

/// For what content is opened: to take it, to look again at a final attempt, or to look without storing
/// a result.
public enum Mode {
    NORMAL("normal"),
    REVIEW("review"),
    BROWSE("browse");

    private final String word;

    Mode(String word) {
        this.word = word;
    }

    public String word() {
        return word;
    }

    public static Optional<Mode> of(String word) {
        return Arrays.stream(values()).filter(mode -> mode.word.equals(word)).findFirst();
    }
}
