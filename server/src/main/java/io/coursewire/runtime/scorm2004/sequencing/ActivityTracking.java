package io.coursewire.runtime.scorm2004.sequencing;

import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The tracking information of one activity (SN 4.2): activity, attempt and objective progress, and activity state.
///
/// @param attempts Activity Attempt Count; Activity Progress Status is true once it is above zero
/// @param experiencedSeconds Attempt Experienced Duration
/// @param objectives by local id. The primary objective (id empty where it has none) also carries Attempt Completion Status
///     and Attempt Completion Amount
/// @param availableChildren in order, once selection or randomization chose them; otherwise all children are available
public record ActivityTracking(
        Set<Flag> flags,
        int attempts,
        double experiencedSeconds,
        Map<String, ObjectiveValues> objectives,
        Optional<List<String>> availableChildren) {

    /// The state of an activity that was never attempted.
    public static final ActivityTracking NONE =
            new ActivityTracking(Set.of(), 0, 0, Map.of(), Optional.empty());

    public enum Flag {
        /// Activity is Active.
        ACTIVE,
        /// Activity is Suspended.
        SUSPENDED,
        /// Content reported its success status, be it `unknown`: no default takes its place.
        SUCCESS_SET_BY_CONTENT,
        /// The same for completion status.
        COMPLETION_SET_BY_CONTENT
    }

    public ActivityTracking {
        var copy = EnumSet.noneOf(Flag.class);
        copy.addAll(flags);
        flags = Collections.unmodifiableSet(copy);
        objectives = Collections.unmodifiableMap(new LinkedHashMap<>(objectives));
        availableChildren = availableChildren.map(List::copyOf);
    }

    public boolean is(Flag flag) {
        return flags.contains(flag);
    }
}
