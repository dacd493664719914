package io.coursewire.runtime.scorm2004.sequencing;

import static io.coursewire.packages.scorm2004.ObjectiveValue.NORMALIZED_MEASURE;
import static io.coursewire.packages.scorm2004.ObjectiveValue.PROGRESS_MEASURE;

import java.util.Optional;
import java.util.OptionalDouble;

/// What is tracked of an activity, as rules see it: maps read, thresholds applied. For the root it is the status of the course.
///
/// @param satisfied empty where it is not known, as the others
/// @param measure -1 to 1
/// @param progress 0 to 1
public record TrackedStatus(
        Optional<Boolean> satisfied,
        Optional<Boolean> completed,
        OptionalDouble measure,
        OptionalDouble progress) {

    /// @throws IllegalArgumentException when the tree has no such item
    public static TrackedStatus of(ActivityTree tree, TrackingState state, String item) {
        var activity =
                tree.number(item)
                        .orElseThrow(() -> new IllegalArgumentException("no activity " + item));
        var tracking = new Tracking(WorkspaceForm.open(tree, state, Trace.none(tree)));
        var primary = tree.primary(activity);
        return new TrackedStatus(
                known(tracking.satisfied(primary)),
                known(tracking.completed(primary)),
                known(tracking.read(primary, NORMALIZED_MEASURE)),
                known(tracking.read(primary, PROGRESS_MEASURE)));
    }

    private static Optional<Boolean> known(Truth truth) {
        return truth.known() ? Optional.of(truth == Truth.TRUE) : Optional.empty();
    }

    private static OptionalDouble known(double number) {
        return Double.isNaN(number) ? OptionalDouble.empty() : OptionalDouble.of(number);
    }
}
