package io.coursewire.runtime.launch;

import io.coursewire.runtime.scorm2004.sequencing.Decision;
import io.coursewire.runtime.scorm2004.sequencing.Outcome;
import io.coursewire.runtime.scorm2004.sequencing.Step;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// A request that was decided in a sequenced course, and the reasons.
///
/// @param request as `adl.nav.request` has it, or `open`
/// @param decision deliver, waiting, refused or ended
/// @param activity what was delivered, by the package's identifier
public record CourseMove(
        Instant at,
        String request,
        String decision,
        Optional<String> activity,
        List<Step> reasons) {
    static final String OPEN = "open";

    public CourseMove {
        reasons = List.copyOf(reasons);
    }

    static CourseMove of(Instant at, String request, Outcome outcome) {
        return new CourseMove(
                at,
                request,
                word(outcome.decision()),
                outcome.decision() instanceof Decision.Deliver deliver
                        ? Optional.of(deliver.activity())
                        : Optional.empty(),
                outcome.reasons());
    }

    private static String word(Decision decision) {
        return switch (decision) {
            case Decision.Deliver _ -> "deliver";
            case Decision.SessionEnded _ -> "ended";
            case Decision.Waiting _ -> "waiting";
            case Decision.Refused _ -> "refused";
        };
    }
}
