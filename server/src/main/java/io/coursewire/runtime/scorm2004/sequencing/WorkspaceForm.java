package io.coursewire.runtime.scorm2004.sequencing;

import io.coursewire.packages.scorm2004.ObjectiveValue;
import io.coursewire.runtime.scorm2004.sequencing.ActivityTracking.Flag;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The two forms of a tracking state: the value that is stored, and the arrays that are worked on. What the state says of
/// activities and objectives that the tree does not have is dropped, except global objectives of other courses.
final class WorkspaceForm {
    private WorkspaceForm() {}

    static Workspace open(ActivityTree tree, TrackingState state, Trace trace) {
        var work = new Workspace(tree, trace);
        for (int activity = 0; activity < tree.size(); activity++) {
            work.offer(activity, tree.children(activity));
        }
        work.position[ActivityTree.ROOT] = 0;
        state.activities()
                .forEach(
                        (identifier, tracking) ->
                                tree.number(identifier)
                                        .ifPresent(activity -> fill(work, activity, tracking)));
        fillShared(work, state.shared());
        work.current = number(tree, state.currentActivity());
        work.suspendedActivity = number(tree, state.suspendedActivity());
        work.seed = state.seed();
        return work;
    }

    private static int number(ActivityTree tree, Optional<String> identifier) {
        return identifier.isEmpty()
                ? ActivityTree.NONE
                : tree.number(identifier.get()).orElse(ActivityTree.NONE);
    }

    private static void fill(Workspace work, int activity, ActivityTracking tracking) {
        work.active[activity] = tracking.is(Flag.ACTIVE);
        work.suspended[activity] = tracking.is(Flag.SUSPENDED);
        work.successSet[activity] = tracking.is(Flag.SUCCESS_SET_BY_CONTENT);
        work.completionSet[activity] = tracking.is(Flag.COMPLETION_SET_BY_CONTENT);
        work.attempts[activity] = tracking.attempts();
        work.seconds[activity] = tracking.experiencedSeconds();
        for (var slot : work.tree.objectives(activity)) {
            var values = tracking.objectives().get(slot.definition.identifier());
            if (values != null) {
                values.known()
                        .forEach(
                                (value, number) ->
                                        work.local[slot.offset + value.ordinal()] = number);
            }
        }
        tracking.availableChildren()
                .ifPresent(children -> work.offer(activity, known(work.tree, activity, children)));
    }

    private static int[] known(ActivityTree tree, int cluster, List<String> children) {
        return children.stream()
                .mapToInt(child -> tree.number(child).orElse(ActivityTree.NONE))
                .filter(child -> child > 0 && tree.parent(child) == cluster)
                .distinct()
                .toArray();
    }

    private static void fillShared(Workspace work, SharedState shared) {
        var foreign = new LinkedHashMap<String, ObjectiveValues>();
        shared.objectives()
                .forEach(
                        (identifier, values) -> {
                            var number = work.tree.globals().get(identifier);
                            if (number == null) {
                                foreign.put(identifier, values);
                            } else {
                                var offset = number * ObjectiveSlot.VALUES;
                                values.known()
                                        .forEach(
                                                (value, known) ->
                                                        work.global[offset + value.ordinal()] =
                                                                known);
                            }
                        });
        work.foreignObjectives = foreign;
        work.data = shared.data();
    }

    static TrackingState close(Workspace work) {
        var activities = new LinkedHashMap<String, ActivityTracking>();
        for (int activity = 0; activity < work.tree.size(); activity++) {
            if (isTouched(work, activity)) {
                activities.put(work.tree.identifier(activity), tracking(work, activity));
            }
        }
        return new TrackingState(
                identifier(work, work.current),
                identifier(work, work.suspendedActivity),
                activities,
                new SharedState(work.globalObjectives(), work.data),
                work.seed);
    }

    // Most activities of a large course are not: they cost nothing to store.
    private static boolean isTouched(Workspace work, int activity) {
        if (work.attempts[activity] > 0
                || work.active[activity]
                || work.suspended[activity]
                || work.successSet[activity]
                || work.completionSet[activity]
                || work.seconds[activity] > 0
                || work.available[activity] != work.tree.children(activity)) {
            return true;
        }
        for (var slot : work.tree.objectives(activity)) {
            for (int n = 0; n < ObjectiveSlot.VALUES; n++) {
                if (!Double.isNaN(work.local[slot.offset + n])) {
                    return true;
                }
            }
        }
        return false;
    }

    private static Optional<String> identifier(Workspace work, int activity) {
        return activity == ActivityTree.NONE
                ? Optional.empty()
                : Optional.of(work.tree.identifier(activity));
    }

    private static ActivityTracking tracking(Workspace work, int activity) {
        var flags = EnumSet.noneOf(Flag.class);
        add(flags, Flag.ACTIVE, work.active[activity]);
        add(flags, Flag.SUSPENDED, work.suspended[activity]);
        add(flags, Flag.SUCCESS_SET_BY_CONTENT, work.successSet[activity]);
        add(flags, Flag.COMPLETION_SET_BY_CONTENT, work.completionSet[activity]);
        return new ActivityTracking(
                flags,
                work.attempts[activity],
                work.seconds[activity],
                objectives(work, activity),
                availableChildren(work, activity));
    }

    private static void add(EnumSet<Flag> flags, Flag flag, boolean set) {
        if (set) {
            flags.add(flag);
        }
    }

    private static Map<String, ObjectiveValues> objectives(Workspace work, int activity) {
        var known = new LinkedHashMap<String, ObjectiveValues>();
        for (var slot : work.tree.objectives(activity)) {
            var values = values(work.local, slot.offset);
            if (!values.isUnknown()) {
                known.put(slot.definition.identifier(), values);
            }
        }
        return known;
    }

    static ObjectiveValues values(double[] from, int offset) {
        var known = new EnumMap<ObjectiveValue, Double>(ObjectiveValue.class);
        for (var value : ObjectiveValue.values()) {
            var number = from[offset + value.ordinal()];
            if (!Double.isNaN(number)) {
                known.put(value, number);
            }
        }
        return known.isEmpty() ? ObjectiveValues.UNKNOWN : new ObjectiveValues(known);
    }

    private static Optional<List<String>> availableChildren(Workspace work, int activity) {
        var available = work.available[activity];
        if (available == work.tree.children(activity)) {
            return Optional.empty();
        }
        var identifiers = new ArrayList<String>(available.length);
        for (var child : available) {
            identifiers.add(work.tree.identifier(child));
        }
        return Optional.of(identifiers);
    }
}
