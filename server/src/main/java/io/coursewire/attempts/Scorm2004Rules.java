package io.coursewire.attempts;

import io.coursewire.attempts.RuntimeReport.Ending;
import io.coursewire.attempts.RuntimeReport.Scorm2004;
import io.coursewire.attempts.StatusRules.Verdict;
import java.math.BigDecimal;

/// What a SCORM 2004 report says of completion and success (RTE 4.2.4, 4.2.21): content's own words,
/// unless the manifest has a threshold that judges a measure. Pure.
final class Scorm2004Rules {
    private record Answer<E extends Enum<E>>(E value, String rule) {}

    private Scorm2004Rules() {}

    /// The success names the rule where it is known, as it names the status.
    static Verdict verdict(Scorm2004 report, StatusPolicy policy) {
        if (isUntouched(report)) {
            return new Verdict(
                    policy.scorm2004UntouchedCompletes()
                            ? Completion.COMPLETED
                            : Completion.INCOMPLETE,
                    Success.UNKNOWN,
                    "scorm2004.untouchedStatus");
        }
        var completion = completion(report);
        var success = success(report);
        return new Verdict(
                completion.value(),
                success.value(),
                success.value() == Success.UNKNOWN ? completion.rule() : success.rule());
    }

    /// A participant who passed in a course that goes on has not come to its end.
    static boolean decides(Progress after) {
        return switch (after.completion()) {
            case COMPLETED -> true;
            case INCOMPLETE -> false;
            case UNKNOWN -> after.success() != Success.UNKNOWN;
        };
    }

    private static boolean isUntouched(Scorm2004 report) {
        return report.ending() == Ending.FINISHED
                && report.completion().isEmpty()
                && report.success().isEmpty()
                && report.measures().completionThreshold().isEmpty()
                && report.measures().scaledPassingScore().isEmpty();
    }

    private static Answer<Completion> completion(Scorm2004 report) {
        var measures = report.measures();
        if (measures.completionThreshold().isEmpty()) {
            return new Answer<>(
                    report.completion().orElse(Completion.UNKNOWN), "scorm2004.completionStatus");
        }
        var judged =
                measures.progressMeasure()
                        .map(
                                measure ->
                                        reaches(measure, measures.completionThreshold().get())
                                                ? Completion.COMPLETED
                                                : Completion.INCOMPLETE);
        return new Answer<>(judged.orElse(Completion.UNKNOWN), "scorm2004.completionThreshold");
    }

    private static Answer<Success> success(Scorm2004 report) {
        var passing = report.measures().scaledPassingScore();
        if (passing.isEmpty()) {
            return new Answer<>(
                    report.success().orElse(Success.UNKNOWN), "scorm2004.successStatus");
        }
        var judged =
                report.score()
                        .scaled()
                        .map(scaled -> judged(report, reaches(scaled, passing.get())));
        return new Answer<>(judged.orElse(Success.UNKNOWN), "scorm2004.scaledPassingScore");
    }

    // Content tells its score as it goes: until it has ended, a low one may still rise.
    private static Success judged(Scorm2004 report, boolean passes) {
        if (passes) {
            return Success.PASSED;
        }
        return report.ending() == Ending.NONE ? Success.UNKNOWN : Success.FAILED;
    }

    private static boolean reaches(BigDecimal measure, BigDecimal threshold) {
        return measure.compareTo(threshold) >= 0;
    }
}
