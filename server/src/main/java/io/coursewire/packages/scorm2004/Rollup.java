package io.coursewire.packages.scorm2004;

import java.util.List;

/// How an activity's state is made from its children's (`rules`), and how it counts for its own parent (the rest).
public record Rollup(
        List<RollupRule> rules,
        boolean objectiveSatisfied,
        boolean progressCompletion,
        double objectiveMeasureWeight,
        RollupConsiderations considerations) {
    static final Rollup DEFAULT =
            new Rollup(List.of(), true, true, 1, RollupConsiderations.DEFAULT);

    public Rollup {
        rules = List.copyOf(rules);
        Range.UNIT.require(objectiveMeasureWeight);
    }
}
