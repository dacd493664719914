package io.coursewire.runtime.scorm2004.sequencing;

import java.util.ArrayList;
import java.util.List;

/// Collects the reasons of one request, up to a limit: a walk over thousands of skipped activities explains itself early.
final class Trace {
    static final int MAX_STEPS = 200;

    private final ActivityTree tree;
    private final List<Step> steps = new ArrayList<>();
    private boolean silent;

    Trace(ActivityTree tree) {
        this.tree = tree;
    }

    static Trace none(ActivityTree tree) {
        var trace = new Trace(tree);
        trace.silent = true;
        return trace;
    }

    void add(String clause, int activity, String decided) {
        if (!silent && steps.size() < MAX_STEPS) {
            steps.add(new Step(clause, activity < 0 ? "" : tree.identifier(activity), decided));
        }
    }

    List<Step> steps() {
        return List.copyOf(steps);
    }
}
