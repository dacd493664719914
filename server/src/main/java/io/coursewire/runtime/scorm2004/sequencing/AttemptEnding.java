package io.coursewire.runtime.scorm2004.sequencing;

/// UP.3 Terminate Descendent Attempts and UP.4 End Attempt.
final class AttemptEnding {
    private final Workspace work;
    private final Tracking tracking;
    private final RollupBehavior rollup;
    private final SelectionRandomization selection;

    AttemptEnding(
            Workspace work,
            Tracking tracking,
            RollupBehavior rollup,
            SelectionRandomization selection) {
        this.work = work;
        this.tracking = tracking;
        this.rollup = rollup;
        this.selection = selection;
    }

    /// UP.3: ends the attempts between the current activity and what it has in common with the given one, both excluded.
    void terminateDescendents(int activity) {
        if (work.current == Workspace.NONE) {
            return;
        }
        var common = work.tree.commonAncestor(work.current, activity);
        if (work.current == common) {
            return;
        }
        for (var up = work.tree.parent(work.current); up != common; up = work.tree.parent(up)) {
            end(up);
        }
    }

    /// UP.4.
    void end(int activity) {
        if (!work.tree.isLeaf(activity)) {
            work.suspended[activity] = anyChildSuspended(activity);
        } else if (work.tracked(activity) && !work.suspended[activity]) {
            completeByDefault(activity);
        }
        work.active[activity] = false;
        for (var slot : work.tree.objectives(activity)) {
            tracking.decideByMeasure(slot);
        }
        work.trace.add(
                "UP.4", activity, work.suspended[activity] ? "attempt suspended" : "attempt ended");
        rollup.overall(activity);
        if (!work.tree.isLeaf(activity) && !work.suspended[activity]) {
            selection.prepareNextAttempt(activity);
        }
    }

    private boolean anyChildSuspended(int cluster) {
        for (var child : work.tree.children(cluster)) {
            if (work.suspended[child]) {
                return true;
            }
        }
        return false;
    }

    // Content that is not said to report its status is taken to have done what it should, unless it
    // reported anything.
    private void completeByDefault(int activity) {
        var controls = work.tree.item(activity).sequencing().delivery();
        var primary = work.tree.primary(activity);
        if (!controls.completionSetByContent()
                && !work.completionSet[activity]
                && !tracking.completed(primary).known()) {
            tracking.setCompleted(primary, Truth.TRUE);
        }
        if (!controls.objectiveSetByContent()
                && !work.successSet[activity]
                && !tracking.satisfied(primary).known()) {
            tracking.setSatisfied(primary, Truth.TRUE);
        }
    }
}
