package io.coursewire.runtime.scorm2004.sequencing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// SB.2.9: what stands between the learner and the chosen activity.
class ChoiceRequestTest {
    private static String with(String sequencing) {
        return "<sequencing>" + sequencing + "</sequencing>";
    }

    private static String ruled(String condition, String action) {
        return """
                <sequencingRules><preConditionRule><ruleConditions><ruleCondition condition="%s"/></ruleConditions>
                <ruleAction action="%s"/></preConditionRule></sequencingRules>"""
                .formatted(condition, action);
    }

    private static final String FLOW = "<controlMode flow=\"true\"/>";

    @ParameterizedTest
    @CsvSource({
        "hiddenFromChoice,     a, b, SB.2.9-3",
        "hiddenFromChoice,     a, c, c",
        "disabled,             a, b, DB.1.1-3",
        "skip,                 a, b, b",
        "stopForwardTraversal, a, b, b",
        "stopForwardTraversal, a, c, SB.2.4-1",
        "stopForwardTraversal, c, a, a",
    })
    void rules_of_an_activity_bar_the_way(String action, String at, String target, String outcome) {
        var play =
                Play.flowing(
                        "<sco id=\"a\"/><sco id=\"b\">"
                                + with(ruled("always", action))
                                + "</sco><sco id=\"c\"/>");
        play.launch(at.equals("c") ? "a" : at);
        if (at.equals("c")) {
            play.jump("c");
        }
        assertThat(play.choose(target)).isEqualTo(outcome);
    }

    @ParameterizedTest
    @CsvSource({"a, b, b", "b, a, SB.2.4-2"})
    void a_forward_only_cluster_lets_nobody_choose_back(String at, String target, String outcome) {
        var play =
                Play.course(
                        "<sco id=\"a\"/><sco id=\"b\"/>"
                                + with("<controlMode flow=\"true\" forwardOnly=\"true\"/>"));
        play.launch(at);
        assertThat(play.choose(target)).isEqualTo(outcome);
    }

    @ParameterizedTest
    @CsvSource({
        // from outside into the cluster, to the cluster itself, within it, and out of it
        "a, d, SB.2.9-6",
        "a, q, d",
        "d, e, e",
        "e, a, a",
    })
    void a_cluster_that_prevents_activation_is_entered_as_a_whole(
            String at, String target, String outcome) {
        var play =
                Play.flowing(
                        "<sco id=\"a\"/><part id=\"q\"><sco id=\"d\"/><sco id=\"e\"/>"
                                + with(
                                        FLOW
                                                + "<adlseq:constrainedChoiceConsiderations preventActivation=\"true\"/>")
                                + "</part>");
        play.launch("a");
        play.jump(at);
        assertThat(play.choose(target)).isEqualTo(outcome);
    }

    @ParameterizedTest
    @CsvSource({
        "c, a, SB.2.9-8",
        "c, b, b",
        "c, d, d",
        "c, e, e",
        "c, f, SB.2.9-8",
        "c, c2, c2",
        "a, f, f",
    })
    void a_constraining_cluster_reaches_its_neighbours_only(
            String at, String target, String outcome) {
        var play =
                Play.flowing(
                        "<sco id=\"a\"/><sco id=\"b\"/><part id=\"p\"><sco id=\"c\"/><sco id=\"c2\"/>"
                                + with(
                                        FLOW
                                                + "<adlseq:constrainedChoiceConsiderations constrainChoice=\"true\"/>")
                                + "</part><part id=\"q\"><sco id=\"d\"/><sco id=\"e\"/>"
                                + with(FLOW)
                                + "</part><sco id=\"f\"/>");
        play.launch("a");
        play.jump(at);
        assertThat(play.choose(target)).isEqualTo(outcome);
    }

    @Test
    void what_was_not_selected_cannot_be_chosen() {
        var play =
                Play.course(
                        "<part id=\"p\"><sco id=\"a\"/><sco id=\"b\"/>"
                                + with(
                                        FLOW
                                                + "<randomizationControls selectionTiming=\"once\" selectCount=\"1\"/>")
                                + "</part>");
        var chosen = play.launch("p");
        assertThat(play.choose(chosen.equals("a") ? "b" : "a")).isEqualTo("SB.2.9-2");
    }

    @Test
    void a_cluster_with_nothing_to_show_leaves_the_learner_there() {
        var play = Play.flowing("<sco id=\"a\"/><part id=\"p\"><sco id=\"b\"/></part>");
        play.launch();
        assertThat(play.choose("p")).isEqualTo("SB.2.9-9");
        assertThat(play.state.currentActivity()).contains("p");
    }

    @Test
    void a_choice_ends_the_attempts_it_leaves() {
        var play =
                Play.flowing(
                        "<part id=\"p\"><sco id=\"a\"/>" + with(FLOW) + "</part><sco id=\"b\"/>");
        play.launch();
        play.choose("b");
        assertThat(play.state.activity("p").is(ActivityTracking.Flag.ACTIVE)).isFalse();
        play.choose("a");
        assertThat(play.state.activity("p").attempts()).isEqualTo(2);
    }
}
