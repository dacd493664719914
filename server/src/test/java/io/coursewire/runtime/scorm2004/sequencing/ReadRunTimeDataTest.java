package io.coursewire.runtime.scorm2004.sequencing;

import static org.assertj.core.api.Assertions.assertThat;

import io.coursewire.packages.scorm2004.LaunchData.SharedData;
import io.coursewire.runtime.scorm2004.sequencing.RunTimeData.Report;
import io.coursewire.runtime.scorm2004.sequencing.RunTimeData.Score;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The elements of a SCO's data model as the engine takes them, and as it gives them back.
class ReadRunTimeDataTest {
    private static RunTimeData read(Map<String, String> set) {
        return ReadRunTimeData.read(set, Map.of(), List.of());
    }

    @Test
    void everything_that_content_set_is_read() {
        var data =
                ReadRunTimeData.read(
                        Map.of(
                                "cmi.completion_status", "completed",
                                "cmi.success_status", "passed",
                                "cmi.progress_measure", "0.5",
                                "cmi.score.scaled", "0.75",
                                "cmi.exit", "suspend",
                                "cmi.session_time", "PT1M30.5S",
                                "cmi.objectives.0.success_status", "failed",
                                "cmi.objectives.1.id", "own",
                                "cmi.objectives.1.score.raw", "12",
                                "adl.data.0.store", "text"),
                        Map.of("cmi.objectives.0.id", "given"),
                        List.of(new SharedData("bucket", true, true)));
        assertThat(data.sco())
                .isEqualTo(
                        new Report(
                                Optional.of("completed"),
                                Optional.of("passed"),
                                OptionalDouble.of(0.5),
                                new Score(
                                        OptionalDouble.of(0.75),
                                        OptionalDouble.empty(),
                                        OptionalDouble.empty(),
                                        OptionalDouble.empty())));
        assertThat(data.suspends()).isTrue();
        assertThat(data.sessionSeconds()).isEqualTo(90.5);
        assertThat(data.objectives().keySet()).containsExactly("given", "own");
        assertThat(data.objectives().get("given").success()).contains("failed");
        assertThat(data.objectives().get("own").score().raw()).hasValue(12);
        assertThat(data.sharedData()).containsExactly(Map.entry("bucket", "text"));
    }

    @ParameterizedTest
    @CsvSource({"much", "NaN", "Infinity", "1.01", "-1.5", "''", "1e400"})
    void what_is_no_scaled_score_counts_as_not_set(String score) {
        assertThat(read(Map.of("cmi.score.scaled", score)).sco().score().scaled()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"long", "PT", "P99999999Y", "''"})
    void what_is_no_time_counts_as_none(String time) {
        assertThat(read(Map.of("cmi.session_time", time)).sessionSeconds()).isZero();
    }

    @Test
    void a_resumed_sco_finds_its_objectives_where_they_were() {
        var start =
                new RunTimeStart(
                        Map.of(
                                "cmi.objectives.0.id",
                                "a",
                                "cmi.objectives.0.success_status",
                                "passed",
                                "cmi.objectives.1.id",
                                "new",
                                "cmi.objectives.1.score.scaled",
                                "1"),
                        List.of());
        var resumed =
                start.resuming(
                        Map.of(
                                "cmi.objectives.0.id", "own",
                                "cmi.objectives.1.id", "a",
                                "cmi.objectives.1.success_status", "failed",
                                "cmi.location", "3",
                                "cmi.exit", "suspend"));
        assertThat(resumed.elements())
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of(
                                "cmi.objectives.0.id", "own",
                                "cmi.objectives.1.id", "a",
                                "cmi.objectives.1.success_status", "passed",
                                "cmi.objectives.2.id", "new",
                                "cmi.objectives.2.score.scaled", "1",
                                "cmi.location", "3"));
    }

    @Test
    void the_status_of_the_course_is_its_roots() {
        var play = Play.flowing("<sco id=\"a\"/>");
        play.launch();
        assertThat(TrackedStatus.of(play.tree, play.state, "course").satisfied()).isEmpty();
        play.scored(0.5).next();
        assertThat(TrackedStatus.of(play.tree, play.state, "course"))
                .isEqualTo(
                        new TrackedStatus(
                                Optional.of(true),
                                Optional.of(true),
                                OptionalDouble.of(0.5),
                                OptionalDouble.empty()));
    }
}
