package io.coursewire.runtime.scorm2004.sequencing;

import static org.assertj.core.api.Assertions.assertThat;

import io.coursewire.packages.scorm2004.ObjectiveValue;
import io.coursewire.runtime.scorm2004.sequencing.NavigationRequest.Plain;
import io.coursewire.runtime.scorm2004.sequencing.RunTimeData.Report;
import io.coursewire.runtime.scorm2004.sequencing.RunTimeData.Score;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a SCO reports becomes what its activity knows.
class RunTimeTransferTest {
    private static final OptionalDouble NONE = OptionalDouble.empty();

    private static ObjectiveValues known(Play play, String objective) {
        return play.state
                .activity("a")
                .objectives()
                .getOrDefault(objective, ObjectiveValues.UNKNOWN);
    }

    private static String status(ObjectiveValues values, ObjectiveValue value) {
        var number = values.get(value);
        return number.isEmpty() ? "unknown" : number.getAsDouble() == 1 ? "true" : "false";
    }

    @ParameterizedTest
    @CsvSource({
        "completed, passed, true, true",
        "incomplete, failed, false, false",
        "not attempted, unknown, false, unknown",
        "unknown, unknown, unknown, unknown"
    })
    void the_words_of_status_become_truth(
            String completion, String success, String completed, String satisfied) {
        var play = Play.flowing("<sco id=\"a\"/><sco id=\"b\"/>");
        play.launch();
        play.saying(Play.sco(Play.report(completion, success, NONE, NONE))).next();
        assertThat(status(known(play, ""), ObjectiveValue.COMPLETION_STATUS)).isEqualTo(completed);
        assertThat(status(known(play, ""), ObjectiveValue.SATISFIED_STATUS)).isEqualTo(satisfied);
    }

    @ParameterizedTest
    @CsvSource({"0.7, failed, true", "0.69, passed, false"})
    void a_passing_score_decides_over_what_content_says(
            double score, String word, String satisfied) {
        var play =
                Play.flowing(
                        """
                <sco id="a"><sequencing><objectives><primaryObjective satisfiedByMeasure="true">
                <minNormalizedMeasure>0.7</minNormalizedMeasure></primaryObjective></objectives></sequencing></sco><sco id="b"/>
                """);
        play.launch();
        play.saying(Play.sco(Play.report("", word, NONE, OptionalDouble.of(score)))).next();
        assertThat(status(known(play, ""), ObjectiveValue.SATISFIED_STATUS)).isEqualTo(satisfied);
    }

    @ParameterizedTest
    @CsvSource({"0.5, incomplete, true", "0.4, completed, false"})
    void a_completion_threshold_decides_over_what_content_says(
            double progress, String word, String completed) {
        var play =
                Play.flowing(
                        """
                <sco id="a"><adlcp:completionThreshold completedByMeasure="true" minProgressMeasure="0.5"/></sco><sco id="b"/>
                """);
        play.launch();
        play.saying(Play.sco(Play.report(word, "", OptionalDouble.of(progress), NONE))).next();
        assertThat(status(known(play, ""), ObjectiveValue.COMPLETION_STATUS)).isEqualTo(completed);
    }

    @Test
    void a_threshold_without_a_measure_stays_unknown() {
        var play =
                Play.flowing(
                        """
                <sco id="a"><adlcp:completionThreshold completedByMeasure="true" minProgressMeasure="0.5"/></sco><sco id="b"/>
                """);
        play.launch();
        play.completed().next();
        assertThat(status(known(play, ""), ObjectiveValue.COMPLETION_STATUS)).isEqualTo("unknown");
    }

    @Test
    void every_value_of_an_objective_arrives_at_its_globals() {
        var play =
                Play.flowing(
                        """
                <sco id="a"><sequencing><objectives><primaryObjective/><objective objectiveID="o">
                <mapInfo targetObjectiveID="g" writeSatisfiedStatus="true" writeNormalizedMeasure="true"/></objective></objectives>
                <adlseq:objectives><adlseq:objective objectiveID="o"><adlseq:mapInfo targetObjectiveID="g" writeRawScore="true"
                writeMinScore="true" writeMaxScore="true" writeCompletionStatus="true" writeProgressMeasure="true"/>
                </adlseq:objective></adlseq:objectives></sequencing></sco><sco id="b"/>
                """);
        play.launch();
        var score =
                new Score(
                        OptionalDouble.of(0.5),
                        OptionalDouble.of(5),
                        OptionalDouble.of(0),
                        OptionalDouble.of(10));
        var report =
                new Report(
                        Optional.of("completed"),
                        Optional.of("passed"),
                        OptionalDouble.of(0.9),
                        score);
        play.saying(Play.objective("o", report)).next();
        assertThat(play.state.shared().objectives().get("g").known())
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of(
                                ObjectiveValue.SATISFIED_STATUS, 1.0,
                                ObjectiveValue.NORMALIZED_MEASURE, 0.5,
                                ObjectiveValue.RAW_SCORE, 5.0,
                                ObjectiveValue.MIN_SCORE, 0.0,
                                ObjectiveValue.MAX_SCORE, 10.0,
                                ObjectiveValue.COMPLETION_STATUS, 1.0,
                                ObjectiveValue.PROGRESS_MEASURE, 0.9));
        assertThat(known(play, "o")).isEqualTo(play.state.shared().objectives().get("g"));
    }

    @Test
    void what_a_sco_is_given_by_one_global_it_passes_on_to_another() {
        var play =
                Play.flowing(
                        """
                <sco id="w"><sequencing><objectives><primaryObjective objectiveID="p">
                <mapInfo targetObjectiveID="one" writeSatisfiedStatus="true"/></primaryObjective></objectives></sequencing></sco>
                <sco id="a"><sequencing><objectives><primaryObjective/><objective objectiveID="o">
                <mapInfo targetObjectiveID="one"/><mapInfo targetObjectiveID="two" readSatisfiedStatus="false"
                readNormalizedMeasure="false" writeSatisfiedStatus="true"/></objective></objectives></sequencing></sco><sco id="b"/>
                """);
        play.launch();
        play.passed().next();
        play.next();
        assertThat(
                        status(
                                play.state.shared().objectives().get("two"),
                                ObjectiveValue.SATISFIED_STATUS))
                .isEqualTo("true");
    }

    @Test
    void buckets_are_written_only_where_the_map_allows_it() {
        var play =
                Play.flowing(
                        """
                <sco id="a"><adlcp:data><adlcp:map targetID="open"/><adlcp:map targetID="shut" writeSharedData="false"/>
                </adlcp:data></sco>
                <sco id="b"><adlcp:data><adlcp:map targetID="open"/></adlcp:data></sco>
                """);
        play.launch();
        play.saying(
                        new RunTimeData(
                                Report.NOTHING,
                                Map.of(),
                                false,
                                0,
                                Map.of("open", "x", "shut", "y", "none", "z")))
                .next();
        assertThat(play.state.shared().data()).containsExactly(Map.entry("open", "x"));
        assertThat(play.start()).containsEntry("adl.data.0.store", "x");
    }

    @Test
    void a_report_comes_too_late_once_the_attempt_has_ended() {
        var play = Play.flowing("<sco id=\"a\"/><sco id=\"b\"/>");
        play.launch();
        play.failed().go(Plain.EXIT);
        var before = play.state;
        assertThat(
                        Sequencer.report(
                                play.tree,
                                play.state,
                                Play.sco(Play.report("", "passed", NONE, NONE))))
                .isEqualTo(before);
    }
}
