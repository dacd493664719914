package io.coursewire.runtime.scorm2004;

import static org.assertj.core.api.Assertions.assertThat;

import io.coursewire.attempts.Completion;
import io.coursewire.attempts.Interaction;
import io.coursewire.attempts.InteractionResult;
import io.coursewire.attempts.Presence;
import io.coursewire.attempts.Progress;
import io.coursewire.attempts.QuestionType;
import io.coursewire.attempts.RuntimeReport.Ending;
import io.coursewire.attempts.RuntimeReport.Scorm2004;
import io.coursewire.attempts.Success;
import io.coursewire.packages.scorm2004.LaunchData.SharedData;
import io.coursewire.runtime.DataModel.Change;
import io.coursewire.runtime.DataModel.Opening;
import io.coursewire.runtime.Elements;
import io.coursewire.runtime.End;
import io.coursewire.runtime.Mode;
import io.coursewire.runtime.scorm2004.sequencing.RunTimeStart;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Scorm2004ModelTest {
    private static final Map<String, String> MANIFEST =
            Map.of(
                    "cmi.credit", "credit",
                    "cmi.mode", "normal",
                    "cmi.entry", "ab-initio",
                    "cmi.launch_data", "level=2",
                    "cmi.objectives.0.id", "primary",
                    "cmi.objectives.1.id", "other");

    private final Scorm2004Model model = model(Map.of());

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "completed, COMPLETED",
                "incomplete, INCOMPLETE",
                "not attempted, INCOMPLETE",
                "unknown, UNKNOWN",
                "done, UNKNOWN",
                "'', -"
            })
    void completion_status_is_read_by_its_words(String word, Completion completion) {
        assertThat(report(Map.of("cmi.completion_status", word)).completion())
                .isEqualTo(Optional.ofNullable(completion));
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {"passed, PASSED", "failed, FAILED", "unknown, UNKNOWN", "'', -"})
    void success_status_is_read_by_its_words(String word, Success success) {
        assertThat(report(Map.of("cmi.success_status", word)).success())
                .isEqualTo(Optional.ofNullable(success));
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {"0.5, 0.5", "-1, -1", "1, 1", "1.01, -", "-1.01, -", "abc, -", "'', -"})
    void a_scaled_score_is_between_minus_1_and_1(String text, BigDecimal scaled) {
        assertThat(report(Map.of("cmi.score.scaled", text)).score().scaled())
                .isEqualTo(Optional.ofNullable(scaled));
    }

    @Test
    void thresholds_come_from_what_the_manifest_gave_and_not_from_content() {
        var read =
                (Scorm2004)
                        model(Map.of("cmi.scaled_passing_score", "0.7"))
                                .report(
                                        Elements.of(
                                                Map.of(
                                                        "cmi.scaled_passing_score", "0.1",
                                                        "cmi.completion_threshold", "0.1",
                                                        "cmi.progress_measure", "0.4")),
                                        End.NONE);
        assertThat(read.measures().scaledPassingScore()).contains(new BigDecimal("0.7"));
        assertThat(read.measures().completionThreshold()).isEmpty();
        assertThat(read.measures().progressMeasure()).contains(new BigDecimal("0.4"));
    }

    @Test
    void every_property_of_an_interaction_is_read() {
        var q = new HashMap<String, String>();
        q.put("id", "urn:q:1");
        q.put("type", "long-fill-in");
        q.put("description", "{lang=en}Which is best?");
        q.put("timestamp", "2026-03-01T23:15:01.5+01:00");
        q.put("weighting", "0.5");
        q.put("learner_response", "{lang=en}a[,]b");
        q.put("result", "incorrect");
        q.put("latency", "PT1M42.5S");
        q.put("correct_responses.10.pattern", "k");
        q.put("correct_responses.1.pattern", "{case_matters=true}b");
        q.put("correct_responses.0.pattern", "a[,]b");
        assertThat(interactions(Map.of("0", q)))
                .containsExactly(
                        new Interaction(
                                0,
                                "urn:q:1",
                                Optional.of(QuestionType.LONG_FILL_IN),
                                Optional.of("Which is best?"),
                                Optional.of("{lang=en}a[,]b"),
                                Optional.of("a[,]b || {case_matters=true}b || k"),
                                Optional.of(InteractionResult.INCORRECT),
                                Optional.of(new BigDecimal("0.5")),
                                Optional.of(new BigDecimal("102.50")),
                                Optional.of(Instant.parse("2026-03-01T22:15:01Z"))));
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "correct, CORRECT",
                "incorrect, INCORRECT",
                "unanticipated, UNANTICIPATED",
                "neutral, NEUTRAL",
                "0.75, REAL",
                "-1, REAL",
                "wrong, -",
                "'', -"
            })
    void a_result_is_a_word_or_a_number(String given, InteractionResult read) {
        assertThat(
                        interactions(Map.of("0", Map.of("id", "q", "result", given)))
                                .getFirst()
                                .result())
                .isEqualTo(Optional.ofNullable(read));
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "2026,                       2026-01-01T00:00:00Z",
                "2026-03,                    2026-03-01T00:00:00Z",
                "2026-03-04,                 2026-03-04T00:00:00Z",
                "2026-03-04T05,              2026-03-04T05:00:00Z",
                "2026-03-04T05:06,           2026-03-04T05:06:00Z",
                "2026-03-04T05:06:07,        2026-03-04T05:06:07Z",
                "2026-03-04T05:06:07.89,     2026-03-04T05:06:07Z",
                "2026-03-04T05:06:07.8Z,     2026-03-04T05:06:07Z",
                "2026-03-04T05:06:07.8-05,   2026-03-04T10:06:07Z",
                "2026-03-04T05:06:07+01:30,  2026-03-04T03:36:07Z",
                "2026-02-30,                 -",
                "yesterday,                  -"
            })
    void a_timestamp_without_a_zone_is_utc(String text, Instant meant) {
        assertThat(Timestamp.parse(text)).isEqualTo(Optional.ofNullable(meant));
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "PT1H2M3.45S, 3723.45",
                "PT90S, 90.00",
                "PT83.456S, 83.46",
                "PT0.30000000000000004S, 0.30",
                "P1D, 86400.00",
                "P1Y, 31557600.00",
                "PT0S, 0.00",
                "P, -",
                "PT, -",
                "PT-5S, -",
                "00:01:00, -",
                "'', -"
            })
    void session_time_is_a_time_interval(String text, BigDecimal seconds) {
        assertThat(model.sessionSeconds(Elements.of(Map.of("cmi.session_time", text))))
                .isEqualTo(Optional.ofNullable(seconds));
    }

    @ParameterizedTest
    @CsvSource({
        "0, PT0H0M0S",
        "90.5, PT0H1M30.5S",
        "3723.999, PT1H2M4S",
        "360000, PT100H0M0S",
        "20, PT0H0M20S"
    })
    void total_time_is_written_as_a_time_interval(BigDecimal seconds, String text) {
        assertThat(TimeInterval.format(seconds)).isEqualTo(text);
        assertThat(TimeInterval.parse(text).orElseThrow())
                .isEqualByComparingTo(seconds.setScale(2, java.math.RoundingMode.HALF_UP));
    }

    @ParameterizedTest
    @CsvSource({
        "suspend, _none_,     FINISHED, SUSPENDED,  SUSPENDED",
        "suspend, _none_,     LEFT,     SUSPENDED,  SUSPENDED",
        "normal,  suspendAll, FINISHED, SUSPENDED,  SUSPENDED",
        "normal,  continue,   FINISHED, FINISHED,   LEFT",
        "'',      _none_,     FINISHED, FINISHED,   LEFT",
        "logout,  exitAll,    FINISHED, FINISHED,   LEFT",
        "'',      _none_,     LEFT,     BROKEN_OFF, VANISHED",
        "suspend, _none_,     NONE,     NONE,       OPEN"
    })
    void how_content_is_left_decides_where_the_participant_is(
            String exit, String request, End end, Ending ending, Presence presence) {
        var elements = Elements.of(Map.of("cmi.exit", exit, "adl.nav.request", request));
        assertThat(((Scorm2004) model.report(elements, end)).ending()).isEqualTo(ending);
        assertThat(model.presence(elements, end)).isEqualTo(presence);
    }

    @Test
    void content_finds_what_the_manifest_and_the_participant_give() {
        assertThat(model.seed(model.reopened(Elements.NONE), opening()))
                .containsEntry("cmi.learner_id", "id")
                .containsEntry("cmi.learner_name", "Lovelace, Ada")
                .containsEntry("cmi.entry", "ab-initio")
                .containsEntry("cmi.launch_data", "level=2")
                .containsEntry("cmi.objectives.1.id", "other")
                .containsEntry("cmi.total_time", "PT0H1M30.5S")
                .containsEntry("cmi.learner_preference.language", "en")
                .doesNotContainKeys("cmi.location", "cmi.suspend_data");
    }

    @Test
    void content_finds_its_data_again_but_not_what_belonged_to_the_former_session() {
        var said =
                model.merge(
                        model.reopened(Elements.NONE),
                        change(
                                Map.of(
                                        "cmi.location", "3",
                                        "cmi.suspend_data", "x",
                                        "cmi.session_time", "PT1M",
                                        "cmi.exit", "suspend",
                                        "adl.nav.request", "suspendAll",
                                        "cmi.objectives.2.id", "mine",
                                        "cmi.objectives.1.score.scaled", "0.5")));
        var again = model(Map.of("cmi.entry", "resume"));
        assertThat(again.seed(again.reopened(said), opening()))
                .containsEntry("cmi.location", "3")
                .containsEntry("cmi.suspend_data", "x")
                .containsEntry("cmi.entry", "resume")
                .containsEntry("cmi.objectives.0.id", "primary")
                .containsEntry("cmi.objectives.1.score.scaled", "0.5")
                .containsEntry("cmi.objectives.2.id", "mine")
                .doesNotContainKeys("cmi.session_time", "cmi.exit", "adl.nav.request")
                .allSatisfy((name, _) -> assertThat(name).doesNotStartWith("coursewire."));
    }

    @Test
    void what_is_tracked_by_now_takes_the_place_of_what_content_had_set() {
        var said =
                model.merge(
                        model.reopened(Elements.NONE),
                        change(
                                Map.of(
                                        "cmi.objectives.1.success_status", "failed",
                                        "cmi.objectives.0.success_status", "passed")));
        var again = model(Map.of("cmi.objectives.1.success_status", "passed"));
        var reopened = again.reopened(said);
        assertThat(again.seed(reopened, opening()))
                .containsEntry("cmi.objectives.1.success_status", "passed");
        assertThat(reopened.asMap())
                .containsEntry("cmi.objectives.0.success_status", "passed")
                .doesNotContainKey("cmi.objectives.1.success_status")
                .containsEntry("coursewire.given.cmi.objectives.1.success_status", "passed");
    }

    @Test
    void opening_again_twice_is_the_same_as_once() {
        var said = Elements.of(Map.of("cmi.location", "3", "cmi.objectives.0.id", "primary"));
        var once = model.reopened(said);
        assertThat(model.reopened(once).asMap()).isEqualTo(once.asMap());
    }

    @Test
    void review_and_browse_are_not_for_credit() {
        var review = new Scorm2004Model(start(Map.of()), Mode.REVIEW);
        assertThat(review.seed(Elements.NONE, opening()))
                .containsEntry("cmi.mode", "review")
                .containsEntry("cmi.credit", "no-credit");
    }

    @Test
    void content_is_told_which_shared_data_it_may_use() {
        var start =
                new RunTimeStart(
                        Map.of("adl.data.0.id", "notes"),
                        List.of(new SharedData("notes", true, false)));
        assertThat(new Scorm2004Model(start, Mode.NORMAL).seed(Elements.NONE, opening()))
                .containsEntry("adl.data.0.read", "true")
                .containsEntry("adl.data.0.write", "false");
    }

    private static Opening opening() {
        return new Opening(
                "id",
                "Lovelace, Ada",
                Optional.of("en"),
                Mode.NORMAL,
                Progress.NONE,
                new BigDecimal("90.5"));
    }

    private static Scorm2004Model model(Map<String, String> more) {
        return new Scorm2004Model(start(more), Mode.NORMAL);
    }

    private static RunTimeStart start(Map<String, String> more) {
        var elements = new HashMap<>(MANIFEST);
        elements.putAll(more);
        return new RunTimeStart(elements, List.of());
    }

    private static Change change(Map<String, String> elements) {
        return new Change(elements, Instant.parse("2026-03-01T23:30:00Z"), ZoneOffset.UTC);
    }

    private Scorm2004 report(Map<String, String> elements) {
        return (Scorm2004) model.report(Elements.of(elements), End.NONE);
    }

    private List<Interaction> interactions(Map<String, Map<String, String>> byIndex) {
        var elements = new HashMap<String, String>();
        byIndex.forEach(
                (index, q) ->
                        q.forEach(
                                (name, value) ->
                                        elements.put(
                                                "cmi.interactions." + index + "." + name, value)));
        return model.report(model.merge(Elements.NONE, change(elements)), End.NONE).interactions();
    }
}
