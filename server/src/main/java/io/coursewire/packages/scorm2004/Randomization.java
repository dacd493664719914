package io.coursewire.packages.scorm2004;

import java.util.OptionalInt;

/// `randomizationControls`: which children are offered, and in which order.
public record Randomization(
        Timing selectionTiming,
        OptionalInt selectCount,
        Timing randomizationTiming,
        boolean reorderChildren) {
    static final Randomization NONE =
            new Randomization(Timing.NEVER, OptionalInt.empty(), Timing.NEVER, false);

    public enum Timing {
        NEVER("never"),
        ONCE("once"),
        ON_EACH_NEW_ATTEMPT("onEachNewAttempt");

        private final String word;

        Timing(String word) {
            this.word = word;
        }

        String word() {
            return word;
        }
    }
}
