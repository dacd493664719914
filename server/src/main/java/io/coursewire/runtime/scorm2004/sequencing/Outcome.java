package io.coursewire.runtime.scorm2004.sequencing;

import java.util.List;

/// The answer to a request: what comes next, the state from now on, and the reasons.
public record Outcome(TrackingState state, Decision decision, List<Step> reasons) {
    public Outcome {
        reasons = List.copyOf(reasons);
    }
}
