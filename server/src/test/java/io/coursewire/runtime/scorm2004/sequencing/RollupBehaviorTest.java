package io.coursewire.runtime.scorm2004.sequencing;

import static io.coursewire.packages.scorm2004.ObjectiveValue.COMPLETION_STATUS;
import static io.coursewire.packages.scorm2004.ObjectiveValue.NORMALIZED_MEASURE;
import static io.coursewire.packages.scorm2004.ObjectiveValue.PROGRESS_MEASURE;
import static io.coursewire.packages.scorm2004.ObjectiveValue.SATISFIED_STATUS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.coursewire.packages.scorm2004.ObjectiveValue;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// RB.1.1 to RB.1.5: what a cluster makes of its children. Each child of `p` is given one letter: P passed, F failed, I
/// incomplete, S suspended, - not begun.
class RollupBehaviorTest {
    private static final String SET_BY_CONTENT =
            """
            <deliveryControls completionSetByContent="true" objectiveSetByContent="true"/>
            """;

    private static Play played(String children, String rollupRules) {
        var body = new StringBuilder("<part id=\"p\">");
        for (int i = 0; i < children.length(); i++) {
            body.append(
                    "<sco id=\"c" + i + "\"><sequencing>" + SET_BY_CONTENT + "</sequencing></sco>");
        }
        var play =
                Play.course(
                        body
                                + "<sequencing><controlMode flow=\"true\"/>"
                                + rollupRules
                                + "</sequencing></part><sequencing><controlMode flow=\"true\"/></sequencing>");
        for (int i = 0; i < children.length(); i++) {
            play(play, "c" + i, children.charAt(i));
        }
        return play;
    }

    private static void play(Play play, String item, char how) {
        if (how == '-') {
            return;
        }
        if (play.last == null) {
            play.launch(item);
        } else {
            play.jump(item);
        }
        var none = OptionalDouble.empty();
        play.saying(
                switch (how) {
                    case 'P' -> Play.sco(Play.report("completed", "passed", none, none));
                    case 'F' -> Play.sco(Play.report("completed", "failed", none, none));
                    case 'I' -> Play.sco(Play.report("incomplete", "", none, none));
                    case 'S' ->
                            new RunTimeData(
                                    RunTimeData.Report.NOTHING, Map.of(), true, 0, Map.of());
                    default -> throw new IllegalArgumentException("no letter " + how);
                });
        play.go(NavigationRequest.Plain.EXIT);
    }

    private static String status(Play play, ObjectiveValue value) {
        var known =
                play.state
                        .activity("p")
                        .objectives()
                        .getOrDefault("", ObjectiveValues.UNKNOWN)
                        .get(value);
        return known.isEmpty() ? "unknown" : known.getAsDouble() == 1 ? "true" : "false";
    }

    @ParameterizedTest
    @CsvSource({
        "PP, true, true",
        "PF, false, true",
        "FF, false, true",
        "P-, unknown, unknown",
        "PI, unknown, false",
        "II, unknown, false",
        "--, unknown, unknown"
    })
    void by_default_all_children_have_to_agree(
            String children, String satisfied, String completed) {
        var play = played(children, "");
        assertThat(status(play, SATISFIED_STATUS)).isEqualTo(satisfied);
        assertThat(status(play, COMPLETION_STATUS)).isEqualTo(completed);
    }

    @ParameterizedTest
    @CsvSource({
        "all,            '',                      PPP, true",
        "all,            '',                      PPF, unknown",
        "any,            '',                      FFP, true",
        "any,            '',                      FFF, unknown",
        "none,           '',                      FFF, true",
        "none,           '',                      FF-, unknown",
        "atLeastCount,   minimumCount='2',        PPF, true",
        "atLeastCount,   minimumCount='2',        PFF, unknown",
        "atLeastPercent, minimumPercent='0.5',    PPF, true",
        "atLeastPercent, minimumPercent='0.7',    PPF, unknown",
    })
    void a_rule_counts_the_children_it_says(
            String set, String minimum, String children, String satisfied) {
        var play =
                played(
                        children,
                        """
                <rollupRules><rollupRule childActivitySet="%s" %s>
                <rollupConditions><rollupCondition condition="satisfied"/></rollupConditions>
                <rollupAction action="satisfied"/></rollupRule></rollupRules>
                """
                                .formatted(set, minimum.replace('\'', '"')));
        assertThat(status(play, SATISFIED_STATUS)).isEqualTo(satisfied);
    }

    @ParameterizedTest
    @CsvSource({
        "always,         P-, unknown",
        "ifAttempted,    P-, true",
        "ifNotSuspended, PS, true",
        "always,         PS, unknown",
        "ifNotSkipped,   P-, true",
    })
    void a_child_counts_when_its_considerations_say_so(
            String required, String children, String satisfied) {
        var skip =
                required.equals("ifNotSkipped")
                        ? """
                  <sequencingRules><preConditionRule><ruleConditions><ruleCondition condition="always"/></ruleConditions>
                  <ruleAction action="skip"/></preConditionRule></sequencingRules>"""
                        : "";
        var play =
                Play.course(
                        """
                <part id="p"><sco id="c0"><sequencing>%1$s</sequencing></sco>
                <sco id="c1"><sequencing>%2$s%1$s<adlseq:rollupConsiderations requiredForSatisfied="%3$s"/></sequencing></sco>
                <sequencing><controlMode flow="true"/></sequencing></part>
                """
                                .formatted(SET_BY_CONTENT, skip, required));
        play(play, "c0", children.charAt(0));
        play(play, "c1", children.charAt(1));
        assertThat(status(play, SATISFIED_STATUS)).isEqualTo(satisfied);
    }

    @Test
    void measures_are_weighted_and_decide_where_they_should() {
        var play =
                Play.course(
                        """
                <part id="p">
                <sco id="a"><sequencing><rollupRules objectiveMeasureWeight="1"/></sequencing></sco>
                <sco id="b"><sequencing><rollupRules objectiveMeasureWeight="0.5"/></sequencing></sco>
                <sco id="c"><sequencing><deliveryControls tracked="false"/></sequencing></sco>
                <sequencing><controlMode flow="true"/>
                <objectives><primaryObjective satisfiedByMeasure="true"><minNormalizedMeasure>0.6</minNormalizedMeasure>
                </primaryObjective></objectives></sequencing></part>
                """);
        play.launch("a");
        play.scored(0.6).next();
        assertThat(measure(play)).isCloseTo(0.4, within(1e-9));
        assertThat(status(play, SATISFIED_STATUS)).isEqualTo("false");
        play.scored(0.9).next();
        assertThat(measure(play)).isCloseTo(0.7, within(1e-9));
        assertThat(status(play, SATISFIED_STATUS)).isEqualTo("true");
    }

    private static double measure(Play play) {
        return play.state.activity("p").objectives().get("").get(NORMALIZED_MEASURE).orElseThrow();
    }

    @Test
    void progress_is_weighted_and_decides_where_it_should() {
        var threshold =
                "<adlcp:completionThreshold completedByMeasure=\"true\" minProgressMeasure=\"0.5\"/>";
        var play =
                Play.course(
                        "<part id=\"p\"><sco id=\"a\"/><sco id=\"b\"/>"
                                + threshold
                                + "<sequencing><controlMode flow=\"true\"/></sequencing></part>");
        play.launch("a");
        play.progressed(0.8).next();
        assertThat(play.state.activity("p").objectives().get("").get(PROGRESS_MEASURE))
                .hasValue(0.4);
        assertThat(status(play, COMPLETION_STATUS)).isEqualTo("false");
        play.progressed(0.4).next();
        assertThat(status(play, COMPLETION_STATUS)).isEqualTo("true");
    }

    @Test
    void a_global_objective_rolls_up_wherever_it_is_read() {
        var play =
                Play.course(
                        """
                <sco id="w"><sequencing><objectives><primaryObjective/><objective objectiveID="o">
                <mapInfo targetObjectiveID="g" writeSatisfiedStatus="true"/></objective></objectives></sequencing></sco>
                <part id="p"><sco id="r"><sequencing><objectives><primaryObjective objectiveID="q">
                <mapInfo targetObjectiveID="g"/></primaryObjective></objectives></sequencing></sco></part>
                """);
        play.launch("w");
        var none = OptionalDouble.empty();
        play.saying(Play.objective("o", Play.report("", "passed", none, none)))
                .go(NavigationRequest.Plain.EXIT);
        assertThat(status(play, SATISFIED_STATUS)).isEqualTo("true");
    }

    @Test
    void measure_satisfaction_can_wait_until_the_attempt_ends() {
        var play =
                Play.course(
                        """
                <sco id="a"><sequencing>
                <adlseq:rollupConsiderations measureSatisfactionIfActive="false"/>
                <objectives><primaryObjective satisfiedByMeasure="true"><minNormalizedMeasure>0.5</minNormalizedMeasure>
                </primaryObjective></objectives></sequencing></sco><sco id="b"/>
                """);
        play.launch("a");
        var active =
                Sequencer.report(
                        play.tree,
                        play.state,
                        Play.sco(
                                Play.report(
                                        "", "", OptionalDouble.empty(), OptionalDouble.of(0.9))));
        assertThat(active.activity("a").objectives().get("").get(SATISFIED_STATUS)).isEmpty();
        play.scored(0.9).go(NavigationRequest.Plain.EXIT);
        assertThat(play.state.activity("a").objectives().get("").get(SATISFIED_STATUS)).hasValue(1);
    }
}
