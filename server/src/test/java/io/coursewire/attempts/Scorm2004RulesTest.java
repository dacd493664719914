package io.coursewire.attempts;

import static org.assertj.core.api.Assertions.assertThat;

import io.coursewire.attempts.RuntimeReport.Ending;
import io.coursewire.attempts.RuntimeReport.Measures;
import io.coursewire.attempts.RuntimeReport.Scorm2004;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// SCORM 2004 answers "finished?" and "passed?" apart; a measure judges where the manifest has a threshold.
class Scorm2004RulesTest {
    private static final StatusPolicy DEFAULT = StatusPolicy.DEFAULT;

    // completion, success, ending -> status, final, rule
    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "-,          -,       FINISHED,   completed,  true,  scorm2004.untouchedStatus",
                "-,          -,       SUSPENDED,  suspended,  false, none",
                "-,          -,       BROKEN_OFF, inProgress, false, none",
                "-,          -,       NONE,       active,     false, none",
                "UNKNOWN,    -,       FINISHED,   inProgress, false, none",
                "-,          UNKNOWN, FINISHED,   inProgress, false, none",
                "INCOMPLETE, -,       FINISHED,   incomplete, false, scorm2004.completionStatus",
                "INCOMPLETE, -,       SUSPENDED,  suspended,  false, scorm2004.completionStatus",
                "INCOMPLETE, -,       BROKEN_OFF, inProgress, false, scorm2004.completionStatus",
                "COMPLETED,  -,       FINISHED,   completed,  true,  scorm2004.completionStatus",
                "COMPLETED,  -,       SUSPENDED,  completed,  true,  scorm2004.completionStatus",
                "COMPLETED,  UNKNOWN, FINISHED,   completed,  true,  scorm2004.completionStatus",
                "COMPLETED,  PASSED,  FINISHED,   passed,     true,  scorm2004.successStatus",
                "COMPLETED,  FAILED,  FINISHED,   failed,     true,  scorm2004.successStatus",
                "-,          PASSED,  FINISHED,   passed,     true,  scorm2004.successStatus",
                "-,          FAILED,  FINISHED,   failed,     true,  scorm2004.successStatus",
                "INCOMPLETE, PASSED,  SUSPENDED,  passed,     false, scorm2004.successStatus",
                "INCOMPLETE, PASSED,  FINISHED,   passed,     false, scorm2004.successStatus",
                "INCOMPLETE, FAILED,  FINISHED,   failed,     false, scorm2004.successStatus",
            })
    void without_thresholds_content_has_the_word(
            Completion completion,
            Success success,
            Ending ending,
            String status,
            boolean isFinal,
            String rule) {
        check(report(completion, success, Measures.NONE, ending, null), status, isFinal, rule);
    }

    // content's completion, threshold, measure -> status, final, rule
    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "-,          0.8, 0.8,  completed,  true,  scorm2004.completionThreshold",
                "INCOMPLETE, 0.8, 1,    completed,  true,  scorm2004.completionThreshold",
                "COMPLETED,  0.8, 0.79, incomplete, false, scorm2004.completionThreshold",
                "COMPLETED,  0.8, -,    inProgress, false, none",
                "-,          0.8, -,    inProgress, false, none",
                "-,          0,   0,    completed,  true,  scorm2004.completionThreshold",
                "INCOMPLETE, -,   1,    incomplete, false, scorm2004.completionStatus",
            })
    void a_completion_threshold_judges_the_progress_measure(
            Completion said,
            BigDecimal threshold,
            BigDecimal measure,
            String status,
            boolean isFinal,
            String rule) {
        var measures =
                new Measures(
                        Optional.ofNullable(threshold),
                        Optional.ofNullable(measure),
                        Optional.empty());
        check(report(said, null, measures, Ending.FINISHED, null), status, isFinal, rule);
    }

    // content's success, passing score, scaled score, ending -> status, final, rule
    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "-,      0.7,  0.7,  FINISHED,   passed,     true,  scorm2004.scaledPassingScore",
                "FAILED, 0.7,  0.9,  FINISHED,   passed,     true,  scorm2004.scaledPassingScore",
                "PASSED, 0.7,  0.69, FINISHED,   failed,     true,  scorm2004.scaledPassingScore",
                "PASSED, 0.7,  -,    FINISHED,   inProgress, false, none",
                "-,      0.7,  -,    FINISHED,   inProgress, false, none",
                "-,      -0.5, -0.4, FINISHED,   passed,     true,  scorm2004.scaledPassingScore",
                "-,      0.7,  0.9,  NONE,       passed,     true,  scorm2004.scaledPassingScore",
                "-,      0.7,  0.1,  NONE,       active,     false, none",
                "-,      0.7,  0.1,  BROKEN_OFF, failed,     true,  scorm2004.scaledPassingScore",
                "PASSED, -,    0.1,  FINISHED,   passed,     true,  scorm2004.successStatus",
            })
    void a_passing_score_judges_the_scaled_score(
            Success said,
            BigDecimal passing,
            BigDecimal scaled,
            Ending ending,
            String status,
            boolean isFinal,
            String rule) {
        var measures =
                new Measures(Optional.empty(), Optional.empty(), Optional.ofNullable(passing));
        check(report(null, said, measures, ending, scaled), status, isFinal, rule);
    }

    @Test
    void an_untouched_status_is_incomplete_where_the_client_says_so() {
        var policy = new StatusPolicy(true, true, false);
        var untouched = report(null, null, Measures.NONE, Ending.FINISHED, null);
        var progress = StatusRules.apply(Progress.NONE, untouched, policy).at(Presence.LEFT);
        assertThat(StatusRules.status(progress)).isEqualTo(Status.INCOMPLETE);
        assertThat(progress.isFinal()).isFalse();
        assertThat(progress.rule()).isEqualTo("scorm2004.untouchedStatus");
    }

    @Test
    void a_passed_pre_test_is_final_until_the_course_says_that_it_goes_on() {
        var passed =
                StatusRules.apply(
                        Progress.NONE,
                        report(null, Success.PASSED, Measures.NONE, Ending.NONE, null),
                        DEFAULT);
        assertThat(passed.isFinal()).isTrue();
        var goesOn =
                StatusRules.apply(
                        passed,
                        report(
                                Completion.INCOMPLETE,
                                Success.PASSED,
                                Measures.NONE,
                                Ending.SUSPENDED,
                                null),
                        DEFAULT);
        assertThat(goesOn.isFinal()).isFalse();
        assertThat(StatusRules.status(goesOn)).isEqualTo(Status.PASSED);
    }

    @Test
    void a_course_that_was_passed_and_begins_anew_keeps_its_score() {
        var passed =
                report(
                        Completion.COMPLETED,
                        Success.PASSED,
                        Measures.NONE,
                        Ending.FINISHED,
                        new BigDecimal("0.9"));
        var anew =
                report(
                        Completion.INCOMPLETE,
                        Success.PASSED,
                        Measures.NONE,
                        Ending.NONE,
                        BigDecimal.ZERO);
        var before = StatusRules.apply(Progress.NONE, passed, DEFAULT);
        assertThat(StatusRules.apply(before, anew, DEFAULT).score()).isEqualTo(before.score());
    }

    @Test
    void a_negative_scaled_score_is_kept_as_it_is_and_told_as_0() {
        var score =
                StatusRules.apply(
                                Progress.NONE,
                                report(
                                        null,
                                        null,
                                        Measures.NONE,
                                        Ending.FINISHED,
                                        new BigDecimal("-0.5")),
                                DEFAULT)
                        .score();
        assertThat(score.scaled()).contains(new BigDecimal("-0.5"));
        assertThat(score.scaledOrDerived()).contains(BigDecimal.ZERO);
    }

    @Test
    void a_repeated_report_changes_nothing_and_none_lowers_completion_or_success() {
        var random = new Random(2004);
        IntStream.range(0, 2_000)
                .forEach(
                        _ -> {
                            var before =
                                    StatusRules.apply(Progress.NONE, randomReport(random), DEFAULT);
                            var report = randomReport(random);
                            var after = StatusRules.apply(before, report, DEFAULT);
                            assertThat(StatusRules.apply(after, report, DEFAULT)).isEqualTo(after);
                            assertThat(after.completion())
                                    .isGreaterThanOrEqualTo(before.completion());
                            assertThat(after.success()).isGreaterThanOrEqualTo(before.success());
                        });
    }

    private static Scorm2004 randomReport(Random random) {
        return report(
                random.nextBoolean() ? Completion.values()[random.nextInt(3)] : null,
                random.nextBoolean() ? Success.values()[random.nextInt(3)] : null,
                new Measures(maybe(random), maybe(random), maybe(random)),
                Ending.values()[random.nextInt(Ending.values().length)],
                maybe(random).orElse(null));
    }

    private static Optional<BigDecimal> maybe(Random random) {
        return random.nextBoolean()
                ? Optional.of(BigDecimal.valueOf(random.nextInt(101), 2))
                : Optional.empty();
    }

    private static void check(Scorm2004 report, String status, boolean isFinal, String rule) {
        var presence =
                switch (report.ending()) {
                    case NONE -> Presence.OPEN;
                    case FINISHED -> Presence.LEFT;
                    case SUSPENDED -> Presence.SUSPENDED;
                    case BROKEN_OFF -> Presence.VANISHED;
                };
        var progress = StatusRules.apply(Progress.NONE, report, DEFAULT).at(presence);
        assertThat(StatusRules.status(progress).word()).isEqualTo(status);
        assertThat(progress.isFinal()).isEqualTo(isFinal);
        assertThat(progress.rule()).isEqualTo(rule);
    }

    private static Scorm2004 report(
            Completion completion,
            Success success,
            Measures measures,
            Ending ending,
            BigDecimal scaled) {
        var score =
                new Score(
                        Optional.ofNullable(scaled),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty());
        return new Scorm2004(
                Optional.ofNullable(completion),
                Optional.ofNullable(success),
                measures,
                ending,
                score,
                List.of());
    }
}
