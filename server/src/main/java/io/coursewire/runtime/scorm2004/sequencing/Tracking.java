package io.coursewire.runtime.scorm2004.sequencing;

import static io.coursewire.packages.scorm2004.ObjectiveValue.COMPLETION_STATUS;
import static io.coursewire.packages.scorm2004.ObjectiveValue.NORMALIZED_MEASURE;
import static io.coursewire.packages.scorm2004.ObjectiveValue.PROGRESS_MEASURE;
import static io.coursewire.packages.scorm2004.ObjectiveValue.SATISFIED_STATUS;

import io.coursewire.packages.scorm2004.ObjectiveValue;

/// Reads and writes objective and attempt progress, through the maps to global objectives (SN 3.10.3, 4.2.1). A mapped global
/// value is read in place of the local one, known or not; the values that the fourth edition added fall back on the local one.
/// Every write goes to the local value and to all mapped globals.
///
/// Activities that are not tracked know nothing and remember nothing.
final class Tracking {
    private static final double TRUE = 1;
    private static final double FALSE = 0;

    private final Workspace work;

    Tracking(Workspace work) {
        this.work = work;
    }

    /// The value, NaN where unknown.
    double read(ObjectiveSlot slot, ObjectiveValue value) {
        return work.tracked(slot.activity) ? reported(slot, value) : Double.NaN;
    }

    /// The same as content is told of it: activities that are not tracked may look at what others share.
    double reported(ObjectiveSlot slot, ObjectiveValue value) {
        var mapped = slot.read(value);
        if (mapped == ObjectiveSlot.NONE) {
            return work.local(slot, value);
        }
        var shared = work.global[mapped + value.ordinal()];
        return value.fourthEdition() && Double.isNaN(shared) ? work.local(slot, value) : shared;
    }

    /// Objective Satisfied Status. Where it is decided by measure, the measure alone counts, and while the activity is active
    /// only if measureSatisfactionIfActive says so.
    Truth satisfied(ObjectiveSlot slot) {
        if (!slot.definition.satisfiedByMeasure()) {
            return truth(read(slot, SATISFIED_STATUS));
        }
        return measureCounts(slot.activity)
                ? byMeasure(slot, read(slot, NORMALIZED_MEASURE))
                : Truth.UNKNOWN;
    }

    /// The same as content is told of it, which has no share in measureSatisfactionIfActive.
    Truth reportedSatisfied(ObjectiveSlot slot) {
        return slot.definition.satisfiedByMeasure()
                ? byMeasure(slot, reported(slot, NORMALIZED_MEASURE))
                : truth(reported(slot, SATISFIED_STATUS));
    }

    Truth reportedCompleted(ObjectiveSlot slot) {
        return truth(reported(slot, COMPLETION_STATUS));
    }

    private static Truth byMeasure(ObjectiveSlot slot, double measure) {
        return Double.isNaN(measure)
                ? Truth.UNKNOWN
                : Truth.of(measure >= slot.definition.minNormalizedMeasure());
    }

    /// Attempt Completion Status for the primary objective, the objective's completion status for others.
    Truth completed(ObjectiveSlot slot) {
        if (!completedByMeasure(slot)) {
            return truth(read(slot, COMPLETION_STATUS));
        }
        var amount = read(slot, PROGRESS_MEASURE);
        return Double.isNaN(amount) ? Truth.UNKNOWN : Truth.of(amount >= minProgressMeasure(slot));
    }

    private static Truth truth(double status) {
        return Double.isNaN(status) ? Truth.UNKNOWN : Truth.of(status == TRUE);
    }

    private boolean measureCounts(int activity) {
        return !work.active[activity]
                || work.tree
                        .item(activity)
                        .sequencing()
                        .rollup()
                        .considerations()
                        .measureSatisfactionIfActive();
    }

    boolean completedByMeasure(ObjectiveSlot slot) {
        return slot.definition.primary()
                && work.tree.item(slot.activity).content().completion().completedByMeasure();
    }

    private double minProgressMeasure(ObjectiveSlot slot) {
        return work.tree.item(slot.activity).content().completion().minProgressMeasure();
    }

    void setSatisfied(ObjectiveSlot slot, Truth satisfied) {
        if (!slot.definition.satisfiedByMeasure()) {
            write(slot, SATISFIED_STATUS, number(satisfied));
        }
    }

    void setCompleted(ObjectiveSlot slot, Truth completed) {
        if (!completedByMeasure(slot)) {
            write(slot, COMPLETION_STATUS, number(completed));
        }
    }

    void setMeasure(ObjectiveSlot slot, double measure) {
        write(slot, NORMALIZED_MEASURE, measure);
        decideByMeasure(slot);
    }

    void setProgress(ObjectiveSlot slot, double amount) {
        write(slot, PROGRESS_MEASURE, amount);
        if (completedByMeasure(slot)) {
            write(slot, COMPLETION_STATUS, number(completed(slot)));
        }
    }

    /// Writes the status that follows from the measure, so that those who share the objective see it too.
    void decideByMeasure(ObjectiveSlot slot) {
        if (slot.definition.satisfiedByMeasure() && measureCounts(slot.activity)) {
            write(slot, SATISFIED_STATUS, number(satisfied(slot)));
        }
    }

    /// Unknown is written to the globals only where it replaces something known: an activity that never knew a value does not
    /// take it from others.
    void write(ObjectiveSlot slot, ObjectiveValue value, double number) {
        if (!work.tracked(slot.activity)) {
            return;
        }
        var place = slot.offset + value.ordinal();
        if (Double.isNaN(number) && Double.isNaN(work.local[place])) {
            return;
        }
        work.local[place] = number;
        for (var mapped : slot.writes(value)) {
            work.global[mapped + value.ordinal()] = number;
        }
    }

    /// Unknown, for those who share the objective too: content said so itself.
    void writeUnknown(ObjectiveSlot slot, ObjectiveValue value) {
        if (work.tracked(slot.activity)) {
            work.local[slot.offset + value.ordinal()] = Double.NaN;
            for (var mapped : slot.writes(value)) {
                work.global[mapped + value.ordinal()] = Double.NaN;
            }
        }
    }

    private static double number(Truth truth) {
        return switch (truth) {
            case TRUE -> TRUE;
            case FALSE -> FALSE;
            case UNKNOWN -> Double.NaN;
        };
    }
}
