package io.coursewire.runtime.scorm2004.sequencing;

import io.coursewire.packages.scorm2004.Randomization;
import io.coursewire.packages.scorm2004.Randomization.Timing;
import java.util.Arrays;
import java.util.SplittableRandom;

/// SR.1 Select Children and SR.2 Randomize Children. Chance comes from the state's seed, which moves on with every draw, so
/// that the same state always gives the same selection.
final class SelectionRandomization {
    private final Workspace work;

    SelectionRandomization(Workspace work) {
        this.work = work;
    }

    /// Prepares all clusters that were not prepared yet, before the first request of a session.
    void prepareAll() {
        for (int activity = 0; activity < work.tree.size(); activity++) {
            if (!work.tree.isLeaf(activity)
                    && idle(activity)
                    && work.attempts[activity] == 0
                    && untouched(activity)) {
                choose(activity, true);
            }
        }
    }

    private boolean untouched(int cluster) {
        return work.available[cluster] == work.tree.children(cluster);
    }

    /// The specification leaves selection on each new attempt open; children are drawn anew as soon as an attempt has ended, so
    /// that flow into the next one meets the new selection.
    void prepareNextAttempt(int cluster) {
        if (idle(cluster)) {
            choose(cluster, false);
        }
    }

    private boolean idle(int activity) {
        return !work.active[activity] && !work.suspended[activity];
    }

    private void choose(int cluster, boolean first) {
        var controls = work.tree.item(cluster).sequencing().delivery().randomization();
        if (due(controls.selectionTiming(), first)) {
            select(cluster, controls);
        }
        if (due(controls.randomizationTiming(), first) && controls.reorderChildren()) {
            var shuffled = work.available[cluster].clone();
            shuffle(shuffled);
            work.offer(cluster, shuffled);
            work.trace.add("SR.2", cluster, "children randomized");
        }
    }

    private static boolean due(Timing timing, boolean first) {
        return switch (timing) {
            case NEVER -> false;
            case ONCE -> first;
            case ON_EACH_NEW_ATTEMPT -> true;
        };
    }

    private void select(int cluster, Randomization controls) {
        var all = work.tree.children(cluster);
        if (controls.selectCount().isEmpty() || controls.selectCount().getAsInt() >= all.length) {
            return;
        }
        var drawn = all.clone();
        shuffle(drawn);
        var selected = Arrays.copyOf(drawn, controls.selectCount().getAsInt());
        Arrays.sort(selected);
        work.offer(cluster, selected);
        work.trace.add(
                "SR.1", cluster, selected.length + " of " + all.length + " children selected");
    }

    private void shuffle(int[] values) {
        var random = new SplittableRandom(work.seed);
        for (int i = values.length - 1; i > 0; i--) {
            var j = random.nextInt(i + 1);
            var swapped = values[i];
            values[i] = values[j];
            values[j] = swapped;
        }
        work.seed = random.nextLong();
    }
}
