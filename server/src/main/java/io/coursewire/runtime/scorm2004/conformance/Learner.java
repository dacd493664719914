package io.coursewire.runtime.scorm2004.conformance;

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
    private final Map<ScoKey, Map<String, String>> suspended = new HashMap<>();
    private SharedState system = SharedState.EMPTY;

    private record ScoKey(String course, String item) {}

    TrackingState state(String course, ActivityTree tree) {
        var state = states.computeIfAbsent(course, _ -> TrackingState.initial(SEED));
        return state.with(SharedState.seenBy(tree.organization(), system, state.shared()));
    }

    void keep(String course, ActivityTree tree, TrackingState state) {
        states.put(course, state);
        system = system.after(tree.organization(), state.shared());
    }

    Map<String, String> suspendedData(String course, String item) {
        return suspended.getOrDefault(new ScoKey(course, item), Map.of());
    }

    void suspendData(String course, String item, Map<String, String> elements) {
        suspended.put(new ScoKey(course, item), Map.copyOf(elements));
    }

    void dropData(String course, String item) {
        suspended.remove(new ScoKey(course, item));
    }
}
