package io.coursewire.packages.scorm2004;

/// The conditions of sequencing rules. Rollup conditions are the ones that look at the tracked state alone.
public enum Condition {
    SATISFIED("satisfied", true),
    OBJECTIVE_STATUS_KNOWN("objectiveStatusKnown", true),
    OBJECTIVE_MEASURE_KNOWN("objectiveMeasureKnown", true),
    OBJECTIVE_MEASURE_GREATER_THAN("objectiveMeasureGreaterThan", false),
    OBJECTIVE_MEASURE_LESS_THAN("objectiveMeasureLessThan", false),
    COMPLETED("completed", true),
    ACTIVITY_PROGRESS_KNOWN("activityProgressKnown", true),
    ATTEMPTED("attempted", true),
    ATTEMPT_LIMIT_EXCEEDED("attemptLimitExceeded", true),
    TIME_LIMIT_EXCEEDED("timeLimitExceeded", true),
    OUTSIDE_AVAILABLE_TIME_RANGE("outsideAvailableTimeRange", true),
    ALWAYS("always", false);

    private final String word;
    private final boolean rollup;

    Condition(String word, boolean rollup) {
        this.word = word;
        this.rollup = rollup;
    }

    public String word() {
        return word;
    }

    boolean isOfMeasure() {
        return this == OBJECTIVE_MEASURE_KNOWN
                || this == OBJECTIVE_MEASURE_GREATER_THAN
                || this == OBJECTIVE_MEASURE_LESS_THAN;
    }

    boolean usableInRollup() {
        return rollup;
    }
}
