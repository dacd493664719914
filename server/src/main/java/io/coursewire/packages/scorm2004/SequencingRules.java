package io.coursewire.packages.scorm2004;

import java.util.List;

/// The rules of an activity, in the order of the manifest, which is the order of their evaluation.
public record SequencingRules(
        List<SequencingRule> precondition,
        List<SequencingRule> exit,
        List<SequencingRule> postcondition) {
    static final SequencingRules NONE = new SequencingRules(List.of(), List.of(), List.of());

    public SequencingRules {
        precondition = List.copyOf(precondition);
        exit = List.copyOf(exit);
        postcondition = List.copyOf(postcondition);
    }
}
