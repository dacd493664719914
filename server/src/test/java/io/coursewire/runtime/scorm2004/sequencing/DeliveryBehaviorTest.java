package io.coursewire.runtime.scorm2004.sequencing;

import static io.coursewire.packages.scorm2004.ObjectiveValue.SATISFIED_STATUS;
import static org.assertj.core.api.Assertions.assertThat;

import io.coursewire.runtime.scorm2004.sequencing.ActivityTracking.Flag;
import io.coursewire.runtime.scorm2004.sequencing.NavigationRequest.Plain;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// DB.1.1 and DB.2: what may be delivered, and what an attempt begins with.
class DeliveryBehaviorTest {
    private static final String FLOW = "<sequencing><controlMode flow=\"true\"/></sequencing>";

    @Test
    void delivery_begins_attempts_on_the_whole_path() {
        var play = Play.flowing("<part id=\"p\"><sco id=\"a\"/>" + FLOW + "</part>");
        play.launch();
        for (var item : new String[] {"course", "p", "a"}) {
            assertThat(play.state.activity(item).is(Flag.ACTIVE)).isTrue();
            assertThat(play.state.activity(item).attempts()).isEqualTo(1);
        }
        assertThat(play.state.currentActivity()).contains("a");
    }

    @Test
    void the_attempt_limit_closes_an_activity() {
        var play =
                Play.course(
                        "<sco id=\"a\"><sequencing><limitConditions attemptLimit=\"1\"/></sequencing></sco><sco id=\"b\"/>");
        play.launch("a");
        play.choose("b");
        assertThat(play.choose("a")).isEqualTo("DB.1.1-3");
    }

    @Test
    void a_suspended_attempt_is_resumed_and_not_counted_again() {
        var play = Play.flowing("<sco id=\"a\"/><sco id=\"b\"/>");
        play.launch();
        play.suspended().next();
        assertThat(play.state.activity("a").is(Flag.SUSPENDED)).isTrue();
        assertThat(play.previous()).isEqualTo("a");
        assertThat(play.resumed()).isTrue();
        assertThat(play.state.activity("a").attempts()).isEqualTo(1);
    }

    @Test
    void a_new_attempt_begins_with_nothing_known() {
        var play = Play.flowing("<sco id=\"a\"/><sco id=\"b\"/>");
        play.launch();
        play.passed().next();
        assertThat(play.state.activity("a").objectives()).isNotEmpty();
        play.previous();
        assertThat(play.state.activity("a").objectives()).isEmpty();
        assertThat(play.state.activity("a").attempts()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({"true, false", "false, true"})
    void earlier_attempts_of_children_count_only_if_the_cluster_says_so(
            boolean currentOnly, boolean kept) {
        var play =
                Play.flowing(
                        "<part id=\"p\"><sco id=\"a\"/><sco id=\"b\"/><sequencing>"
                                + "<controlMode flow=\"true\" useCurrentAttemptObjectiveInfo=\""
                                + currentOnly
                                + "\"/></sequencing></part><sco id=\"c\"/>");
        play.launch();
        play.passed().jump("c");
        play.jump("b");
        var known =
                play.state
                        .activity("a")
                        .objectives()
                        .getOrDefault("", ObjectiveValues.UNKNOWN)
                        .get(SATISFIED_STATUS);
        assertThat(known.isPresent()).isEqualTo(kept);
    }

    @Test
    void global_objectives_outlive_the_attempt_where_they_are_the_systems() {
        var writes =
                """
                <sequencing><objectives><primaryObjective objectiveID="p">
                <mapInfo targetObjectiveID="g" writeSatisfiedStatus="true"/></primaryObjective></objectives></sequencing>""";
        var play = Play.flowing("<sco id=\"a\">" + writes + "</sco><sco id=\"b\"/>");
        play.launch();
        play.passed().go(Plain.EXIT_ALL);
        play.launch();
        assertThat(play.state.shared().objectives()).containsKey("g");
        assertThat(play.start()).containsEntry("cmi.objectives.0.success_status", "passed");
    }

    @Test
    void an_activity_that_is_not_tracked_leaves_no_trace() {
        var play =
                Play.flowing(
                        "<sco id=\"a\"><sequencing><deliveryControls tracked=\"false\"/></sequencing></sco><sco id=\"b\"/>");
        play.launch();
        play.passed().next();
        assertThat(play.state.activity("a")).isEqualTo(ActivityTracking.NONE);
    }

    @Test
    void the_run_time_data_begins_with_what_the_manifest_says() {
        var play =
                Play.flowing(
                        """
                <sco id="a"><adlcp:dataFromLMS>level=2</adlcp:dataFromLMS>
                  <adlcp:timeLimitAction>exit,message</adlcp:timeLimitAction>
                  <adlcp:completionThreshold completedByMeasure="true" minProgressMeasure="0.4"/>
                  <adlcp:data><adlcp:map targetID="bucket"/></adlcp:data>
                  <sequencing><limitConditions attemptAbsoluteDurationLimit="PT1H30M"/>
                  <objectives><primaryObjective objectiveID="main" satisfiedByMeasure="true">
                    <minNormalizedMeasure>0.8</minNormalizedMeasure></primaryObjective>
                    <objective objectiveID="side"/></objectives></sequencing></sco>
                """);
        play.launch();
        assertThat(play.start())
                .containsAllEntriesOf(
                        Map.of(
                                "cmi.launch_data", "level=2",
                                "cmi.time_limit_action", "exit,message",
                                "cmi.completion_threshold", "0.4",
                                "cmi.scaled_passing_score", "0.8",
                                "cmi.max_time_allowed", "PT1H30M",
                                "cmi.objectives.0.id", "main",
                                "cmi.objectives.1.id", "side",
                                "adl.data.0.id", "bucket",
                                "cmi.entry", "ab-initio",
                                "cmi.credit", "credit"));
    }

    @Test
    void a_resumed_sco_is_told_so() {
        var play = Play.flowing("<sco id=\"a\"/>");
        play.launch();
        play.go(Plain.SUSPEND_ALL);
        play.launch();
        assertThat(play.start()).containsEntry("cmi.entry", "resume");
    }
}
