package io.coursewire.packages.scorm2004;

/// `adlcp:completionThreshold`. The second and third edition give the threshold as text and mean completedByMeasure by it.
public record CompletionThreshold(
        boolean completedByMeasure, double minProgressMeasure, double progressWeight) {
    static final CompletionThreshold NONE = new CompletionThreshold(false, 1, 1);

    public CompletionThreshold {
        Range.UNIT.require(minProgressMeasure);
        Range.UNIT.require(progressWeight);
    }
}
