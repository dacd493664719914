package io.coursewire.runtime.scorm2004.conformance;

import io.coursewire.packages.scorm2004.Organization;
import io.coursewire.runtime.scorm2004.sequencing.ActivityTree;
import io.coursewire.runtime.scorm2004.sequencing.SharedState;
import io.coursewire.runtime.scorm2004.sequencing.TrackingState;
import java.util.HashMap;
import java.util.Map;

/// What one learner leaves behind on the server: a state for each course, the run-time data of suspended SCOs, and what courses
/// share.
final class Learner {
    private static final long SEED = 2004;

    private final Map<String, TrackingState> states = new HashMap<>();
    private final Map<String, SuspendedData> suspended = new HashMap<>();
    private SharedState system = SharedState.EMPTY;

    TrackingState state(ActivityTree tree) {
        var organization = tree.organization();
        var state =
                states.computeIfAbsent(organization.identifier(), _ -> TrackingState.initial(SEED));
        return state.with(SharedState.seenBy(organization, system, state.shared()));
    }

    void keep(ActivityTree tree, TrackingState state) {
        states.put(tree.organization().identifier(), state);
        system = system.after(tree.organization(), state.shared());
    }

    Map<String, String> suspendedData(Organization course, String item) {
        return suspended
                .getOrDefault(course.identifier() + "/" + item, SuspendedData.NONE)
                .elements();
    }

    void suspendData(Organization course, String item, Map<String, String> elements) {
        suspended.put(course.identifier() + "/" + item, new SuspendedData(Map.copyOf(elements)));
    }

    void dropData(Organization course, String item) {
        suspended.remove(course.identifier() + "/" + item);
    }

    private record SuspendedData(Map<String, String> elements) {
        static final SuspendedData NONE = new SuspendedData(Map.of());
    }
}
