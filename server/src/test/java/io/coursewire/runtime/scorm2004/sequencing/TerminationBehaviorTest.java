package io.coursewire.runtime.scorm2004.sequencing;

import static org.assertj.core.api.Assertions.assertThat;

import io.coursewire.runtime.scorm2004.sequencing.ActivityTracking.Flag;
import io.coursewire.runtime.scorm2004.sequencing.NavigationRequest.Plain;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// TB.2.1 to TB.2.3: how attempts end, and what rules make of it.
class TerminationBehaviorTest {
    private static String rule(String kind, String condition, String action) {
        return """
                <%1$s><ruleConditions><ruleCondition condition="%2$s"/></ruleConditions><ruleAction action="%3$s"/></%1$s>
                """
                .formatted(kind, condition, action);
    }

    private static String ruled(String rules) {
        return "<sequencing><controlMode flow=\"true\"/><sequencingRules>"
                + rules
                + "</sequencingRules></sequencing>";
    }

    @ParameterizedTest
    @CsvSource({
        "retry,      b",
        "continue,   c",
        "previous,   a",
        "exitParent, d",
        "exitAll,    ended",
        "retryAll,   a",
    })
    void a_post_condition_replaces_what_was_asked(String action, String outcome) {
        var play =
                Play.flowing(
                        "<part id=\"p\"><sco id=\"a\"/><sco id=\"b\">"
                                + ruled(rule("postConditionRule", "satisfied", action))
                                + "</sco><sco id=\"c\"/>"
                                + "<sequencing><controlMode flow=\"true\"/></sequencing></part><sco id=\"d\"/>");
        play.launch("b");
        // Jumping to c is what the learner wants; where the rule says nothing else, c it is.
        assertThat(play.failed().jump("c")).isEqualTo("c");
        play.jump("b");
        var wanted = action.equals("exitParent") ? play.passed().next() : play.passed().jump("c");
        assertThat(wanted).isEqualTo(outcome);
    }

    @Test
    void the_first_post_condition_that_holds_decides() {
        var play =
                Play.flowing(
                        "<sco id=\"a\"/><sco id=\"b\">"
                                + ruled(
                                        rule("postConditionRule", "completed", "previous")
                                                + rule("postConditionRule", "always", "retry"))
                                + "</sco>");
        play.launch("b");
        assertThat(play.next()).isEqualTo("a");
    }

    @Test
    void a_suspended_activity_has_no_post_conditions() {
        var play =
                Play.flowing(
                        "<sco id=\"a\">"
                                + ruled(rule("postConditionRule", "always", "retry"))
                                + "</sco><sco id=\"b\"/>");
        play.launch();
        assertThat(play.suspended().next()).isEqualTo("b");
    }

    @Test
    void an_exit_rule_ends_the_cluster_nearest_to_the_root_that_asks_for_it() {
        var play =
                Play.flowing(
                        "<part id=\"outer\"><part id=\"inner\"><sco id=\"a\"/><sco id=\"b\"/>"
                                + ruled(rule("exitConditionRule", "always", "exit"))
                                + "</part><sco id=\"c\"/>"
                                + ruled(rule("exitConditionRule", "always", "exit"))
                                + "</part><sco id=\"d\"/>");
        play.launch();
        assertThat(play.next()).isEqualTo("d");
        assertThat(play.state.activity("inner").is(Flag.ACTIVE)).isFalse();
        assertThat(play.state.activity("outer").is(Flag.ACTIVE)).isFalse();
    }

    @Test
    void post_conditions_are_those_of_the_cluster_that_an_exit_rule_ended() {
        var play =
                Play.flowing(
                        "<part id=\"p\"><sco id=\"a\">"
                                + ruled(rule("postConditionRule", "always", "retry"))
                                + "</sco><sco id=\"b\"/>"
                                + ruled(
                                        rule("exitConditionRule", "always", "exit")
                                                + rule("postConditionRule", "always", "exitAll"))
                                + "</part>");
        play.launch();
        assertThat(play.next()).isEqualTo("ended");
    }

    @Test
    void retrying_the_course_begins_it_anew() {
        var play =
                Play.course(
                        "<sco id=\"a\"/><sco id=\"b\"/>"
                                + ruled(
                                        rule("exitConditionRule", "completed", "exit")
                                                + rule("postConditionRule", "always", "retry")));
        play.launch();
        assertThat(play.incomplete().next()).isEqualTo("b");
        assertThat(play.state.activity("course").attempts()).isEqualTo(1);
        play.previous();
        assertThat(play.completed().next()).isEqualTo("a");
        assertThat(play.state.activity("course").attempts()).isEqualTo(2);
    }

    @Test
    void exit_all_ends_every_attempt() {
        var play = Play.flowing("<part id=\"p\"><sco id=\"a\"/></part><sco id=\"b\"/>");
        play.launch("a");
        play.go(Plain.EXIT_ALL);
        assertThat(play.state.activities().values())
                .noneMatch(tracking -> tracking.is(Flag.ACTIVE));
    }

    @Test
    void suspend_all_is_resumed_where_it_was() {
        var play =
                Play.flowing("<part id=\"p\"><sco id=\"a\"/><sco id=\"b\"/></part><sco id=\"c\"/>");
        play.launch("b");
        assertThat(play.go(Plain.SUSPEND_ALL)).isEqualTo("ended");
        assertThat(play.state.suspendedActivity()).contains("b");
        assertThat(play.launch()).isEqualTo("b");
        assertThat(play.resumed()).isTrue();
        assertThat(play.state.activity("b").attempts()).isEqualTo(1);
        assertThat(play.state.activity("course").attempts()).isEqualTo(1);
    }

    @Test
    void another_choice_at_the_launch_gives_up_what_was_suspended() {
        var play = Play.flowing("<sco id=\"a\"/><sco id=\"b\"/>");
        play.launch();
        play.go(Plain.SUSPEND_ALL);
        assertThat(play.launch("b")).isEqualTo("b");
        assertThat(play.state.suspendedActivity()).isEmpty();
        assertThat(play.state.activity("a").is(Flag.SUSPENDED)).isFalse();
        assertThat(play.state.activity("course").attempts()).isEqualTo(1);
    }

    @Test
    void a_course_that_was_suspended_between_two_activities_goes_on_by_itself() {
        var play = Play.flowing("<sco id=\"a\"/><sco id=\"b\"/>");
        play.launch();
        play.go(Plain.EXIT);
        assertThat(play.go(Plain.SUSPEND_ALL)).isEqualTo("ended");
        assertThat(play.launch()).isEqualTo("a");
        assertThat(play.state.activity("course").attempts()).isEqualTo(1);
        assertThat(play.state.suspendedActivity()).isEmpty();
    }

    @Test
    void a_session_that_vanished_is_resumed() {
        var play = Play.flowing("<sco id=\"a\"/><sco id=\"b\"/>");
        play.launch("b");
        assertThat(play.launch()).isEqualTo("b");
        assertThat(play.resumed()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"ABANDON", "ABANDON_ALL"})
    void what_abandoned_content_reported_does_not_count(Plain request) {
        var play =
                Play.flowing(
                        "<sco id=\"a\">"
                                + ruled(rule("preConditionRule", "satisfied", "skip"))
                                + "</sco><sco id=\"b\"/>");
        play.launch();
        play.passed().go(request);
        assertThat(play.state.activity("a").objectives()).isEmpty();
        assertThat(request == Plain.ABANDON ? play.choose("course") : play.launch()).isEqualTo("a");
    }

    @Test
    void content_that_need_not_report_has_completed_and_satisfied() {
        var play =
                Play.flowing(
                        """
                <sco id="a"/><sco id="b"><sequencing>
                <deliveryControls completionSetByContent="true" objectiveSetByContent="true"/></sequencing></sco><sco id="c"/>
                """);
        play.launch();
        play.next();
        play.next();
        assertThat(play.state.activity("a").objectives()).containsKey("");
        assertThat(play.state.activity("b").objectives()).isEmpty();
    }

    @Test
    void content_that_says_unknown_is_believed() {
        var play = Play.flowing("<sco id=\"a\"/><sco id=\"b\"/>");
        play.launch();
        play.saying(
                        Play.sco(
                                Play.report(
                                        "unknown",
                                        "unknown",
                                        java.util.OptionalDouble.empty(),
                                        java.util.OptionalDouble.empty())))
                .next();
        assertThat(play.state.activity("a").objectives()).isEmpty();
    }
}
