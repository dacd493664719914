package io.coursewire.runtime.scorm2004.sequencing;

import io.coursewire.packages.scorm2004.ControlMode;

/// DB.1.1 Delivery Request Process, DB.2 Content Delivery Environment Process, DB.2.1 Clear Suspended Activity Subprocess.
final class DeliveryBehavior {
    private final Workspace work;
    private final RuleChecks checks;
    private final AttemptEnding attempts;

    DeliveryBehavior(Workspace work, RuleChecks checks, AttemptEnding attempts) {
        this.work = work;
        this.checks = checks;
        this.attempts = attempts;
    }

    DeliveryBehavior(Behaviors behaviors) {
        this(behaviors.work, behaviors.checks, behaviors.attempts);
    }

    /// DB.1.1: empty when the activity can be delivered, otherwise the exception.
    String check(int activity) {
        if (!work.tree.isLeaf(activity)) {
            return "DB.1.1-1";
        }
        for (var up = activity; up != ActivityTree.NONE; up = work.tree.parent(up)) {
            if (checks.disabled(up)) {
                work.trace.add("UP.5", up, "disabled");
                return "DB.1.1-3";
            }
        }
        return "";
    }

    /// DB.2. Answers whether the activity's last attempt goes on, as opposed to a new one beginning.
    boolean deliver(int activity) {
        clearSuspended(activity);
        attempts.terminateDescendents(activity);
        var resumed = work.suspended[activity];
        begin(activity);
        work.current = activity;
        work.suspendedActivity = Workspace.NONE;
        work.trace.add(
                "DB.2",
                activity,
                resumed ? "delivered, attempt resumed" : "delivered, attempt begins");
        return resumed;
    }

    private void begin(int activity) {
        if (work.tree.parent(activity) != ActivityTree.NONE) {
            begin(work.tree.parent(activity));
        }
        if (work.active[activity]) {
            return;
        }
        if (work.suspended[activity]) {
            work.suspended[activity] = false;
        } else if (work.tracked(activity)) {
            beginAttempt(activity);
        }
        work.active[activity] = true;
    }

    private void beginAttempt(int activity) {
        work.attempts[activity]++;
        work.seconds[activity] = 0;
        work.successSet[activity] = false;
        work.completionSet[activity] = false;
        work.forget(activity, true, true);
        if (!work.tree.isLeaf(activity)) {
            forgetBelow(
                    activity,
                    work.tree.allows(activity, ControlMode.USE_CURRENT_ATTEMPT_OBJECTIVE_INFO),
                    work.tree.allows(activity, ControlMode.USE_CURRENT_ATTEMPT_PROGRESS_INFO));
        }
    }

    /// Use Current Attempt Objective and Progress Information: what children did in an earlier attempt on their cluster no longer
    /// counts in the new one.
    private void forgetBelow(int cluster, boolean objectives, boolean progress) {
        for (var child : work.tree.children(cluster)) {
            if (work.suspended[child] || work.active[child]) {
                continue;
            }
            work.forget(child, objectives, progress);
            if (!work.tree.isLeaf(child)) {
                forgetBelow(
                        child,
                        objectives
                                && work.tree.allows(
                                        child, ControlMode.USE_CURRENT_ATTEMPT_OBJECTIVE_INFO),
                        progress
                                && work.tree.allows(
                                        child, ControlMode.USE_CURRENT_ATTEMPT_PROGRESS_INFO));
            }
        }
    }

    /// DB.2.1. What both activities have in common stays suspended: its attempt is the one that goes on.
    private void clearSuspended(int activity) {
        var suspended = work.suspendedActivity;
        if (suspended == Workspace.NONE || suspended == activity) {
            return;
        }
        var common = work.tree.commonAncestor(activity, suspended);
        for (var up = suspended; up != common; up = work.tree.parent(up)) {
            work.suspended[up] = !work.tree.isLeaf(up) && anyChildSuspended(up);
        }
        work.suspendedActivity = Workspace.NONE;
    }

    private boolean anyChildSuspended(int cluster) {
        for (var child : work.tree.children(cluster)) {
            if (work.suspended[child]) {
                return true;
            }
        }
        return false;
    }
}
