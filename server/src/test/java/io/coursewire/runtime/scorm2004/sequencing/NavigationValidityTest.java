package io.coursewire.runtime.scorm2004.sequencing;

import static org.assertj.core.api.Assertions.assertThat;

import io.coursewire.packages.scorm2004.Presentation.Control;
import io.coursewire.runtime.scorm2004.sequencing.NavigationState.ContentsEntry;
import io.coursewire.runtime.scorm2004.sequencing.NavigationState.ControlState;
import org.junit.jupiter.api.Test;

/// What the controls say is what the requests do.
class NavigationValidityTest {
    private static String ruled(String condition, String action) {
        return """
                <sequencing><sequencingRules><preConditionRule><ruleConditions><ruleCondition condition="%s"/></ruleConditions>
                <ruleAction action="%s"/></preConditionRule></sequencingRules></sequencing>"""
                .formatted(condition, action);
    }

    @Test
    void the_first_activity_has_no_previous() {
        var play = Play.flowing("<sco id=\"a\"/><sco id=\"b\"/>");
        play.launch();
        assertThat(play.navigation().controls())
                .containsEntry(Control.CONTINUE, ControlState.ENABLED)
                .containsEntry(Control.PREVIOUS, ControlState.DISABLED);
        play.next();
        assertThat(play.navigation().controls())
                .containsEntry(Control.PREVIOUS, ControlState.ENABLED);
    }

    @Test
    void content_takes_controls_away() {
        var play =
                Play.flowing(
                        """
                <sco id="a"><presentation><navigationInterface><hideLMSUI>continue</hideLMSUI><hideLMSUI>suspendAll</hideLMSUI>
                </navigationInterface></presentation></sco><sco id="b"/>
                """);
        play.launch();
        assertThat(play.navigation().controls())
                .containsEntry(Control.CONTINUE, ControlState.HIDDEN)
                .containsEntry(Control.SUSPEND_ALL, ControlState.HIDDEN)
                .containsEntry(Control.EXIT_ALL, ControlState.ENABLED);
        assertThat(play.navigation().valid().continues()).isTrue();
    }

    @Test
    void going_on_is_valid_at_the_end_of_the_course_and_ends_it() {
        var play = Play.flowing("<sco id=\"a\"/>");
        play.launch();
        assertThat(play.navigation().valid().continues()).isTrue();
        assertThat(play.next()).isEqualTo("ended");
    }

    /// The second item stays closed until the first one is passed.
    private static Play gated() {
        return Play.flowing(
                """
                <sco id="a"><sequencing><deliveryControls objectiveSetByContent="true"/>
                <objectives><primaryObjective objectiveID="o"><mapInfo targetObjectiveID="g" writeSatisfiedStatus="true"/>
                </primaryObjective></objectives></sequencing></sco>
                <sco id="b"><sequencing><sequencingRules><preConditionRule><ruleConditions conditionCombination="any">
                <ruleCondition condition="satisfied" operator="not"/><ruleCondition condition="objectiveStatusKnown" operator="not"/>
                </ruleConditions><ruleAction action="disabled"/></preConditionRule></sequencingRules>
                <objectives><primaryObjective objectiveID="o"><mapInfo targetObjectiveID="g"/></primaryObjective></objectives>
                </sequencing></sco>
                """);
    }

    @Test
    void what_content_commits_opens_the_way_before_it_ends() {
        var play = gated();
        play.launch();
        assertThat(play.navigation().valid().choice()).doesNotContain("b");
        assertThat(play.passed().navigation().valid().choice()).contains("b");
    }

    @Test
    void going_on_is_offered_until_content_has_said_what_forbids_it() {
        var play = gated();
        play.launch();
        assertThat(play.navigation().valid().continues()).isFalse();
        assertThat(play.navigation().controls())
                .containsEntry(Control.CONTINUE, ControlState.ENABLED);
        assertThat(play.failed().navigation().controls())
                .containsEntry(Control.CONTINUE, ControlState.DISABLED);
        assertThat(play.passed().navigation().controls())
                .containsEntry(Control.CONTINUE, ControlState.ENABLED);
    }

    @Test
    void what_was_refused_is_not_offered_again_while_nothing_runs_that_could_free_it() {
        var play = gated();
        play.launch();
        play.next();
        assertThat(play.last.decision()).isInstanceOf(Decision.Refused.class);
        assertThat(Sequencer.navigation(play.tree, play.state).controls())
                .containsEntry(Control.CONTINUE, ControlState.DISABLED)
                .containsEntry(Control.EXIT_ALL, ControlState.ENABLED);
    }

    @Test
    void contents_show_what_can_be_chosen_and_leave_out_what_is_hidden() {
        var play =
                Play.flowing(
                        "<sco id=\"a\"/><sco id=\"b\">"
                                + ruled("always", "hiddenFromChoice")
                                + "</sco><sco id=\"c\">"
                                + ruled("always", "disabled")
                                + "</sco><item identifier=\"d\" identifierref=\"SCO\" isvisible=\"false\"/>");
        play.launch();
        assertThat(play.navigation().contents())
                .containsExactly(
                        new ContentsEntry("course", true, true, false),
                        new ContentsEntry("a", true, true, true),
                        new ContentsEntry("b", false, false, false),
                        new ContentsEntry("c", true, false, false),
                        new ContentsEntry("d", false, true, false));
    }

    @Test
    void asking_changes_nothing() {
        var play = Play.flowing("<part id=\"p\"><sco id=\"a\"/></part><sco id=\"b\"/>");
        play.launch("a");
        var before = play.state;
        play.navigation();
        assertThat(play.state).isEqualTo(before);
    }

    @Test
    void before_the_course_begins_choices_are_offered() {
        var play = Play.flowing("<sco id=\"a\"/><sco id=\"b\"/>");
        assertThat(play.navigation().valid().choice()).containsExactly("course", "a", "b");
        assertThat(play.navigation().offersContents()).isTrue();
    }

    @Test
    void a_course_of_one_activity_offers_no_contents() {
        var play = Play.course("<sco id=\"a\"/>");
        play.launch();
        assertThat(play.navigation().offersContents()).isFalse();
    }
}
