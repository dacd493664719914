package io.coursewire.packages.scorm2004;

/// One condition of a sequencing rule.
///
/// @param referencedObjective a local objective id, or empty for the primary objective
/// @param measureThreshold -1 to 1, for the two measure comparisons
public record RuleCondition(
        Condition condition, boolean negated, String referencedObjective, double measureThreshold) {
    public RuleCondition {
        Range.MEASURE.require(measureThreshold);
    }
}
