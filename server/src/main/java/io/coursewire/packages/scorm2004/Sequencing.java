package io.coursewire.packages.scorm2004;

import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// The sequencing definition of one activity, references to collections resolved. The primary objective, the one that
/// contributes to rollup, is the first of `objectives` and always there.
public record Sequencing(
        Set<ControlMode> controls,
        SequencingRules rules,
        Rollup rollup,
        List<Objective> objectives,
        DeliveryControls delivery) {

    /// What holds where the manifest says nothing.
    public static final Sequencing DEFAULT =
            new Sequencing(
                    ControlMode.DEFAULT,
                    SequencingRules.NONE,
                    Rollup.DEFAULT,
                    List.of(Objective.PRIMARY),
                    DeliveryControls.DEFAULT);

    public Sequencing {
        var copy = EnumSet.noneOf(ControlMode.class);
        copy.addAll(controls);
        controls = Collections.unmodifiableSet(copy);
        objectives = List.copyOf(objectives);
        if (objectives.isEmpty() || !objectives.getFirst().primary()) {
            throw new IllegalArgumentException("the primary objective comes first");
        }
    }

    /// Whether a measure decides anything here: an objective's status, a rule, a roll-up.
    boolean looksAtMeasures() {
        return objectives.stream().anyMatch(Objective::satisfiedByMeasure)
                || Stream.of(rules.precondition(), rules.exit(), rules.postcondition())
                        .flatMap(List::stream)
                        .flatMap(rule -> rule.conditions().stream())
                        .anyMatch(each -> each.condition().isOfMeasure())
                || rollup.rules().stream()
                        .flatMap(rule -> rule.conditions().stream())
                        .anyMatch(each -> each.condition().isOfMeasure());
    }

    public boolean allows(ControlMode mode) {
        return controls.contains(mode);
    }
}
