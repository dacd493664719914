package io.coursewire.attempts;

import io.coursewire.attempts.RuntimeReport.Aicc;
import io.coursewire.attempts.RuntimeReport.Asset;
import io.coursewire.attempts.RuntimeReport.Ending;
import io.coursewire.attempts.RuntimeReport.Lesson;
import io.coursewire.attempts.RuntimeReport.Scorm12;
import io.coursewire.attempts.RuntimeReport.Scorm2004;

/// Turns what content reported into the status the outside world sees. A later report may raise
/// completed to passed or failed, and failed to passed; it never lowers anything, nor the score that goes with it.
/// Pure: no clock, no database, no logging. Same arguments, same answer.
public final class StatusRules {
    private StatusRules() {}

    /// What one report says, by itself, and the rule by which it says so.
    record Verdict(Completion completion, Success success, String rule) {
        static final Verdict NONE = new Verdict(Completion.UNKNOWN, Success.UNKNOWN, "none");
    }

    /// Who answers in one word: SCORM 1.2, and AICC, from which it took it.
    private enum Words {
        SCORM12("scorm12."),
        AICC("aicc.");

        private final String prefix;

        Words(String prefix) {
            this.prefix = prefix;
        }

        String rule(String name) {
            return prefix + name;
        }

        // Much of AICC's content never sends its ExitAU: a window that closes ends it as well.
        boolean isJudgedAt(Ending ending) {
            return ending.isByContent() || this == AICC && ending == Ending.BROKEN_OFF;
        }
    }

    public static Progress apply(Progress before, RuntimeReport report, StatusPolicy policy) {
        return switch (report) {
            case Scorm12 r -> lesson(before, r, Words.SCORM12, policy);
            case Aicc(var words) -> lesson(before, words, Words.AICC, policy);
            case Scorm2004 r -> {
                var after = raise(before, Scorm2004Rules.verdict(r, policy), r.score());
                yield after.finalIf(Scorm2004Rules.decides(after));
            }
            case Asset r -> {
                var after = raise(before, fromDelivery(r), r.score());
                yield after.finalIf(after.completion() == Completion.COMPLETED);
            }
        };
    }

    /// The first line that fits decides.
    public static Status status(Progress progress) {
        return switch (progress.success()) {
            case PASSED -> Status.PASSED;
            case FAILED -> Status.FAILED;
            case UNKNOWN ->
                    progress.completion() == Completion.COMPLETED
                            ? Status.COMPLETED
                            : undecided(progress);
        };
    }

    private static Status undecided(Progress progress) {
        return switch (progress.presence()) {
            case OPEN -> Status.ACTIVE;
            case NEVER_OPENED -> Status.NOT_STARTED;
            case SUSPENDED -> Status.SUSPENDED;
            case LEFT ->
                    progress.completion() == Completion.INCOMPLETE
                            ? Status.INCOMPLETE
                            : Status.IN_PROGRESS;
            case VANISHED -> Status.IN_PROGRESS;
        };
    }

    private static Progress raise(Progress before, Verdict verdict, Score score) {
        var completion = max(before.completion(), verdict.completion());
        var success = max(before.success(), verdict.success());
        boolean raised = completion != before.completion() || success != before.success();
        return new Progress(
                completion,
                success,
                isBelow(verdict, before) ? before.score() : score,
                before.presence(),
                before.isFinal(),
                raised ? verdict.rule() : before.rule());
    }

    // Content that was passed or completed and is opened again may begin anew, with a score of 0.
    private static boolean isBelow(Verdict verdict, Progress kept) {
        int success = verdict.success().compareTo(kept.success());
        return success < 0
                || success == 0
                        && kept.completion() == Completion.COMPLETED
                        && verdict.completion() != Completion.COMPLETED;
    }

    private static Progress lesson(Progress before, Scorm12 r, Words words, StatusPolicy policy) {
        var after = raise(before, fromLesson(r, words, policy), r.score());
        return after.finalIf(before.isFinal() || lessonDecides(after, policy));
    }

    private static boolean lessonDecides(Progress after, StatusPolicy policy) {
        return after.success() == Success.FAILED
                ? policy.scorm12FailedIsFinal()
                : after.completion() == Completion.COMPLETED;
    }

    // SCORM 1.2 RTE 3.4.4: at LMSFinish the LMS judges the score against the mastery score and
    // overrides the content's word, unless content says that it is not through.
    private static Verdict fromLesson(Scorm12 r, Words words, StatusPolicy policy) {
        boolean judgedByScore = r.masteryScore().isPresent() && r.score().raw().isPresent();
        if (judgedByScore && words.isJudgedAt(r.ending()) && isThrough(r)) {
            return ended(
                    reachesMastery(r) ? Success.PASSED : Success.FAILED,
                    words.rule("masteryScore"));
        }
        if (judgedByScore && r.lesson() == Lesson.PASSED && !reachesMastery(r)) {
            // The score may still rise until LMSFinish; passed could never be taken back.
            return Verdict.NONE;
        }
        return switch (r.lesson()) {
            case NOT_ATTEMPTED ->
                    r.ending() == Ending.FINISHED ? untouched(words, policy) : Verdict.NONE;
            case BROWSED, INCOMPLETE ->
                    new Verdict(Completion.INCOMPLETE, Success.UNKNOWN, words.rule("lessonStatus"));
            case COMPLETED -> ended(Success.UNKNOWN, words.rule("lessonStatus"));
            case PASSED -> ended(Success.PASSED, words.rule("lessonStatus"));
            case FAILED -> ended(Success.FAILED, words.rule("lessonStatus"));
        };
    }

    // Content that leaves its status to the score, and is left midway, may still reach more.
    private static boolean isThrough(Scorm12 r) {
        return switch (r.lesson()) {
            case COMPLETED, PASSED, FAILED -> true;
            case NOT_ATTEMPTED, BROWSED -> r.ending() == Ending.FINISHED || reachesMastery(r);
            case INCOMPLETE -> false;
        };
    }

    private static Verdict untouched(Words words, StatusPolicy policy) {
        return policy.scorm12UntouchedCompletes()
                ? ended(Success.UNKNOWN, words.rule("untouchedStatus"))
                : new Verdict(
                        Completion.INCOMPLETE, Success.UNKNOWN, words.rule("untouchedStatus"));
    }

    private static Verdict fromDelivery(Asset r) {
        return r.ended() ? ended(Success.UNKNOWN, "asset.ended") : Verdict.NONE;
    }

    private static Verdict ended(Success success, String rule) {
        return new Verdict(Completion.COMPLETED, success, rule);
    }

    private static boolean reachesMastery(Scorm12 r) {
        return r.score().raw().get().compareTo(r.masteryScore().get()) >= 0;
    }

    private static <E extends Enum<E>> E max(E one, E other) {
        return one.compareTo(other) >= 0 ? one : other;
    }
}
