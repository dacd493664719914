package io.coursewire.api;

import io.coursewire.attempts.Completion;
import io.coursewire.attempts.RuntimeReport;
import io.coursewire.attempts.RuntimeReport.Aicc;
import io.coursewire.attempts.RuntimeReport.Asset;
import io.coursewire.attempts.RuntimeReport.Ending;
import io.coursewire.attempts.RuntimeReport.Lesson;
import io.coursewire.attempts.RuntimeReport.Scorm12;
import io.coursewire.attempts.RuntimeReport.Scorm2004;
import io.coursewire.attempts.Score;
import io.coursewire.attempts.Success;
import tools.jackson.databind.node.ObjectNode;

/// What the rules of a standard look at, as JSON. What content never said is null.
final class ReportedInputs {
    private ReportedInputs() {}

    static ObjectNode of(RuntimeReport report) {
        return switch (report) {
            case Scorm12 said -> lesson(said, "scorm12");
            case Aicc said -> lesson(said.words(), "aicc");
            case Scorm2004 said -> scorm2004(said);
            case Asset asset -> View.object().put("standard", "asset").put("ended", asset.ended());
        };
    }

    private static ObjectNode lesson(Scorm12 said, String standard) {
        var inputs =
                View.object()
                        .put("standard", standard)
                        .put("lessonStatus", word(said.lesson()))
                        .put("masteryScore", said.masteryScore().orElse(null))
                        .put("ending", word(said.ending()));
        return withScore(inputs, said.score());
    }

    private static ObjectNode scorm2004(Scorm2004 said) {
        var measures = said.measures();
        var inputs =
                View.object()
                        .put("standard", "scorm2004")
                        .put(
                                "completionStatus",
                                said.completion().map(Completion::word).orElse(null))
                        .put("successStatus", said.success().map(Success::word).orElse(null))
                        .put("completionThreshold", measures.completionThreshold().orElse(null))
                        .put("progressMeasure", measures.progressMeasure().orElse(null))
                        .put("scaledPassingScore", measures.scaledPassingScore().orElse(null))
                        .put("ending", word(said.ending()));
        return withScore(inputs, said.score());
    }

    private static ObjectNode withScore(ObjectNode inputs, Score score) {
        return inputs.put("scoreScaled", score.scaled().orElse(null))
                .put("scoreRaw", score.raw().orElse(null))
                .put("scoreMinimum", score.minimum().orElse(null))
                .put("scoreMaximum", score.maximum().orElse(null));
    }

    private static String word(Lesson lesson) {
        return switch (lesson) {
            case NOT_ATTEMPTED -> "not attempted";
            case BROWSED -> "browsed";
            case INCOMPLETE -> "incomplete";
            case COMPLETED -> "completed";
            case FAILED -> "failed";
            case PASSED -> "passed";
        };
    }

    private static String word(Ending ending) {
        return switch (ending) {
            case NONE -> "none";
            case FINISHED -> "finished";
            case SUSPENDED -> "suspended";
            case BROKEN_OFF -> "brokenOff";
        };
    }
}
