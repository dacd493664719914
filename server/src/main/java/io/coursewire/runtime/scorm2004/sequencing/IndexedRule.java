package io.coursewire.runtime.scorm2004.sequencing;

import io.coursewire.packages.scorm2004.Combination;
import io.coursewire.packages.scorm2004.RuleCondition;
import io.coursewire.packages.scorm2004.SequencingRule;

/// A sequencing rule whose referenced objectives are resolved. A condition on an objective that is not there has no slot and
/// stays unknown.
final class IndexedRule {
    final SequencingRule.Action action;
    final Combination combination;
    final RuleCondition[] conditions;
    final ObjectiveSlot[] slots;

    IndexedRule(SequencingRule rule, ObjectiveSlot[] objectives) {
        action = rule.action();
        combination = rule.combination();
        conditions = rule.conditions().toArray(RuleCondition[]::new);
        slots = new ObjectiveSlot[conditions.length];
        for (int i = 0; i < slots.length; i++) {
            slots[i] = find(conditions[i].referencedObjective(), objectives);
        }
    }

    private static ObjectiveSlot find(String identifier, ObjectiveSlot[] objectives) {
        if (identifier.isEmpty()) {
            return objectives[0];
        }
        for (var slot : objectives) {
            if (slot.definition.identifier().equals(identifier)) {
                return slot;
            }
        }
        return null;
    }
}
