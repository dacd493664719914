package io.coursewire.packages.scorm2004;

/// `childActivitySet`: how many of the children have to meet a rollup rule's conditions.
public sealed interface ChildSet {
    record All() implements ChildSet {}

    record Any() implements ChildSet {}

    record None() implements ChildSet {}

    record AtLeastCount(int minimum) implements ChildSet {}

    /// @param minimum 0 to 1
    record AtLeastPercent(double minimum) implements ChildSet {
        public AtLeastPercent {
            Range.UNIT.require(minimum);
        }
    }
}
