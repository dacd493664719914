package io.coursewire.packages.scorm2004;

import java.util.List;

/// If enough of the children meet the conditions, the action applies to the parent.
public record RollupRule(
        Action action,
        ChildSet childSet,
        Combination combination,
        List<RollupCondition> conditions) {
    public RollupRule {
        conditions = List.copyOf(conditions);
    }

    public enum Action {
        SATISFIED("satisfied"),
        NOT_SATISFIED("notSatisfied"),
        COMPLETED("completed"),
        INCOMPLETE("incomplete");

        private final String word;

        Action(String word) {
            this.word = word;
        }

        public String word() {
            return word;
        }
    }

    /// One condition, looked at for each child.
    public record RollupCondition(Condition condition, boolean negated) {
        public RollupCondition {
            if (!condition.usableInRollup()) {
                throw new IllegalArgumentException(condition + " is not a rollup condition");
            }
        }
    }
}
