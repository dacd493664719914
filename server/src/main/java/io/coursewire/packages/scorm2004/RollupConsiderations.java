package io.coursewire.packages.scorm2004;

/// `adlseq:rollupConsiderations`: when a child counts for each of its parent's four states.
public record RollupConsiderations(
        Required satisfied,
        Required notSatisfied,
        Required completed,
        Required incomplete,
        boolean measureSatisfactionIfActive) {
    static final RollupConsiderations DEFAULT =
            new RollupConsiderations(
                    Required.ALWAYS, Required.ALWAYS, Required.ALWAYS, Required.ALWAYS, true);

    public enum Required {
        ALWAYS("always"),
        IF_ATTEMPTED("ifAttempted"),
        IF_NOT_SKIPPED("ifNotSkipped"),
        IF_NOT_SUSPENDED("ifNotSuspended");

        private final String word;

        Required(String word) {
            this.word = word;
        }

        String word() {
            return word;
        }
    }

    public Required requiredFor(RollupRule.Action action) {
        return switch (action) {
            case SATISFIED -> satisfied;
            case NOT_SATISFIED -> notSatisfied;
            case COMPLETED -> completed;
            case INCOMPLETE -> incomplete;
        };
    }
}
