package io.coursewire.runtime.scorm12;

import static org.assertj.core.api.Assertions.assertThat;

import io.coursewire.attempts.Completion;
import io.coursewire.attempts.Interaction;
import io.coursewire.attempts.InteractionResult;
import io.coursewire.attempts.Presence;
import io.coursewire.attempts.Progress;
import io.coursewire.attempts.QuestionType;
import io.coursewire.attempts.RuntimeReport;
import io.coursewire.attempts.RuntimeReport.Lesson;
import io.coursewire.attempts.RuntimeReport.Scorm12;
import io.coursewire.attempts.Score;
import io.coursewire.attempts.Success;
import io.coursewire.packages.Scorm12.LaunchData;
import io.coursewire.runtime.DataModel.Change;
import io.coursewire.runtime.DataModel.Opening;
import io.coursewire.runtime.Elements;
import io.coursewire.runtime.End;
import io.coursewire.runtime.Mode;
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

class Scorm12ModelTest {
    private static final Instant CALL = Instant.parse("2026-03-01T23:30:00Z");

    private final Scorm12Model model = new Scorm12Model(LaunchData.NONE, Mode.NORMAL);

    @ParameterizedTest
    @CsvSource({
        "passed, PASSED", "completed, COMPLETED", "failed, FAILED", "incomplete, INCOMPLETE",
        "browsed, BROWSED", "not attempted, NOT_ATTEMPTED", "' passed ', PASSED",
                "finished, NOT_ATTEMPTED"
    })
    void lesson_status_is_read_by_its_words(String word, Lesson lesson) {
        assertThat(report(Map.of("cmi.core.lesson_status", word)).lesson()).isEqualTo(lesson);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "80, 80",
                "80.5, 80.5",
                "' 7 ', 7",
                "'', -",
                "abc, -",
                "1e5, -",
                "1E999999999, -",
                ".5, .5",
                "-3, -3"
            })
    void scores_are_decimals_and_what_is_not_stays_raw_data(String raw, BigDecimal read) {
        assertThat(report(Map.of("cmi.core.score.raw", raw)).score().raw())
                .isEqualTo(Optional.ofNullable(read));
    }

    @Test
    void every_property_of_an_interaction_is_read() {
        var q = new HashMap<String, String>();
        q.put("id", "Q_01");
        q.put("type", "choice");
        q.put("time", "23:15:01.5");
        q.put("weighting", "1");
        q.put("student_response", "b,c");
        q.put("result", "wrong");
        q.put("latency", "0000:00:42.10");
        q.put("correct_responses.1.pattern", "a,d");
        q.put("correct_responses.0.pattern", "a,b");
        assertThat(interactions(Map.of("0", q)))
                .containsExactly(
                        new Interaction(
                                0,
                                "Q_01",
                                Optional.of(QuestionType.CHOICE),
                                Optional.empty(),
                                Optional.of("b,c"),
                                Optional.of("a,b || a,d"),
                                Optional.of(InteractionResult.INCORRECT),
                                Optional.of(new BigDecimal("1")),
                                Optional.of(new BigDecimal("42.10")),
                                Optional.of(Instant.parse("2026-03-01T23:15:01Z"))));
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "correct, CORRECT", "wrong, INCORRECT", "unanticipated, UNANTICIPATED",
                        "neutral, NEUTRAL",
                "0.75, REAL", "-1, REAL", "good, -", "'', -"
            })
    void a_result_is_a_word_or_a_number(String given, InteractionResult read) {
        assertThat(
                        interactions(Map.of("0", Map.of("id", "q", "result", given)))
                                .getFirst()
                                .result())
                .isEqualTo(Optional.ofNullable(read));
    }

    @Test
    void indexes_are_renumbered_without_holes_and_what_is_no_index_comes_last() {
        var read =
                interactions(
                        Map.of(
                                "10", Map.of("id", "third"),
                                "2", Map.of("id", "second"),
                                "0", Map.of("id", "first"),
                                "NaN", Map.of("id", "fourth")));
        assertThat(read)
                .extracting(Interaction::id)
                .containsExactly("first", "second", "third", "fourth");
        assertThat(read).extracting(Interaction::number).containsExactly(0, 1, 2, 3);
    }

    @Test
    void the_same_id_at_a_new_index_is_a_new_answer_and_at_the_same_index_it_replaces() {
        var once =
                model.merge(
                        Elements.NONE,
                        change(
                                Map.of(
                                        "cmi.interactions.0.id",
                                        "q",
                                        "cmi.interactions.0.student_response",
                                        "a")));
        var replaced =
                model.merge(once, change(Map.of("cmi.interactions.0.student_response", "b")));
        var again =
                model.merge(
                        replaced,
                        change(
                                Map.of(
                                        "cmi.interactions.1.id",
                                        "q",
                                        "cmi.interactions.1.student_response",
                                        "c")));
        assertThat(model.report(again, End.NONE).interactions())
                .extracting(i -> i.learnerResponse().orElseThrow())
                .containsExactly("b", "c");
    }

    // Instant of the call 23:30 UTC; the time of day is local to the offset and has no date.
    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "0,   23:29:00,    2026-03-01T23:29:00Z",
                "0,   00:10:00,    2026-03-02T00:10:00Z",
                "60,  00:29:59.99, 2026-03-01T23:29:59Z",
                "60,  23:59:00,    2026-03-01T22:59:00Z",
                "765, 12:15:00,    2026-03-01T23:30:00Z",
                "-300, 18:30:00,   2026-03-01T23:30:00Z",
                "0,   24:00:00,    -",
                "0,   noon,        -"
            })
    void a_time_of_day_is_on_the_date_nearest_to_the_call(
            int offsetMinutes, String time, Instant meant) {
        var offset = ZoneOffset.ofTotalSeconds(offsetMinutes * 60);
        var merged =
                model.merge(
                        Elements.NONE,
                        new Change(
                                Map.of(
                                        "cmi.interactions.0.id",
                                        "q",
                                        "cmi.interactions.0.time",
                                        time),
                                CALL,
                                offset));
        assertThat(model.report(merged, End.NONE).interactions().getFirst().timestamp())
                .isEqualTo(Optional.ofNullable(meant));
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "0000:01:30.5, 90.5",
                "00:00:10, 10",
                "9999:99:99.99, 36002439.99",
                "1:2:3, 3723",
                "00:10, -",
                "90, -",
                "'', -"
            })
    void session_time_is_a_time_span(String text, BigDecimal seconds) {
        assertThat(model.sessionSeconds(Elements.of(Map.of("cmi.core.session_time", text))))
                .isEqualTo(Optional.ofNullable(seconds));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0000:00:00.00",
        "90.5, 0000:01:30.50",
        "3723.999, 0001:02:04.00",
        "99999999, 9999:59:59.99"
    })
    void total_time_is_written_in_the_longest_form(BigDecimal seconds, String text) {
        assertThat(Timespan.format(seconds)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        "suspend, FINISHED, SUSPENDED",
        "suspend, LEFT, SUSPENDED",
        "'', FINISHED, LEFT",
        "logout, FINISHED, LEFT",
        "time-out, LEFT, VANISHED",
        "'', LEFT, VANISHED",
        "suspend, NONE, OPEN"
    })
    void how_content_is_left_decides_where_the_participant_is(
            String exit, End end, Presence presence) {
        assertThat(model.presence(Elements.of(Map.of("cmi.core.exit", exit)), end))
                .isEqualTo(presence);
    }

    @Test
    void a_mastery_score_counts_in_normal_mode_only() {
        var data =
                new LaunchData(
                        Optional.of(new BigDecimal(80)),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty());
        assertThat(
                        ((Scorm12)
                                        new Scorm12Model(data, Mode.NORMAL)
                                                .report(Elements.NONE, End.NONE))
                                .masteryScore())
                .isPresent();
        assertThat(
                        ((Scorm12)
                                        new Scorm12Model(data, Mode.BROWSE)
                                                .report(Elements.NONE, End.NONE))
                                .masteryScore())
                .isEmpty();
    }

    @Test
    void content_finds_its_data_again_but_not_what_belonged_to_the_former_session() {
        var stored =
                Elements.of(
                        Map.of(
                                "cmi.core.lesson_location", "3",
                                "cmi.suspend_data", "x",
                                "cmi.core.session_time", "00:01:00",
                                "cmi.core.exit", "suspend",
                                "coursewire.interactions.0.timestamp", "2026-01-01T00:00:00Z",
                                "cmi.interactions.0.id", "q"));
        var seed = model.seed(model.reopened(stored), opening(Presence.SUSPENDED));
        assertThat(seed)
                .containsEntry("cmi.core.lesson_location", "3")
                .containsEntry("cmi.suspend_data", "x")
                .containsEntry("cmi.core.entry", "resume")
                .containsEntry("cmi.interactions.0.id", "q")
                .doesNotContainKeys(
                        "cmi.core.session_time",
                        "cmi.core.exit",
                        "coursewire.interactions.0.timestamp");
    }

    @ParameterizedTest
    @CsvSource({
        "NEVER_OPENED, ab-initio",
        "SUSPENDED, resume",
        "VANISHED, resume",
        "OPEN, resume",
        "LEFT, ''"
    })
    void entry_says_whether_there_is_something_to_resume(Presence before, String entry) {
        assertThat(model.seed(Elements.NONE, opening(before)))
                .containsEntry("cmi.core.entry", entry);
    }

    private static Opening opening(Presence presence) {
        var progress =
                new Progress(
                        Completion.UNKNOWN, Success.UNKNOWN, Score.NONE, presence, false, "none");
        return new Opening(
                "id", "Lovelace, Ada", Optional.of("en"), Mode.NORMAL, progress, BigDecimal.ZERO);
    }

    private static Change change(Map<String, String> elements) {
        return new Change(elements, CALL, ZoneOffset.UTC);
    }

    private Scorm12 report(Map<String, String> elements) {
        return (Scorm12) model.report(Elements.of(elements), End.NONE);
    }

    private List<Interaction> interactions(Map<String, Map<String, String>> byIndex) {
        var elements = new HashMap<String, String>();
        byIndex.forEach(
                (index, q) ->
                        q.forEach(
                                (name, value) ->
                                        elements.put(
                                                "cmi.interactions." + index + "." + name, value)));
        RuntimeReport report = model.report(model.merge(Elements.NONE, change(elements)), End.NONE);
        return report.interactions();
    }
}
