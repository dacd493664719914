package io.coursewire.runtime.scorm2004.sequencing;

import io.coursewire.packages.scorm2004.ControlMode;
import io.coursewire.packages.scorm2004.SequencingRule.Action;
import io.coursewire.runtime.scorm2004.sequencing.FlowSubprocess.Direction;

/// SB.2.9 Choice Sequencing Request Process with SB.2.4 Choice Activity Traversal, SB.2.9.1 Choice Flow and SB.2.9.2 Choice Flow
/// Tree Traversal. Changes nothing.
final class ChoiceRequest {
    private static final String FREE = "";
    private static final int UNDECIDED = -1;

    private final Workspace work;
    private final RuleChecks checks;
    private final FlowSubprocess flow;
    private int forwardLimit = UNDECIDED;

    ChoiceRequest(Workspace work, RuleChecks checks, FlowSubprocess flow) {
        this.work = work;
        this.checks = checks;
        this.flow = flow;
    }

    Found process(int target) {
        var obstacle = hidden(target);
        if (obstacle.isEmpty()) {
            obstacle = way(target);
        }
        return obstacle.isEmpty() ? reach(target) : Found.refused(obstacle);
    }

    /// Steps 12 to 15: a cluster is entered by flow.
    private Found reach(int target) {
        if (work.tree.isLeaf(target)) {
            return Found.delivery(target);
        }
        var entered = flow.flow(target, Direction.FORWARD, true);
        return entered.deliverable() ? Found.delivery(entered.activity()) : Found.stranded(target);
    }

    /// Steps 3 and 4: availability, Hide from Choice, and the choice control mode.
    private String hidden(int target) {
        for (var up = target; up != ActivityTree.ROOT; up = work.tree.parent(up)) {
            if (!work.isAvailable(up)) {
                return "SB.2.9-2";
            }
        }
        for (var up = target; up != ActivityTree.NONE; up = work.tree.parent(up)) {
            if (checks.applies(up, Action.HIDDEN_FROM_CHOICE)) {
                work.trace.add("UP.2", up, "hidden from choice");
                return "SB.2.9-3";
            }
        }
        var chosen =
                target == ActivityTree.ROOT
                        || work.tree.allows(work.tree.parent(target), ControlMode.CHOICE);
        return chosen ? FREE : "SB.2.9-4";
    }

    /// Steps 5 to 11: nothing on the way from the current activity to the target stands against it. Empty where it is free.
    private String way(int target) {
        if (work.current == Workspace.NONE) {
            return target == ActivityTree.ROOT ? FREE : down(ActivityTree.ROOT, target, true);
        }
        if (work.current == target) {
            return FREE;
        }
        if (work.tree.parent(work.current) == work.tree.parent(target)) {
            return along(target);
        }
        var common = work.tree.commonAncestor(work.current, target);
        if (common == work.current) {
            return down(common, target, true);
        }
        if (common == target) {
            return up(common);
        }
        return over(common, target);
    }

    /// Case 8: current activity and target are siblings.
    private String along(int target) {
        if (work.position[target] < work.position[work.current]) {
            return traversal(work.current, false);
        }
        return work.position[target] <= forwardLimit() ? FREE : "SB.2.4-1";
    }

    /// The last place among the current activity's siblings that no stop forward traversal rule shuts off.
    private int forwardLimit() {
        if (forwardLimit == UNDECIDED) {
            var siblings = work.available[work.tree.parent(work.current)];
            forwardLimit = Math.max(work.position[work.current], 0);
            while (forwardLimit < siblings.length - 1
                    && traversal(siblings[forwardLimit], true).isEmpty()) {
                forwardLimit++;
            }
        }
        return forwardLimit;
    }

    /// SB.2.4.
    private String traversal(int activity, boolean forward) {
        if (forward) {
            if (!checks.applies(activity, Action.STOP_FORWARD_TRAVERSAL)) {
                return FREE;
            }
            work.trace.add("SB.2.4", activity, "stops forward traversal");
            return "SB.2.4-1";
        }
        if (activity == ActivityTree.ROOT) {
            return "SB.2.4-3";
        }
        return work.tree.allows(work.tree.parent(activity), ControlMode.FORWARD_ONLY)
                ? "SB.2.4-2"
                : FREE;
    }

    /// Case 9 and the second half of case 11: the path from the common ancestor down to the target.
    private String down(int common, int target, boolean forward) {
        for (var up = work.tree.parent(target); ; up = work.tree.parent(up)) {
            var obstacle = forward ? traversal(up, true) : FREE;
            if (!obstacle.isEmpty()) {
                return obstacle;
            }
            if (up == common) {
                return FREE;
            }
            if (!work.active[up] && work.tree.allows(up, ControlMode.PREVENT_ACTIVATION)) {
                work.trace.add("SB.2.9", up, "prevents activation from outside");
                return "SB.2.9-6";
            }
        }
    }

    /// Case 10 and the first half of case 11: the path from the current activity up to the common ancestor.
    private String up(int common) {
        for (var up = work.current; up != common; up = work.tree.parent(up)) {
            if (!work.tree.allows(up, ControlMode.CHOICE_EXIT)) {
                work.trace.add("SB.2.9", up, "does not allow choice to leave it");
                return "SB.2.9-7";
            }
        }
        return FREE;
    }

    /// Case 11: up to the common ancestor and down again.
    private String over(int common, int target) {
        var obstacle = up(common);
        if (obstacle.isEmpty()) {
            obstacle = constrained(common, target);
        }
        return obstacle.isEmpty() ? down(common, target, isForward(common, target)) : obstacle;
    }

    private boolean isForward(int common, int target) {
        return work.position[work.tree.childTowards(common, target)]
                > work.position[work.tree.childTowards(common, work.current)];
    }

    /// Steps 11.4 and 11.5: a constrained activity lets choice reach no further than its neighbours.
    private String constrained(int common, int target) {
        var constraining = constraining(common);
        if (constraining == ActivityTree.NONE || target == constraining) {
            return FREE;
        }
        var consider = neighbour(constraining, isForward(common, target));
        if (work.tree.isWithin(target, consider)) {
            return FREE;
        }
        work.trace.add("SB.2.9", constraining, "constrains choice to its neighbours");
        return "SB.2.9-8";
    }

    private int constraining(int common) {
        for (var up = work.current; up != common; up = work.tree.parent(up)) {
            if (!work.tree.isLeaf(up) && work.tree.allows(up, ControlMode.CONSTRAIN_CHOICE)) {
                return up;
            }
        }
        return ActivityTree.NONE;
    }

    /// SB.2.9.1 and SB.2.9.2: the next activity in the direction, or the activity itself at the end of the tree.
    private int neighbour(int activity, boolean forward) {
        for (var up = activity; up != ActivityTree.ROOT; up = work.tree.parent(up)) {
            var siblings = work.available[work.tree.parent(up)];
            var next = work.position[up] + (forward ? 1 : -1);
            if (next >= 0 && next < siblings.length) {
                return siblings[next];
            }
        }
        return activity;
    }
}
