package io.coursewire.runtime.scorm2004.sequencing;

import io.coursewire.packages.scorm2004.ObjectiveValue;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/// A tracking state spread over arrays while one request is decided. It is filled from a state, changed by the behaviours and
/// read back; no other thread sees it and nobody keeps it.
final class Workspace {
    static final int NONE = ActivityTree.NONE;

    final ActivityTree tree;
    final Trace trace;
    final boolean[] active;
    final boolean[] suspended;
    final boolean[] successSet;
    final boolean[] completionSet;
    final int[] attempts;
    final double[] seconds;

    /// Values of local objectives, NaN where unknown.
    final double[] local;

    /// Values of the global objectives that the tree knows, NaN where unknown.
    final double[] global;

    /// Available children by activity.
    final int[][] available;

    /// The place among the parent's available children, or NONE.
    final int[] position;

    Map<String, ObjectiveValues> foreignObjectives = Map.of();
    Map<String, String> data = Map.of();
    int current = NONE;
    int suspendedActivity = NONE;
    long seed;

    Workspace(ActivityTree tree, Trace trace) {
        this.tree = tree;
        this.trace = trace;
        var size = tree.size();
        active = new boolean[size];
        suspended = new boolean[size];
        successSet = new boolean[size];
        completionSet = new boolean[size];
        attempts = new int[size];
        seconds = new double[size];
        local = unknown(tree.localValues());
        global = unknown(tree.globals().size() * ObjectiveSlot.VALUES);
        available = new int[size][];
        position = new int[size];
        for (int i = 0; i < size; i++) {
            available[i] = tree.children(i);
        }
    }

    private Workspace(Workspace other, Trace trace) {
        tree = other.tree;
        this.trace = trace;
        active = other.active.clone();
        suspended = other.suspended.clone();
        successSet = other.successSet.clone();
        completionSet = other.completionSet.clone();
        attempts = other.attempts.clone();
        seconds = other.seconds.clone();
        local = other.local.clone();
        global = other.global.clone();
        available = other.available.clone();
        position = other.position.clone();
        foreignObjectives = other.foreignObjectives;
        data = other.data;
        current = other.current;
        suspendedActivity = other.suspendedActivity;
        seed = other.seed;
    }

    /// A copy to try something on, without reasons.
    Workspace attempt() {
        return new Workspace(this, Trace.none(tree));
    }

    private static double[] unknown(int length) {
        var values = new double[length];
        Arrays.fill(values, Double.NaN);
        return values;
    }

    void offer(int cluster, int[] children) {
        for (var child : tree.children(cluster)) {
            position[child] = NONE;
        }
        available[cluster] = children;
        for (int i = 0; i < children.length; i++) {
            position[children[i]] = i;
        }
    }

    boolean isAvailable(int activity) {
        return position[activity] != NONE;
    }

    boolean tracked(int activity) {
        return tree.isTracked(activity);
    }

    double local(ObjectiveSlot slot, ObjectiveValue value) {
        return local[slot.offset + value.ordinal()];
    }

    void forget(int activity, boolean objectives, boolean progress) {
        for (var slot : tree.objectives(activity)) {
            for (var value : ObjectiveValue.values()) {
                var isProgress =
                        value == ObjectiveValue.COMPLETION_STATUS
                                || value == ObjectiveValue.PROGRESS_MEASURE;
                if (isProgress ? progress : objectives) {
                    local[slot.offset + value.ordinal()] = Double.NaN;
                }
            }
        }
    }

    /// What belongs to one attempt on the course ends with it.
    void forgetShared() {
        if (!tree.organization().sharedDataGlobalToSystem()) {
            data = Map.of();
        }
        if (!tree.organization().objectivesGlobalToSystem()) {
            Arrays.fill(global, Double.NaN);
            foreignObjectives = Map.of();
        }
    }

    Map<String, ObjectiveValues> globalObjectives() {
        var all = new LinkedHashMap<>(foreignObjectives);
        tree.globals()
                .forEach(
                        (identifier, number) -> {
                            var values =
                                    WorkspaceForm.values(global, number * ObjectiveSlot.VALUES);
                            if (!values.isUnknown()) {
                                all.put(identifier, values);
                            }
                        });
        return all;
    }
}
