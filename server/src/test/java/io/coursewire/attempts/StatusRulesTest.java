package io.coursewire.attempts;

import static io.coursewire.attempts.RuntimeReport.Lesson.BROWSED;
import static io.coursewire.attempts.RuntimeReport.Lesson.COMPLETED;
import static io.coursewire.attempts.RuntimeReport.Lesson.FAILED;
import static io.coursewire.attempts.RuntimeReport.Lesson.INCOMPLETE;
import static io.coursewire.attempts.RuntimeReport.Lesson.NOT_ATTEMPTED;
import static io.coursewire.attempts.RuntimeReport.Lesson.PASSED;
import static org.assertj.core.api.Assertions.assertThat;

import io.coursewire.attempts.RuntimeReport.Aicc;
import io.coursewire.attempts.RuntimeReport.Asset;
import io.coursewire.attempts.RuntimeReport.Ending;
import io.coursewire.attempts.RuntimeReport.Lesson;
import io.coursewire.attempts.RuntimeReport.Scorm12;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// From what content said to one word and whether it is the end. Tables first, then properties.
class StatusRulesTest {
    private static final StatusPolicy DEFAULT = StatusPolicy.DEFAULT;

    // lesson, mastery, raw, finished at a normal exit -> status, final, rule
    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "NOT_ATTEMPTED, -,  -,  true,  completed,  true,  scorm12.untouchedStatus",
                "NOT_ATTEMPTED, -,  -,  false, inProgress, false, none",
                "NOT_ATTEMPTED, 80, 80, true,  passed,     true,  scorm12.masteryScore",
                "NOT_ATTEMPTED, 80, 79, true,  failed,     true,  scorm12.masteryScore",
                "NOT_ATTEMPTED, 80, -,  true,  completed,  true,  scorm12.untouchedStatus",
                "BROWSED,       -,  -,  true,  incomplete, false, scorm12.lessonStatus",
                "INCOMPLETE,    -,  -,  true,  incomplete, false, scorm12.lessonStatus",
                "INCOMPLETE,    80, 90, true,  incomplete, false, scorm12.lessonStatus",
                "COMPLETED,     -,  50, true,  completed,  true,  scorm12.lessonStatus",
                "COMPLETED,     80, 90, true,  passed,     true,  scorm12.masteryScore",
                "COMPLETED,     80, 50, true,  failed,     true,  scorm12.masteryScore",
                "COMPLETED,     80, -,  true,  completed,  true,  scorm12.lessonStatus",
                "PASSED,        -,  -,  true,  passed,     true,  scorm12.lessonStatus",
                "PASSED,        80, 50, true,  failed,     true,  scorm12.masteryScore",
                "PASSED,        80, 50, false, inProgress, false, none",
                "PASSED,        80, 90, false, passed,     true,  scorm12.lessonStatus",
                "FAILED,        -,  -,  true,  failed,     true,  scorm12.lessonStatus",
                "FAILED,        80, 90, true,  passed,     true,  scorm12.masteryScore",
            })
    void scorm12_answers(
            Lesson lesson,
            BigDecimal mastery,
            BigDecimal raw,
            boolean finished,
            String status,
            boolean isFinal,
            String rule) {
        var progress =
                StatusRules.apply(Progress.NONE, report(lesson, mastery, raw, finished), DEFAULT)
                        .at(Presence.LEFT);
        assertThat(StatusRules.status(progress).word()).isEqualTo(status);
        assertThat(progress.isFinal()).isEqualTo(isFinal);
        assertThat(progress.rule()).isEqualTo(rule);
    }

    @ParameterizedTest
    @CsvSource({
        "NEVER_OPENED, UNKNOWN,    notStarted",
        "OPEN,         UNKNOWN,    active",
        "OPEN,         INCOMPLETE, active",
        "SUSPENDED,    INCOMPLETE, suspended",
        "SUSPENDED,    UNKNOWN,    suspended",
        "LEFT,         INCOMPLETE, incomplete",
        "LEFT,         UNKNOWN,    inProgress",
        "VANISHED,     INCOMPLETE, inProgress",
        "VANISHED,     UNKNOWN,    inProgress",
        "OPEN,         COMPLETED,  completed",
        "SUSPENDED,    COMPLETED,  completed",
    })
    void nothing_decisive_leaves_it_to_where_the_participant_is(
            Presence presence, Completion completion, String status) {
        var progress =
                new Progress(completion, Success.UNKNOWN, Score.NONE, presence, false, "none");
        assertThat(StatusRules.status(progress).word()).isEqualTo(status);
    }

    @Test
    void an_untouched_status_is_incomplete_where_the_client_says_so() {
        var policy = new StatusPolicy(false, true, true);
        var progress =
                StatusRules.apply(Progress.NONE, report(NOT_ATTEMPTED, null, null, true), policy);
        assertThat(progress.isFinal()).isFalse();
        assertThat(progress.completion()).isEqualTo(Completion.INCOMPLETE);
        assertThat(progress.rule()).isEqualTo("scorm12.untouchedStatus");
    }

    @Test
    void a_course_that_is_left_to_be_gone_on_with_is_not_completed_by_saying_nothing() {
        var progress =
                StatusRules.apply(
                                Progress.NONE,
                                report(NOT_ATTEMPTED, null, null, Ending.SUSPENDED),
                                DEFAULT)
                        .at(Presence.SUSPENDED);
        assertThat(StatusRules.status(progress)).isEqualTo(Status.SUSPENDED);
        assertThat(progress.isFinal()).isFalse();
    }

    // lesson, raw -> status, final; mastery is 80
    @ParameterizedTest
    @CsvSource({
        "NOT_ATTEMPTED, 0,  suspended, false",
        "NOT_ATTEMPTED, 80, passed,    true",
        "COMPLETED,     40, failed,    true",
        "INCOMPLETE,    90, suspended, false",
    })
    void a_course_that_leaves_its_status_to_the_score_is_not_failed_by_a_pause(
            Lesson lesson, BigDecimal raw, String status, boolean isFinal) {
        var paused = report(lesson, new BigDecimal(80), raw, Ending.SUSPENDED);
        var progress = StatusRules.apply(Progress.NONE, paused, DEFAULT).at(Presence.SUSPENDED);
        assertThat(StatusRules.status(progress).word()).isEqualTo(status);
        assertThat(progress.isFinal()).isEqualTo(isFinal);
    }

    // lesson, raw -> AICC's status and final, SCORM 1.2's status; mastery is 80, and the window was
    // closed
    @ParameterizedTest
    @CsvSource({
        "COMPLETED,     40, failed,     true,  completed",
        "COMPLETED,     90, passed,     true,  completed",
        "PASSED,        40, failed,     true,  inProgress",
        "INCOMPLETE,    40, inProgress, false, inProgress",
        "NOT_ATTEMPTED, 0,  inProgress, false, inProgress",
        "NOT_ATTEMPTED, 90, passed,     true,  inProgress",
        "BROWSED,       0,  inProgress, false, inProgress",
    })
    void aicc_is_judged_without_its_exit_too(
            Lesson lesson, BigDecimal raw, String status, boolean isFinal, String ofScorm12) {
        var left = report(lesson, new BigDecimal(80), raw, Ending.BROKEN_OFF);
        var aicc = StatusRules.apply(Progress.NONE, new Aicc(left), DEFAULT).at(Presence.VANISHED);
        assertThat(StatusRules.status(aicc).word()).isEqualTo(status);
        assertThat(aicc.isFinal()).isEqualTo(isFinal);
        var scorm12 = StatusRules.apply(Progress.NONE, left, DEFAULT).at(Presence.VANISHED);
        assertThat(StatusRules.status(scorm12).word()).isEqualTo(ofScorm12);
    }

    @Test
    void failed_can_mean_retake_where_the_client_says_so() {
        var policy = new StatusPolicy(true, false, true);
        var failed = StatusRules.apply(Progress.NONE, report(FAILED, null, null, true), policy);
        assertThat(StatusRules.status(failed)).isEqualTo(Status.FAILED);
        assertThat(failed.isFinal()).isFalse();
        assertThat(StatusRules.apply(failed, report(PASSED, null, null, true), policy).isFinal())
                .isTrue();
    }

    // what was reached before (its status kept) -> what is reported later, and the score that is
    // told then
    @ParameterizedTest
    @CsvSource({
        "PASSED,     90, INCOMPLETE, 0,  false, 90",
        "PASSED,     90, COMPLETED,  40, true,  90",
        "PASSED,     90, FAILED,     40, true,  90",
        "PASSED,     90, PASSED,     85, true,  85",
        "FAILED,     40, INCOMPLETE, 0,  false, 40",
        "FAILED,     40, FAILED,     50, true,  50",
        "FAILED,     40, PASSED,     90, true,  90",
        "COMPLETED,  70, INCOMPLETE, 0,  false, 70",
        "COMPLETED,  70, COMPLETED,  80, true,  80",
        "COMPLETED,  70, FAILED,     30, true,  30",
        "INCOMPLETE, 20, NOT_ATTEMPTED, 0, false, 0",
    })
    void a_report_below_the_status_that_is_kept_leaves_its_score(
            Lesson reached,
            BigDecimal raw,
            Lesson later,
            BigDecimal laterRaw,
            boolean finished,
            BigDecimal told) {
        var before = StatusRules.apply(Progress.NONE, report(reached, null, raw, true), DEFAULT);
        var after = StatusRules.apply(before, report(later, null, laterRaw, finished), DEFAULT);
        assertThat(after.score().raw()).contains(told);
    }

    @Test
    void an_asset_is_completed_when_its_delivery_ends() {
        assertThat(StatusRules.apply(Progress.NONE, new Asset(false), DEFAULT).isFinal()).isFalse();
        assertThat(StatusRules.apply(Progress.NONE, new Asset(true), DEFAULT).isFinal()).isTrue();
    }

    @Test
    void a_derived_scaled_score_never_decides_passed() {
        var progress =
                StatusRules.apply(
                        Progress.NONE, report(COMPLETED, null, new BigDecimal(100), true), DEFAULT);
        assertThat(progress.success()).isEqualTo(Success.UNKNOWN);
    }

    @Test
    void a_repeated_report_changes_nothing() {
        forRandomReports(
                (before, report) -> {
                    var once = StatusRules.apply(before, report, DEFAULT);
                    assertThat(StatusRules.apply(once, report, DEFAULT)).isEqualTo(once);
                });
    }

    @Test
    void no_report_lowers_what_was_reached() {
        forRandomReports(
                (before, report) -> {
                    var after = StatusRules.apply(before, report, DEFAULT);
                    assertThat(after.completion()).isGreaterThanOrEqualTo(before.completion());
                    assertThat(after.success()).isGreaterThanOrEqualTo(before.success());
                    assertThat(before.isFinal() && !after.isFinal()).isFalse();
                });
    }

    private interface Property {
        void holds(Progress before, Scorm12 report);
    }

    private static void forRandomReports(Property property) {
        var random = new Random(12);
        IntStream.range(0, 2_000)
                .forEach(
                        _ -> {
                            var before =
                                    StatusRules.apply(Progress.NONE, randomReport(random), DEFAULT);
                            property.holds(before, randomReport(random));
                        });
    }

    private static Scorm12 randomReport(Random random) {
        var lessons = List.of(NOT_ATTEMPTED, BROWSED, INCOMPLETE, COMPLETED, PASSED, FAILED);
        return report(
                lessons.get(random.nextInt(lessons.size())),
                random.nextBoolean() ? new BigDecimal(80) : null,
                random.nextBoolean() ? new BigDecimal(random.nextInt(101)) : null,
                random.nextBoolean());
    }

    private static Scorm12 report(
            Lesson lesson, BigDecimal mastery, BigDecimal raw, boolean finished) {
        return report(lesson, mastery, raw, finished ? Ending.FINISHED : Ending.NONE);
    }

    private static Scorm12 report(
            Lesson lesson, BigDecimal mastery, BigDecimal raw, Ending ending) {
        var score =
                new Score(
                        Optional.empty(),
                        Optional.ofNullable(raw),
                        Optional.empty(),
                        Optional.empty());
        return new Scorm12(lesson, Optional.ofNullable(mastery), ending, score, List.of());
    }
}
