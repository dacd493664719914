package io.coursewire.runtime.aicc;

import static org.assertj.core.api.Assertions.assertThat;

import io.coursewire.attempts.Interaction;
import io.coursewire.attempts.InteractionResult;
import io.coursewire.attempts.Presence;
import io.coursewire.attempts.Progress;
import io.coursewire.attempts.QuestionType;
import io.coursewire.attempts.RuntimeReport;
import io.coursewire.attempts.RuntimeReport.Lesson;
import io.coursewire.attempts.StatusPolicy;
import io.coursewire.attempts.StatusRules;
import io.coursewire.attempts.Success;
import io.coursewire.packages.Aicc.LaunchData;
import io.coursewire.packages.Aicc.Unit;
import io.coursewire.runtime.DataModel.Change;
import io.coursewire.runtime.DataModel.Opening;
import io.coursewire.runtime.Elements;
import io.coursewire.runtime.End;
import io.coursewire.runtime.Mode;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AiccModelTest {
    private static final Instant CALL = Instant.parse("2026-03-01T23:30:00Z");
    private static final Opening OPENING =
            new Opening(
                    "id-1",
                    "Lovelace, Ada",
                    Optional.of("en"),
                    Mode.NORMAL,
                    Progress.NONE,
                    new BigDecimal("3725"));

    private final AiccModel model = model(Optional.of(BigDecimal.valueOf(80)), Mode.NORMAL);

    @ParameterizedTest
    @CsvSource({
        "passed, PASSED",
        "P, PASSED",
        "Pass, PASSED",
        "c, COMPLETED",
        "COMPLETE, COMPLETED",
        "Fail, FAILED",
        "i, INCOMPLETE",
        "' Browsed', BROWSED",
        "n, NOT_ATTEMPTED",
        "'not attempted', NOT_ATTEMPTED",
        "x, NOT_ATTEMPTED"
    })
    void the_first_letter_of_a_status_decides(String word, Lesson lesson) {
        assertThat(report(Map.of("cmi.core.lesson_status", word), End.NONE).words().lesson())
                .isEqualTo(lesson);
    }

    @ParameterizedTest
    @CsvSource({"s, SUSPENDED", "Suspend, SUSPENDED", "l, LEFT", "T, LEFT", "'', LEFT"})
    void the_exit_flag_tells_where_the_participant_is(String flag, Presence presence) {
        var elements = Elements.of(Map.of("cmi.core.exit", flag));
        assertThat(model.presence(elements, End.FINISHED)).isEqualTo(presence);
        assertThat(model.presence(elements, End.NONE)).isEqualTo(Presence.OPEN);
    }

    @Test
    void a_mastery_score_judges_in_normal_mode_only() {
        var said = Map.of("cmi.core.lesson_status", "c", "cmi.core.score.raw", "79");
        var normal =
                StatusRules.apply(Progress.NONE, report(said, End.FINISHED), StatusPolicy.DEFAULT);
        assertThat(normal.success()).isEqualTo(Success.FAILED);
        assertThat(normal.rule()).isEqualTo("aicc.masteryScore");
        var review = model(Optional.of(BigDecimal.valueOf(80)), Mode.REVIEW);
        var report = (RuntimeReport.Aicc) review.report(Elements.of(said), End.FINISHED);
        assertThat(report.words().masteryScore()).isEmpty();
    }

    @Test
    void answers_are_told_in_full() {
        var merged =
                model.merge(
                        Elements.NONE,
                        change(
                                Map.of(
                                        "hacp.1",
                                        "command=PutInteractions&aicc_data=C,s,A1,2026/02/28,10:00:00,Q1,J1,M,\"1.a,2.b\",\"1.a,2.c\",W,0.5,00:01:09")));
        assertThat(report(merged.asMap(), End.NONE).interactions())
                .containsExactly(
                        new Interaction(
                                0,
                                "Q1",
                                Optional.of(QuestionType.MATCHING),
                                Optional.empty(),
                                Optional.of("1.a,2.c"),
                                Optional.of("1.a,2.b"),
                                Optional.of(InteractionResult.INCORRECT),
                                Optional.of(new BigDecimal("0.5")),
                                Optional.of(BigDecimal.valueOf(69)),
                                Optional.of(Instant.parse("2026-02-28T09:00:00Z"))));
    }

    @ParameterizedTest
    @CsvSource({
        "2026/03/01, 2026-03-01T22:15:00Z",
        "2026-03-02, 2026-03-02T22:15:00Z",
        "01.03.2026, 2026-03-01T22:15:00Z",
        "2026/02/31, 2026-03-01T22:15:00Z"
    })
    void a_moment_is_a_local_date_and_time_or_the_nearest(String date, String instant) {
        var merged =
                model.merge(
                        Elements.of(Map.of("cmi.interactions.0.date", date)),
                        change(Map.of("cmi.interactions.0.time", "23:15:00")));
        assertThat(report(merged.asMap(), End.NONE).interactions().getFirst().timestamp())
                .contains(Instant.parse(instant));
    }

    @Test
    void requests_that_the_player_brings_count_in_their_order() {
        var merged =
                model.merge(
                        Elements.NONE,
                        change(
                                Map.of(
                                        "hacp.10",
                                        "command=PutParam&aicc_data=[Core]\nLesson_Status=p",
                                        "hacp.9",
                                        "command=PutParam&aicc_data=[Core]\nLesson_Status=i\nScore=50")));
        assertThat(merged.get("cmi.core.lesson_status")).contains("p");
        assertThat(merged.get("cmi.core.score.raw")).contains("50");
        assertThat(merged.below("hacp.")).isEmpty();
    }

    @Test
    void content_finds_who_and_where_it_is() {
        var opened = model.opened(Elements.NONE, OPENING);
        var text =
                WriteParam.text(
                        model.seed(opened.with(Map.of("cmi.suspend_data", "a\r\n[b]\n")), OPENING));
        assertThat(text)
                .isEqualTo(
                        """
                        [Core]
                        Student_ID=id-1
                        Student_Name=Lovelace, Ada
                        Lesson_Location=
                        Credit=credit
                        Lesson_Status=not attempted, ab-initio
                        Score=
                        Time=01:02:05
                        Lesson_Mode=normal
                        [Core_Lesson]
                        a
                        [b]

                        [Core_Vendor]
                        vendor=1
                        [Evaluation]
                        Course_ID=C-7
                        [Objectives_Status]
                        J_ID.1=J1
                        J_Score.1=
                        J_Status.1=not attempted
                        [Student_Data]
                        Mastery_Score=80
                        Max_Time_Allowed=
                        Time_Limit_Action=
                        [Student_Preferences]
                        Language=en
                        """
                                .replace("\n", "\r\n")
                                .replace("[b]\r\n", "[b]\n"));
    }

    @Test
    void how_it_was_entered_is_told_through_the_whole_session() {
        var opened = model.opened(Elements.NONE, OPENING);
        var later =
                new Opening("id-1", "Ada", Optional.empty(), Mode.NORMAL, open(), BigDecimal.ZERO);
        assertThat(model.seed(opened, later)).containsEntry("cmi.core.entry", "ab-initio");
        assertThat(model.seed(model.opened(model.reopened(opened), later), later))
                .containsEntry("cmi.core.entry", "resume")
                .allSatisfy((name, _) -> assertThat(name).startsWith("cmi."));
    }

    @Test
    void a_request_with_another_password_than_the_units_changes_nothing() {
        var wrong = "command=PutParam&au_password=guess&aicc_data=[Core]%0D%0ALesson_Location=3";
        var right = "command=PutParam&au_password=sesame&aicc_data=[Core]%0D%0ALesson_Location=4";
        assertThat(model.merge(Elements.NONE, change(Map.of("hacp.1", wrong))).asMap()).isEmpty();
        assertThat(
                        model.merge(Elements.NONE, change(Map.of("hacp.1", right)))
                                .get("cmi.core.lesson_location"))
                .contains("4");
    }

    @Test
    void the_last_word_on_an_objective_counts() {
        var test = Map.of("cmi.objectives.0.id", "j1", "cmi.objectives.0.status", "F");
        var lesson =
                Map.of(
                        "cmi.objectives.0.id", "J1",
                        "cmi.objectives.0.status", "passed",
                        "cmi.objectives.1.id", "J2",
                        "cmi.objectives.2.status", "p",
                        "cmi.objectives.3.id", "J3",
                        "cmi.objectives.3.status", "?");
        assertThat(ReportedObjectives.in(List.of(Elements.of(test), Elements.of(lesson))))
                .isEqualTo(Map.of("J1", "passed"));
    }

    private static Progress open() {
        var none = Progress.NONE;
        return new Progress(
                none.completion(), none.success(), none.score(), Presence.OPEN, false, none.rule());
    }

    private static AiccModel model(Optional<BigDecimal> mastery, Mode mode) {
        return new AiccModel(
                "C-7",
                new Unit(
                        "a.html",
                        new LaunchData(
                                mastery,
                                Optional.empty(),
                                Optional.empty(),
                                Optional.of("vendor=1")),
                        List.of("J1"),
                        Optional.of("sesame")),
                mode);
    }

    private RuntimeReport.Aicc report(Map<String, String> elements, End end) {
        return (RuntimeReport.Aicc) model.report(Elements.of(elements), end);
    }

    private static Change change(Map<String, String> elements) {
        return new Change(elements, CALL, ZoneOffset.ofHours(1));
    }
}
