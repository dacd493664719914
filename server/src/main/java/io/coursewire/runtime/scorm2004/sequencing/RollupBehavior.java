package io.coursewire.runtime.scorm2004.sequencing;

import static io.coursewire.packages.scorm2004.ObjectiveValue.NORMALIZED_MEASURE;
import static io.coursewire.packages.scorm2004.ObjectiveValue.PROGRESS_MEASURE;

import io.coursewire.packages.scorm2004.ChildSet;
import io.coursewire.packages.scorm2004.Combination;
import io.coursewire.packages.scorm2004.Condition;
import io.coursewire.packages.scorm2004.RollupRule;
import io.coursewire.packages.scorm2004.RollupRule.RollupCondition;
import io.coursewire.packages.scorm2004.SequencingRule;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;

/// The rollup behaviour (RB.1.1 to RB.1.5): clusters get their state from their available children.
final class RollupBehavior {
    private static final List<RollupRule> DEFAULT_OBJECTIVE_RULES =
            List.of(
                    byDefault(RollupRule.Action.NOT_SATISFIED, Condition.OBJECTIVE_STATUS_KNOWN),
                    byDefault(RollupRule.Action.SATISFIED, Condition.SATISFIED));
    private static final List<RollupRule> DEFAULT_PROGRESS_RULES =
            List.of(
                    byDefault(RollupRule.Action.INCOMPLETE, Condition.ACTIVITY_PROGRESS_KNOWN),
                    byDefault(RollupRule.Action.COMPLETED, Condition.COMPLETED));

    private final Workspace work;
    private final Tracking tracking;
    private final RuleChecks checks;

    RollupBehavior(Workspace work, Tracking tracking, RuleChecks checks) {
        this.work = work;
        this.tracking = tracking;
        this.checks = checks;
    }

    private static RollupRule byDefault(RollupRule.Action action, Condition condition) {
        return new RollupRule(
                action,
                new ChildSet.All(),
                Combination.ALL,
                List.of(new RollupCondition(condition, false)));
    }

    /// RB.1.5 Overall Rollup Process: from the activity up to the root, and up from every activity that reads a global objective
    /// which was written on the way. Deeper clusters first, each once.
    void overall(int activity) {
        var clusters = new ArrayList<Integer>();
        var seen = new BitSet(work.tree.size());
        collect(activity, seen, clusters);
        clusters.sort(Comparator.comparingInt(work.tree::depth).reversed());
        clusters.forEach(this::rollUp);
    }

    private void collect(int changed, BitSet seen, ArrayList<Integer> clusters) {
        var pending = new ArrayList<>(List.of(changed));
        while (!pending.isEmpty()) {
            var activity = pending.removeLast();
            addReaders(activity, seen, pending);
            for (var up = work.tree.parent(activity);
                    up != ActivityTree.NONE && !seen.get(up);
                    up = work.tree.parent(up)) {
                seen.set(up);
                clusters.add(up);
                addReaders(up, seen, pending);
            }
        }
    }

    private void addReaders(int writer, BitSet seen, ArrayList<Integer> pending) {
        for (var slot : work.tree.objectives(writer)) {
            for (var global : slot.allWrites()) {
                for (var reader : work.tree.readers(global)) {
                    var parent = work.tree.parent(reader);
                    if (parent != ActivityTree.NONE && !seen.get(parent)) {
                        pending.add(reader);
                    }
                }
            }
        }
    }

    private void rollUp(int cluster) {
        if (!work.tracked(cluster)) {
            return;
        }
        measure(cluster);
        completionMeasure(cluster);
        if (!work.tree.primary(cluster).definition.satisfiedByMeasure()) {
            byRules(cluster, DEFAULT_OBJECTIVE_RULES);
        }
        if (!tracking.completedByMeasure(work.tree.primary(cluster))) {
            byRules(cluster, DEFAULT_PROGRESS_RULES);
        }
    }

    /// RB.1.1 a Measure Rollup Process, and RB.1.2 a Objective Rollup Using Measure: setting a measure decides by it.
    private void measure(int cluster) {
        var total = 0.0;
        var counted = 0.0;
        var valid = false;
        for (var child : work.available[cluster]) {
            if (!work.tracked(child)) {
                continue;
            }
            var weight = work.tree.item(child).sequencing().rollup().objectiveMeasureWeight();
            var measure = tracking.read(work.tree.primary(child), NORMALIZED_MEASURE);
            counted += weight;
            if (!Double.isNaN(measure)) {
                valid = true;
                total += measure * weight;
            }
        }
        tracking.setMeasure(
                work.tree.primary(cluster), valid && counted > 0 ? total / counted : Double.NaN);
    }

    /// RB.1.1 b Completion Measure Rollup Process, and RB.1.3 a Activity Progress Rollup Using Measure.
    private void completionMeasure(int cluster) {
        var total = 0.0;
        var counted = 0.0;
        var valid = false;
        for (var child : work.available[cluster]) {
            if (!work.tracked(child)) {
                continue;
            }
            var weight = work.tree.item(child).content().completion().progressWeight();
            var amount = tracking.read(work.tree.primary(child), PROGRESS_MEASURE);
            counted += weight;
            if (!Double.isNaN(amount)) {
                valid = true;
                total += amount * weight;
            }
        }
        tracking.setProgress(
                work.tree.primary(cluster), valid && counted > 0 ? total / counted : Double.NaN);
    }

    /// RB.1.2 b Objective Rollup Using Rules and RB.1.3 b Activity Progress Rollup Using Rules. The default rules hold where
    /// the activity has none with either action. The positive action is looked at last and wins.
    private void byRules(int cluster, List<RollupRule> defaults) {
        var negative = defaults.getFirst().action();
        var positive = defaults.getLast().action();
        var rules = work.tree.item(cluster).sequencing().rollup().rules();
        if (rules.stream()
                .noneMatch(rule -> rule.action() == negative || rule.action() == positive)) {
            rules = defaults;
        }
        if (anyHolds(cluster, rules, negative)) {
            apply(cluster, negative);
        }
        if (anyHolds(cluster, rules, positive)) {
            apply(cluster, positive);
        }
    }

    private void apply(int cluster, RollupRule.Action action) {
        work.trace.add("RB.1.4", cluster, "rolled up to " + action.word());
        var primary = work.tree.primary(cluster);
        switch (action) {
            case SATISFIED -> tracking.setSatisfied(primary, Truth.TRUE);
            case NOT_SATISFIED -> tracking.setSatisfied(primary, Truth.FALSE);
            case COMPLETED -> tracking.setCompleted(primary, Truth.TRUE);
            case INCOMPLETE -> tracking.setCompleted(primary, Truth.FALSE);
        }
    }

    /// RB.1.4 Rollup Rule Check Subprocess.
    private boolean anyHolds(int cluster, List<RollupRule> rules, RollupRule.Action action) {
        for (var rule : rules) {
            if (rule.action() == action && holds(cluster, rule)) {
                return true;
            }
        }
        return false;
    }

    private boolean holds(int cluster, RollupRule rule) {
        var bag = new int[Truth.values().length];
        var count = 0;
        for (var child : work.available[cluster]) {
            if (work.tracked(child) && included(child, rule.action())) {
                bag[checks.holds(child, rule).ordinal()]++;
                count++;
            }
        }
        var met = bag[Truth.TRUE.ordinal()];
        return switch (rule.childSet()) {
            case ChildSet.All _ -> met == count;
            case ChildSet.Any _ -> met > 0;
            case ChildSet.None _ -> bag[Truth.FALSE.ordinal()] == count;
            case ChildSet.AtLeastCount(var minimum) -> met >= minimum;
            case ChildSet.AtLeastPercent(var minimum) -> count > 0 && met >= minimum * count;
        };
    }

    /// RB.1.4.2 Check Child for Rollup Subprocess.
    private boolean included(int child, RollupRule.Action action) {
        var rollup = work.tree.item(child).sequencing().rollup();
        var contributes =
                switch (action) {
                    case SATISFIED, NOT_SATISFIED -> rollup.objectiveSatisfied();
                    case COMPLETED, INCOMPLETE -> rollup.progressCompletion();
                };
        return contributes
                && switch (rollup.considerations().requiredFor(action)) {
                    case ALWAYS -> true;
                    case IF_ATTEMPTED -> work.attempts[child] > 0;
                    case IF_NOT_SUSPENDED -> work.attempts[child] == 0 || !work.suspended[child];
                    case IF_NOT_SKIPPED -> !checks.applies(child, SequencingRule.Action.SKIP);
                };
    }
}
