package io.coursewire.packages.scorm2004;

import java.util.List;

/// If the conditions hold, the action applies.
public record SequencingRule(
        Action action, Combination combination, List<RuleCondition> conditions) {
    public SequencingRule {
        conditions = List.copyOf(conditions);
    }

    /// Actions of the three kinds of rules.
    public enum Action {
        SKIP("skip", Kind.PRECONDITION),
        DISABLED("disabled", Kind.PRECONDITION),
        HIDDEN_FROM_CHOICE("hiddenFromChoice", Kind.PRECONDITION),
        STOP_FORWARD_TRAVERSAL("stopForwardTraversal", Kind.PRECONDITION),
        EXIT("exit", Kind.EXIT),
        EXIT_PARENT("exitParent", Kind.POSTCONDITION),
        EXIT_ALL("exitAll", Kind.POSTCONDITION),
        RETRY("retry", Kind.POSTCONDITION),
        RETRY_ALL("retryAll", Kind.POSTCONDITION),
        CONTINUE("continue", Kind.POSTCONDITION),
        PREVIOUS("previous", Kind.POSTCONDITION);

        private final String word;
        private final Kind kind;

        Action(String word, Kind kind) {
            this.word = word;
            this.kind = kind;
        }

        public String word() {
            return word;
        }

        public Kind kind() {
            return kind;
        }
    }

    /// When a rule is looked at: before delivery, after a descendant ended, after the activity itself ended.
    public enum Kind {
        PRECONDITION("preConditionRule"),
        EXIT("exitConditionRule"),
        POSTCONDITION("postConditionRule");

        private final String element;

        Kind(String element) {
            this.element = element;
        }

        public String element() {
            return element;
        }
    }
}
