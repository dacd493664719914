package io.coursewire.runtime.scorm2004.sequencing;

import static io.coursewire.packages.scorm2004.ObjectiveValue.NORMALIZED_MEASURE;

import io.coursewire.packages.scorm2004.Combination;
import io.coursewire.packages.scorm2004.Condition;
import io.coursewire.packages.scorm2004.LimitConditions;
import io.coursewire.packages.scorm2004.RollupRule;
import io.coursewire.packages.scorm2004.SequencingRule.Action;
import io.coursewire.packages.scorm2004.SequencingRule.Kind;
import java.util.Optional;

/// The utility processes that ask whether an activity may be considered: UP.1 Limit Conditions Check, UP.2 Sequencing Rules
/// Check, UP.2.1 Sequencing Rule Check, UP.5 Check Activity; and RB.1.4.1, which evaluates rollup conditions alike.
final class RuleChecks {
    private static final int ACTIONS = Action.values().length;

    private final Workspace work;
    private final Tracking tracking;

    /// By activity and action. Null where the state may change between two checks.
    private final Truth[] known;

    private RuleChecks(Workspace work, Tracking tracking, Truth[] known) {
        this.work = work;
        this.tracking = tracking;
        this.known = known;
    }

    RuleChecks(Workspace work, Tracking tracking) {
        this(work, tracking, null);
    }

    /// For a state that will not change during the life of the answer: each rule is looked at once.
    static RuleChecks remembering(Workspace work, Tracking tracking) {
        return new RuleChecks(work, tracking, new Truth[work.tree.size() * ACTIONS]);
    }

    /// UP.2 for one precondition or exit action.
    boolean applies(int activity, Action action) {
        if (known == null) {
            return evaluate(activity, action);
        }
        var place = activity * ACTIONS + action.ordinal();
        if (known[place] == null) {
            known[place] = Truth.of(evaluate(activity, action));
        }
        return known[place] == Truth.TRUE;
    }

    private boolean evaluate(int activity, Action action) {
        for (var rule : work.tree.rules(activity)) {
            if (rule.action == action && holds(activity, rule) == Truth.TRUE) {
                return true;
            }
        }
        return false;
    }

    /// UP.2 for postconditions: the first rule that holds decides.
    Optional<Action> postcondition(int activity) {
        for (var rule : work.tree.rules(activity)) {
            if (rule.action.kind() == Kind.POSTCONDITION && holds(activity, rule) == Truth.TRUE) {
                return Optional.of(rule.action);
            }
        }
        return Optional.empty();
    }

    /// UP.2.1.
    private Truth holds(int activity, IndexedRule rule) {
        var result = new Combined(rule.combination);
        for (int i = 0; i < rule.conditions.length && result.open(); i++) {
            var condition = rule.conditions[i];
            var slot = rule.slots[i];
            var truth =
                    slot == null
                            ? Truth.UNKNOWN
                            : evaluate(
                                    activity,
                                    slot,
                                    condition.condition(),
                                    condition.measureThreshold());
            result.add(condition.negated() ? truth.not() : truth);
        }
        return result.truth();
    }

    /// RB.1.4.1 Evaluate Rollup Conditions Subprocess.
    Truth holds(int activity, RollupRule rule) {
        var result = new Combined(rule.combination());
        for (var condition : rule.conditions()) {
            var truth = evaluate(activity, work.tree.primary(activity), condition.condition(), 0);
            result.add(condition.negated() ? truth.not() : truth);
        }
        return result.truth();
    }

    private Truth evaluate(
            int activity, ObjectiveSlot slot, Condition condition, double threshold) {
        return switch (condition) {
            case ALWAYS -> Truth.TRUE;
            case SATISFIED -> tracking.satisfied(slot);
            case OBJECTIVE_STATUS_KNOWN -> Truth.of(tracking.satisfied(slot).known());
            case OBJECTIVE_MEASURE_KNOWN -> Truth.of(!Double.isNaN(measure(slot)));
            case OBJECTIVE_MEASURE_GREATER_THAN -> compare(measure(slot), threshold);
            case OBJECTIVE_MEASURE_LESS_THAN -> compare(-measure(slot), -threshold);
            case COMPLETED -> tracking.completed(slot);
            case ACTIVITY_PROGRESS_KNOWN -> Truth.of(tracking.completed(slot).known());
            case ATTEMPTED -> Truth.of(work.attempts[activity] > 0);
            case ATTEMPT_LIMIT_EXCEEDED -> Truth.of(attemptLimitReached(activity));
            case TIME_LIMIT_EXCEEDED -> Truth.of(timeLimitReached(activity));
            // SCORM defines neither begin nor end times.
            case OUTSIDE_AVAILABLE_TIME_RANGE -> Truth.FALSE;
        };
    }

    private double measure(ObjectiveSlot slot) {
        return tracking.read(slot, NORMALIZED_MEASURE);
    }

    private static Truth compare(double measure, double threshold) {
        return Double.isNaN(measure) ? Truth.UNKNOWN : Truth.of(measure > threshold);
    }

    /// UP.1. Activities under way are not held up by limits.
    private boolean limited(int activity) {
        return work.tracked(activity)
                && !work.active[activity]
                && !work.suspended[activity]
                && attemptLimitReached(activity);
    }

    private boolean attemptLimitReached(int activity) {
        var limit = limits(activity).attemptLimit();
        return limit.isPresent() && work.attempts[activity] >= limit.getAsInt();
    }

    private boolean timeLimitReached(int activity) {
        var limit = limits(activity).attemptAbsoluteDurationLimit();
        return limit.isPresent()
                && work.seconds[activity] >= limit.get().length().toMillis() / 1000.0;
    }

    private LimitConditions limits(int activity) {
        return work.tree.item(activity).sequencing().delivery().limits();
    }

    /// UP.5 Check Activity Process: true when the activity must not be delivered.
    boolean disabled(int activity) {
        return applies(activity, Action.DISABLED) || limited(activity);
    }

    /// Folds conditions in three-valued logic. No condition at all is unknown.
    private static final class Combined {
        private final Truth decisive;
        private boolean any;
        private boolean unknown;
        private boolean decided;

        Combined(Combination combination) {
            decisive = combination == Combination.ALL ? Truth.FALSE : Truth.TRUE;
        }

        void add(Truth truth) {
            any = true;
            decided |= truth == decisive;
            unknown |= truth == Truth.UNKNOWN;
        }

        boolean open() {
            return !decided;
        }

        Truth truth() {
            if (decided) {
                return decisive;
            }
            return unknown || !any ? Truth.UNKNOWN : decisive.not();
        }
    }
}
