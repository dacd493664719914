package io.coursewire.runtime.scorm2004.sequencing;

import io.coursewire.packages.scorm2004.ControlMode;
import io.coursewire.packages.scorm2004.SequencingRule.Action;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// SB.2.1 Flow Tree Traversal, SB.2.2 Flow Activity Traversal and SB.2.3 Flow: from an activity to the nearest one that can be
/// delivered. Loops stand where the specification recurses, since a walk may pass thousands of activities.
///
/// Nothing is changed by a walk. While the state stays as it is, forward walks remember where they led, which makes asking
/// from every cluster of a course as cheap as one walk over it.
final class FlowSubprocess {
    private final Workspace work;
    private final RuleChecks checks;
    private final Traversal[] forward;

    private FlowSubprocess(Workspace work, RuleChecks checks, Traversal[] forward) {
        this.work = work;
        this.checks = checks;
        this.forward = forward;
    }

    static FlowSubprocess once(Workspace work, RuleChecks checks) {
        return new FlowSubprocess(work, checks, null);
    }

    /// For a state that will not change during the life of the answer.
    static FlowSubprocess remembering(Workspace work, RuleChecks checks) {
        return new FlowSubprocess(work, checks, new Traversal[work.tree.size()]);
    }

    enum Direction {
        FORWARD,
        BACKWARD,
        NONE
    }

    /// One step over the tree. `activity` is NONE where there is none, and `exception` or `offTheTree` say why.
    private record Next(int activity, Direction direction, String exception, boolean offTheTree) {
        static Next of(int activity, Direction direction) {
            return new Next(activity, direction, "", false);
        }

        static Next none(String exception) {
            return new Next(ActivityTree.NONE, Direction.NONE, exception, exception.isEmpty());
        }
    }

    /// SB.2.3.
    Traversal flow(int activity, Direction direction, boolean considerChildren) {
        var next = next(activity, direction, considerChildren, Direction.NONE);
        return next.activity() == ActivityTree.NONE
                ? failed(activity, next)
                : consider(next.activity(), direction);
    }

    private static Traversal failed(int activity, Next next) {
        return next.offTheTree()
                ? Traversal.end(activity)
                : Traversal.stopped(activity, next.exception());
    }

    /// SB.2.2.
    private Traversal consider(int first, Direction direction) {
        var walk = new Walk(first, direction);
        var found = Optional.<Traversal>empty();
        while (found.isEmpty()) {
            found = recall(walk).or(() -> stop(walk.activity)).or(() -> advance(walk));
        }
        for (var activity : walk.passed) {
            forward[activity] = found.get();
        }
        return found.get();
    }

    private Optional<Traversal> recall(Walk walk) {
        if (forward == null
                || walk.direction != Direction.FORWARD
                || walk.previous != Direction.NONE) {
            return Optional.empty();
        }
        var known = Optional.ofNullable(forward[walk.activity]);
        if (known.isEmpty()) {
            walk.passed.add(walk.activity);
        }
        return known;
    }

    private Optional<Traversal> stop(int activity) {
        if (!work.tree.allows(work.tree.parent(activity), ControlMode.FLOW)) {
            return Optional.of(Traversal.stopped(activity, "SB.2.2-1"));
        }
        if (checks.applies(activity, Action.SKIP)) {
            return Optional.empty();
        }
        if (checks.disabled(activity)) {
            work.trace.add("UP.5", activity, "disabled");
            return Optional.of(Traversal.stopped(activity, "SB.2.2-2"));
        }
        return work.tree.isLeaf(activity) ? Optional.of(Traversal.to(activity)) : Optional.empty();
    }

    private Optional<Traversal> advance(Walk walk) {
        var skipped = checks.applies(walk.activity, Action.SKIP);
        if (skipped) {
            work.trace.add("SB.2.2", walk.activity, "skipped");
        }
        var next =
                next(
                        walk.activity,
                        walk.direction,
                        !skipped,
                        skipped ? walk.previous : Direction.NONE);
        if (next.activity() == ActivityTree.NONE) {
            return Optional.of(failed(walk.activity, next));
        }
        walk.moveTo(next, skipped);
        return Optional.empty();
    }

    /// A walk under way. Going back into a forward only cluster turns it round at the cluster's first child; `previous` remembers
    /// where it came from until it turns back.
    private static final class Walk {
        final List<Integer> passed = new ArrayList<>();
        int activity;
        Direction direction;
        Direction previous = Direction.NONE;

        Walk(int activity, Direction direction) {
            this.activity = activity;
            this.direction = direction;
        }

        void moveTo(Next next, boolean skipped) {
            activity = next.activity();
            if (skipped) {
                if (previous == Direction.BACKWARD && next.direction() == Direction.BACKWARD) {
                    direction = Direction.BACKWARD;
                    previous = Direction.NONE;
                }
            } else if (direction == Direction.BACKWARD && next.direction() == Direction.FORWARD) {
                direction = Direction.FORWARD;
                previous = Direction.BACKWARD;
            } else {
                previous = Direction.NONE;
            }
        }
    }

    /// SB.2.1.
    private Next next(int from, Direction direction, boolean considerChildren, Direction previous) {
        var parent = work.tree.parent(from);
        if (previous == Direction.BACKWARD && parent != ActivityTree.NONE && isLast(from)) {
            return backward(work.available[parent][0], false, true);
        }
        return direction == Direction.FORWARD
                ? forward(from, considerChildren)
                : backward(from, considerChildren, false);
    }

    private Next forward(int from, boolean considerChildren) {
        if (considerChildren && !work.tree.isLeaf(from)) {
            var children = work.available[from];
            return children.length == 0
                    ? Next.none("SB.2.1-2")
                    : Next.of(children[0], Direction.FORWARD);
        }
        var activity = from;
        while (activity != ActivityTree.ROOT && isLast(activity)) {
            activity = work.tree.parent(activity);
        }
        return activity == ActivityTree.ROOT
                ? Next.none("")
                : Next.of(sibling(activity, 1), Direction.FORWARD);
    }

    private Next backward(int from, boolean considerChildren, boolean reversed) {
        if (from == ActivityTree.ROOT) {
            return Next.none("SB.2.1-3");
        }
        if (considerChildren && !work.tree.isLeaf(from)) {
            return enterBackward(from);
        }
        var activity = from;
        var mayGoBack = reversed;
        while (activity != ActivityTree.ROOT) {
            if (!mayGoBack
                    && work.tree.allows(work.tree.parent(activity), ControlMode.FORWARD_ONLY)) {
                return Next.none("SB.2.1-4");
            }
            if (work.position[activity] > 0) {
                return Next.of(sibling(activity, -1), Direction.BACKWARD);
            }
            activity = work.tree.parent(activity);
            mayGoBack = false;
        }
        return Next.none("SB.2.1-3");
    }

    private Next enterBackward(int cluster) {
        var children = work.available[cluster];
        if (children.length == 0) {
            return Next.none("SB.2.1-2");
        }
        return work.tree.allows(cluster, ControlMode.FORWARD_ONLY)
                ? Next.of(children[0], Direction.FORWARD)
                : Next.of(children[children.length - 1], Direction.BACKWARD);
    }

    private boolean isLast(int activity) {
        return work.position[activity] == work.available[work.tree.parent(activity)].length - 1;
    }

    private int sibling(int activity, int offset) {
        return work.available[work.tree.parent(activity)][work.position[activity] + offset];
    }
}
