package io.coursewire.runtime.scorm2004.sequencing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// SB.2.1 to SB.2.3: where walking on and back leads.
class FlowSubprocessTest {
    private static final String FLOW = "<controlMode flow=\"true\"/>";
    private static final String FORWARD_ONLY = "<controlMode flow=\"true\" forwardOnly=\"true\"/>";
    private static final String SKIPPED = ruled("skip");
    private static final String DISABLED = ruled("disabled");

    private static String ruled(String action) {
        return """
                <sequencingRules><preConditionRule><ruleConditions><ruleCondition condition="always"/></ruleConditions>
                <ruleAction action="%s"/></preConditionRule></sequencingRules>"""
                .formatted(action);
    }

    private static String with(String sequencing) {
        return "<sequencing>" + sequencing + "</sequencing>";
    }

    private static final String COURSE =
            "<part id=\"p\"><sco id=\"a\"/><sco id=\"b\">"
                    + with(SKIPPED)
                    + "</sco><sco id=\"c\"/>"
                    + with(FLOW)
                    + "</part>"
                    + "<part id=\"q\"><sco id=\"d\"/><sco id=\"e\"/>"
                    + with(FORWARD_ONLY)
                    + "</part>"
                    + "<part id=\"r\"><sco id=\"f\">"
                    + with(SKIPPED)
                    + "</sco><sco id=\"g\">"
                    + with(SKIPPED)
                    + "</sco>"
                    + with(FORWARD_ONLY)
                    + "</part>"
                    + "<sco id=\"h\"/>"
                    + "<part id=\"s\"><sco id=\"i\"/></part>"
                    + "<part id=\"t\"><sco id=\"j\"/><sco id=\"k\">"
                    + with(DISABLED)
                    + "</sco>"
                    + with(FLOW)
                    + "</part>";

    @ParameterizedTest
    @CsvSource({
        "a, continue, c",
        "c, continue, d",
        "e, continue, h",
        "h, continue, SB.2.2-1",
        "j, continue, SB.2.2-2",
        "c, previous, a",
        "a, previous, SB.2.1-3",
        // Going back into a forward only cluster enters at its beginning; one with nothing to show
        // is passed.
        "h, previous, d",
    })
    void flow_leads_to_the_nearest_activity_that_can_be_delivered(
            String at, String request, String outcome) {
        var play = Play.flowing(COURSE);
        play.launch(at);
        assertThat(play.go(NavigationRequest.parse(request).orElseThrow())).isEqualTo(outcome);
    }

    @Test
    void walking_off_the_tree_ends_the_session_and_every_attempt() {
        var play = Play.flowing("<part id=\"p\"><sco id=\"a\"/>" + with(FLOW) + "</part>");
        play.launch();
        assertThat(play.next()).isEqualTo("ended");
        assertThat(play.state.activities().values())
                .noneMatch(tracking -> tracking.is(ActivityTracking.Flag.ACTIVE));
    }

    @Test
    void a_course_of_one_activity_begins_by_itself() {
        assertThat(Play.course("<sco id=\"a\"/>").launch()).isEqualTo("a");
    }

    @Test
    void a_course_that_does_not_flow_waits_for_a_choice() {
        assertThat(Play.course("<sco id=\"a\"/><sco id=\"b\"/>").launch()).isEqualTo("SB.2.2-1");
    }

    @Test
    void thousands_of_skipped_activities_are_passed_one_by_one() {
        var skipped =
                IntStream.range(0, 5000)
                        .mapToObj(n -> "<sco id=\"s" + n + "\">" + with(SKIPPED) + "</sco>")
                        .collect(Collectors.joining());
        var play = Play.flowing("<sco id=\"first\"/>" + skipped + "<sco id=\"last\"/>");
        play.launch();
        assertThat(play.next()).isEqualTo("last");
        assertThat(play.last.reasons()).hasSize(Trace.MAX_STEPS);
    }

    @Test
    void headings_are_no_activities() {
        var play =
                Play.flowing(
                        "<part id=\"heading\"/><part id=\"p\"><part id=\"empty\"/><sco id=\"a\"/>"
                                + with(FLOW)
                                + "</part>");
        assertThat(play.launch()).isEqualTo("a");
        assertThat(play.tree.contains("heading")).isFalse();
        assertThat(play.tree.contains("empty")).isFalse();
    }

    @Test
    void what_was_skipped_is_told() {
        var play =
                Play.flowing(
                        "<sco id=\"a\"/><sco id=\"b\">" + with(SKIPPED) + "</sco><sco id=\"c\"/>");
        play.launch();
        play.next();
        assertThat(play.last.reasons()).contains(new Step("SB.2.2", "b", "skipped"));
    }
}
