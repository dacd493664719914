package io.coursewire.runtime.scorm2004.sequencing;

import io.coursewire.packages.scorm2004.Organization;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/// What activities share: global objectives, and the buckets of `adl.data`. Kept for the learner across courses where the
/// organization says global to system, otherwise for the attempt on the course.
///
/// @param objectives by global objective id
/// @param data by bucket id
public record SharedState(Map<String, ObjectiveValues> objectives, Map<String, String> data) {
    public static final SharedState EMPTY = new SharedState(Map.of(), Map.of());

    public SharedState {
        objectives = Collections.unmodifiableMap(new LinkedHashMap<>(objectives));
        data = Collections.unmodifiableMap(new LinkedHashMap<>(data));
    }

    /// What a course sees at its launch: the learner's own across courses where the organization shares it with the system,
    /// otherwise what the course itself kept.
    public static SharedState seenBy(
            Organization organization, SharedState system, SharedState own) {
        return new SharedState(
                organization.objectivesGlobalToSystem() ? system.objectives : own.objectives,
                organization.sharedDataGlobalToSystem() ? system.data : own.data);
    }

    /// What the learner keeps across courses, after this course left the given state.
    public SharedState after(Organization organization, SharedState left) {
        return seenBy(organization, left, this);
    }
}
