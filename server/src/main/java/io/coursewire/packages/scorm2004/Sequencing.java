package io.coursewire.packages.scorm2004;

import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

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

    public boolean allows(ControlMode mode) {
        return controls.contains(mode);
    }
}
