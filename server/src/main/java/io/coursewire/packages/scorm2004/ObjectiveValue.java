package io.coursewire.packages.scorm2004;

/// What is tracked for an objective. A status is 1 for true and 0 for false wherever it is kept as a number.
public enum ObjectiveValue {
    SATISFIED_STATUS("SatisfiedStatus", false),
    NORMALIZED_MEASURE("NormalizedMeasure", false),
    RAW_SCORE("RawScore", true),
    MIN_SCORE("MinScore", true),
    MAX_SCORE("MaxScore", true),
    COMPLETION_STATUS("CompletionStatus", true),
    PROGRESS_MEASURE("ProgressMeasure", true);

    private final String suffix;
    private final boolean fourthEdition;

    ObjectiveValue(String suffix, boolean fourthEdition) {
        this.suffix = suffix;
        this.fourthEdition = fourthEdition;
    }

    /// Whether `adlseq:mapInfo` maps it, as opposed to `imsss:mapInfo`.
    public boolean fourthEdition() {
        return fourthEdition;
    }

    String readAttribute() {
        return "read" + suffix;
    }

    String writeAttribute() {
        return "write" + suffix;
    }
}
