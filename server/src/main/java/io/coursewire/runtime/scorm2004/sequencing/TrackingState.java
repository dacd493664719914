package io.coursewire.runtime.scorm2004.sequencing;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Everything the engine remembers of a course between two requests. A plain value: the same state, tree and request always
/// give the same answer. Activities that are missing were never touched.
///
/// @param activities by item identifier
/// @param seed what selection and randomization draw from
public record TrackingState(
        Optional<String> currentActivity,
        Optional<String> suspendedActivity,
        Map<String, ActivityTracking> activities,
        SharedState shared,
        long seed) {

    public TrackingState {
        activities = Collections.unmodifiableMap(new LinkedHashMap<>(activities));
    }

    /// A course that was never launched.
    public static TrackingState initial(long seed) {
        return new TrackingState(
                Optional.empty(), Optional.empty(), Map.of(), SharedState.EMPTY, seed);
    }

    public ActivityTracking activity(String identifier) {
        return activities.getOrDefault(identifier, ActivityTracking.NONE);
    }

    /// The same state beside other shared values: those the learner brings from other courses.
    public TrackingState with(SharedState other) {
        return new TrackingState(currentActivity, suspendedActivity, activities, other, seed);
    }
}
