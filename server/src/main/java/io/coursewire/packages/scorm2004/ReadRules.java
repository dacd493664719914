package io.coursewire.packages.scorm2004;

import io.coursewire.packages.scorm2004.SequencingRule.Action;
import io.coursewire.packages.scorm2004.SequencingRule.Kind;
import io.coursewire.packages.xml.XmlElement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Reads `imsss:sequencingRules`. A rule with an unknown action or condition cannot be obeyed and is left out with a warning.
final class ReadRules {
    private final List<Objective> objectives;
    private final Values values;

    private ReadRules(List<Objective> objectives, Values values) {
        this.objectives = objectives;
        this.values = values;
    }

    static SequencingRules read(
            SequencingCollections.Parts parts, List<Objective> objectives, Values values) {
        var read = new ReadRules(objectives, values);
        return new SequencingRules(
                read.rules(parts, Kind.PRECONDITION),
                read.rules(parts, Kind.EXIT),
                read.rules(parts, Kind.POSTCONDITION));
    }

    private List<SequencingRule> rules(SequencingCollections.Parts parts, Kind kind) {
        return parts.all("sequencingRules", kind.element())
                .flatMap(element -> rule(element, kind).stream())
                .toList();
    }

    private Optional<SequencingRule> rule(XmlElement element, Kind kind) {
        var word =
                element.first("ruleAction")
                        .flatMap(action -> action.attribute("action"))
                        .orElse("");
        var action =
                Values.find(Action.values(), Action::word, word)
                        .filter(found -> found.kind() == kind);
        if (action.isEmpty()) {
            values.warn(
                    "unknown-action",
                    "the action \"" + word + "\" is not known; the rule is left out",
                    element);
            return Optional.empty();
        }
        var parent = element.first("ruleConditions");
        var conditions = new ArrayList<RuleCondition>();
        for (var each : parent.stream().flatMap(all -> all.all("ruleCondition")).toList()) {
            var condition = condition(each);
            if (condition.isEmpty()) {
                return Optional.empty();
            }
            conditions.add(condition.get());
        }
        var combination =
                parent.map(all -> combination(all, Combination.ALL, values))
                        .orElse(Combination.ALL);
        return Optional.of(new SequencingRule(action.get(), combination, conditions));
    }

    private Optional<RuleCondition> condition(XmlElement element) {
        var condition = find(element, values);
        var objective = element.attribute("referencedObjective").orElse("");
        if (!objective.isEmpty()
                && objectives.stream().noneMatch(known -> known.identifier().equals(objective))) {
            values.warn(
                    "dangling-reference",
                    "there is no objective \"" + objective + "\"; it stays unknown",
                    element);
        }
        return condition.map(
                found ->
                        new RuleCondition(
                                found,
                                negated(element, values),
                                objective,
                                values.number(
                                        element.attribute("measureThreshold"),
                                        Range.MEASURE,
                                        0,
                                        element)));
    }

    static Optional<Condition> find(XmlElement element, Values values) {
        var word = element.attribute("condition").orElse("");
        var condition = Values.find(Condition.values(), Condition::word, word);
        if (condition.isEmpty()) {
            values.warn(
                    "unknown-condition",
                    "the condition \"" + word + "\" is not known; the rule is left out",
                    element);
        }
        return condition;
    }

    static boolean negated(XmlElement condition, Values values) {
        return switch (condition.attribute("operator").orElse("").toLowerCase(Locale.ROOT)) {
            case "", "noop" -> false;
            case "not" -> true;
            case String other -> {
                values.warn("bad-value", "the operator \"" + other + "\" is left out", condition);
                yield false;
            }
        };
    }

    static Combination combination(XmlElement conditions, Combination otherwise, Values values) {
        return values.word(
                conditions,
                "conditionCombination",
                Combination.values(),
                Combination::name,
                otherwise);
    }
}
