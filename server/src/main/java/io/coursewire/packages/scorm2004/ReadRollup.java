package io.coursewire.packages.scorm2004;

import io.coursewire.packages.scorm2004.RollupConsiderations.Required;
import io.coursewire.packages.scorm2004.RollupRule.Action;
import io.coursewire.packages.scorm2004.RollupRule.RollupCondition;
import io.coursewire.packages.xml.XmlElement;
import java.util.ArrayList;
import java.util.Locale;
import java.util.Optional;

/// Reads `imsss:rollupRules` and `adlseq:rollupConsiderations`.
final class ReadRollup {
    private final Values values;

    private ReadRollup(Values values) {
        this.values = values;
    }

    static Rollup read(SequencingCollections.Parts parts, Values values) {
        return new ReadRollup(values).read(parts);
    }

    private Rollup read(SequencingCollections.Parts parts) {
        var rules =
                parts.all("rollupRules", "rollupRule")
                        .flatMap(element -> rule(element).stream())
                        .toList();
        var parent = parts.get("rollupRules");
        return new Rollup(
                rules,
                parent.map(element -> values.flag(element, "rollupObjectiveSatisfied", true))
                        .orElse(true),
                parent.map(element -> values.flag(element, "rollupProgressCompletion", true))
                        .orElse(true),
                parent.map(this::weight).orElse(1.0),
                parts.get("rollupConsiderations")
                        .map(this::considerations)
                        .orElse(RollupConsiderations.DEFAULT));
    }

    private double weight(XmlElement element) {
        return values.number(element.attribute("objectiveMeasureWeight"), Range.UNIT, 1, element);
    }

    private RollupConsiderations considerations(XmlElement element) {
        return new RollupConsiderations(
                required(element, "requiredForSatisfied"),
                required(element, "requiredForNotSatisfied"),
                required(element, "requiredForCompleted"),
                required(element, "requiredForIncomplete"),
                values.flag(element, "measureSatisfactionIfActive", true));
    }

    private Required required(XmlElement element, String attribute) {
        return values.word(element, attribute, Required.values(), Required::word, Required.ALWAYS);
    }

    private Optional<RollupRule> rule(XmlElement element) {
        var word =
                element.first("rollupAction")
                        .flatMap(action -> action.attribute("action"))
                        .orElse("");
        var action = Values.find(Action.values(), Action::word, word);
        if (action.isEmpty()) {
            values.warn(
                    "unknown-action",
                    "the action \"" + word + "\" is not known; the rule is left out",
                    element);
            return Optional.empty();
        }
        var parent = element.first("rollupConditions");
        var conditions = new ArrayList<RollupCondition>();
        for (var each : parent.stream().flatMap(all -> all.all("rollupCondition")).toList()) {
            var condition = condition(each);
            if (condition.isEmpty()) {
                return Optional.empty();
            }
            conditions.add(condition.get());
        }
        var combination =
                parent.map(all -> ReadRules.combination(all, Combination.ANY, values))
                        .orElse(Combination.ANY);
        return Optional.of(
                new RollupRule(action.get(), childSet(element), combination, conditions));
    }

    private Optional<RollupCondition> condition(XmlElement element) {
        var condition = ReadRules.find(element, values);
        if (condition.isPresent() && !condition.get().usableInRollup()) {
            values.warn(
                    "unknown-condition",
                    "\""
                            + condition.get().word()
                            + "\" is not a condition of rollup; the rule is left out",
                    element);
            return Optional.empty();
        }
        return condition.map(
                found -> new RollupCondition(found, ReadRules.negated(element, values)));
    }

    private ChildSet childSet(XmlElement element) {
        return switch (element.attribute("childActivitySet").orElse("").toLowerCase(Locale.ROOT)) {
            case "", "all" -> new ChildSet.All();
            case "any" -> new ChildSet.Any();
            case "none" -> new ChildSet.None();
            case "atleastcount" ->
                    new ChildSet.AtLeastCount(values.count(element, "minimumCount").orElse(0));
            case "atleastpercent" ->
                    new ChildSet.AtLeastPercent(
                            values.number(
                                    element.attribute("minimumPercent"), Range.UNIT, 0, element));
            case String other -> {
                values.warn(
                        "bad-value", "childActivitySet \"" + other + "\" is read as all", element);
                yield new ChildSet.All();
            }
        };
    }
}
