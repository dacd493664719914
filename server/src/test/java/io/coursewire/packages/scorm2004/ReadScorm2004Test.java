package io.coursewire.packages.scorm2004;

import static io.coursewire.packages.scorm2004.Manifests.organization;
import static io.coursewire.packages.scorm2004.Manifests.read;
import static io.coursewire.packages.scorm2004.Manifests.readWhole;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coursewire.packages.PackageRefused;
import io.coursewire.packages.scorm2004.Presentation.Control;
import java.util.EnumSet;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What a manifest says reaches the model; what it gets wrong is told.
class ReadScorm2004Test {
    private static Item first(String body) {
        return organization(body).root().children().getFirst();
    }

    @Test
    void the_tree_of_items_is_read_in_order() {
        var root =
                organization(
                                "<part id='a'><sco id='b'/><sco id='c'/></part><sco id='d'/>"
                                        .replace('\'', '"'))
                        .root();
        assertThat(root.children()).extracting(Item::identifier).containsExactly("a", "d");
        assertThat(root.children().getFirst().children())
                .extracting(Item::identifier)
                .containsExactly("b", "c");
    }

    @Test
    void an_item_opens_its_resource_with_its_parameters() {
        var item = first("<item identifier=\"a\" identifierref=\"SCO\" parameters=\"?page=2\"/>");
        assertThat(item.content().launch()).contains(new Content.Launch("sco.html?page=2", true));
    }

    @Test
    void bases_of_manifest_resources_and_resource_are_joined() {
        var manifest =
                readWhole(
                                """
                <manifest identifier="m" xml:base="one"><metadata><schemaversion>2004 3rd Edition</schemaversion></metadata>
                <organizations><organization identifier="o"><sco id="a"/></organization></organizations>
                <resources xml:base="two/"><resource identifier="SCO" xml:base="three" href="s.html"/></resources></manifest>
                """)
                        .manifest();
        var launch = manifest.defaultOrganization().root().children().getFirst().content().launch();
        assertThat(launch).map(Content.Launch::href).contains("one/two/three/s.html");
        assertThat(manifest.edition()).isEqualTo(Edition.THIRD);
    }

    @ParameterizedTest
    @CsvSource({
        "CAM 1.3,SECOND",
        "2004 3rd Edition,THIRD",
        "2004 4th Edition,FOURTH",
        "2004 5th Edition,FOURTH"
    })
    void the_edition_follows_the_schema_version(String version, Edition edition) {
        assertThat(Edition.of(version)).isEqualTo(edition);
    }

    @Test
    void nothing_said_is_the_default_of_the_specification() {
        assertThat(first("<sco id=\"a\"/>").sequencing()).isEqualTo(Sequencing.DEFAULT);
        assertThat(Sequencing.DEFAULT.controls())
                .containsExactlyInAnyOrder(
                        ControlMode.CHOICE,
                        ControlMode.CHOICE_EXIT,
                        ControlMode.USE_CURRENT_ATTEMPT_OBJECTIVE_INFO,
                        ControlMode.USE_CURRENT_ATTEMPT_PROGRESS_INFO);
    }

    @Test
    void a_sequencing_rule_is_read_whole() {
        var rules =
                first(
                                """
                <sco id="a"><sequencing>
                  <sequencingRules><preConditionRule><ruleConditions conditionCombination="any">
                    <ruleCondition condition="objectiveMeasureGreaterThan" operator="not" referencedObjective="o"
                        measureThreshold="0.25"/>
                    <ruleCondition condition="attempted"/>
                  </ruleConditions><ruleAction action="skip"/></preConditionRule></sequencingRules>
                  <objectives><primaryObjective/><objective objectiveID="o"/></objectives>
                </sequencing></sco>
                """)
                        .sequencing()
                        .rules()
                        .precondition();
        assertThat(rules)
                .singleElement()
                .satisfies(
                        rule -> {
                            assertThat(rule.action()).isEqualTo(SequencingRule.Action.SKIP);
                            assertThat(rule.combination()).isEqualTo(Combination.ANY);
                            assertThat(rule.conditions())
                                    .containsExactly(
                                            new RuleCondition(
                                                    Condition.OBJECTIVE_MEASURE_GREATER_THAN,
                                                    true,
                                                    "o",
                                                    0.25),
                                            new RuleCondition(Condition.ATTEMPTED, false, "", 0));
                        });
    }

    @Test
    void a_rollup_rule_is_read_whole() {
        var rollup =
                first(
                                """
                <sco id="a"><sequencing>
                  <rollupRules rollupObjectiveSatisfied="false" objectiveMeasureWeight="0.5">
                    <rollupRule childActivitySet="atLeastPercent" minimumPercent="0.3">
                      <rollupConditions><rollupCondition operator="not" condition="completed"/></rollupConditions>
                      <rollupAction action="incomplete"/></rollupRule></rollupRules>
                  <adlseq:rollupConsiderations requiredForCompleted="ifNotSkipped" measureSatisfactionIfActive="false"/>
                </sequencing></sco>
                """)
                        .sequencing()
                        .rollup();
        assertThat(rollup.objectiveSatisfied()).isFalse();
        assertThat(rollup.progressCompletion()).isTrue();
        assertThat(rollup.objectiveMeasureWeight()).isEqualTo(0.5);
        assertThat(rollup.considerations().completed())
                .isEqualTo(RollupConsiderations.Required.IF_NOT_SKIPPED);
        assertThat(rollup.considerations().measureSatisfactionIfActive()).isFalse();
        assertThat(rollup.rules())
                .singleElement()
                .satisfies(
                        rule -> {
                            assertThat(rule.childSet()).isEqualTo(new ChildSet.AtLeastPercent(0.3));
                            assertThat(rule.combination()).isEqualTo(Combination.ANY);
                        });
    }

    @Test
    void maps_of_both_namespaces_are_merged_by_objective_and_target() {
        var objectives =
                first(
                                """
                <sco id="a"><sequencing>
                  <objectives><primaryObjective objectiveID="p" satisfiedByMeasure="true">
                    <minNormalizedMeasure>0.6</minNormalizedMeasure>
                    <mapInfo targetObjectiveID="g" readSatisfiedStatus="false" writeSatisfiedStatus="true"/>
                  </primaryObjective></objectives>
                  <adlseq:objectives><adlseq:objective objectiveID="p">
                    <adlseq:mapInfo targetObjectiveID="g" readRawScore="false" writeProgressMeasure="true"/>
                  </adlseq:objective></adlseq:objectives>
                </sequencing></sco>
                """)
                        .sequencing()
                        .objectives();
        assertThat(objectives)
                .singleElement()
                .satisfies(
                        objective -> {
                            assertThat(objective.primary()).isTrue();
                            assertThat(objective.minNormalizedMeasure()).isEqualTo(0.6);
                            assertThat(objective.maps())
                                    .containsExactly(
                                            new ObjectiveMap(
                                                    "g",
                                                    EnumSet.of(
                                                            ObjectiveValue.NORMALIZED_MEASURE,
                                                            ObjectiveValue.MIN_SCORE,
                                                            ObjectiveValue.MAX_SCORE,
                                                            ObjectiveValue.COMPLETION_STATUS,
                                                            ObjectiveValue.PROGRESS_MEASURE),
                                                    EnumSet.of(
                                                            ObjectiveValue.SATISFIED_STATUS,
                                                            ObjectiveValue.PROGRESS_MEASURE)));
                        });
    }

    @Test
    void limits_delivery_and_randomization_controls_are_read() {
        var delivery =
                first(
                                """
                <sco id="a"><sequencing>
                  <limitConditions attemptLimit="2" attemptAbsoluteDurationLimit="PT1H"/>
                  <deliveryControls tracked="false" completionSetByContent="true" objectiveSetByContent="true"/>
                  <randomizationControls selectionTiming="once" selectCount="3" randomizationTiming="onEachNewAttempt"
                      reorderChildren="true"/>
                </sequencing></sco>
                """)
                        .sequencing()
                        .delivery();
        assertThat(delivery)
                .isEqualTo(
                        new DeliveryControls(
                                false,
                                true,
                                true,
                                new LimitConditions(
                                        OptionalInt.of(2), Optional.of(IsoDuration.parse("PT1H"))),
                                new Randomization(
                                        Randomization.Timing.ONCE,
                                        OptionalInt.of(3),
                                        Randomization.Timing.ON_EACH_NEW_ATTEMPT,
                                        true)));
    }

    @Test
    void launch_data_is_read() {
        var content =
                first(
                                """
                <sco id="a"><adlcp:dataFromLMS>level=2</adlcp:dataFromLMS>
                  <adlcp:timeLimitAction>exit, no message</adlcp:timeLimitAction>
                  <adlcp:data><adlcp:map targetID="b" writeSharedData="false"/></adlcp:data>
                  <adlcp:completionThreshold completedByMeasure="true" minProgressMeasure="0.4" progressWeight="0.5"/>
                  <presentation><navigationInterface><hideLMSUI>exitAll</hideLMSUI></navigationInterface></presentation>
                </sco>
                """)
                        .content();
        assertThat(content.launchData().dataFromLMS()).isEqualTo("level=2");
        assertThat(content.launchData().timeLimitAction()).contains("exit,no message");
        assertThat(content.launchData().sharedData())
                .containsExactly(new LaunchData.SharedData("b", true, false));
        assertThat(content.completion()).isEqualTo(new CompletionThreshold(true, 0.4, 0.5));
        assertThat(content.presentation().hidden()).containsExactly(Control.EXIT_ALL);
    }

    @Test
    void a_threshold_as_text_is_one_of_the_earlier_editions() {
        var content =
                first(
                                "<sco id=\"a\"><adlcp:completionThreshold>0.75</adlcp:completionThreshold></sco>")
                        .content();
        assertThat(content.completion()).isEqualTo(new CompletionThreshold(true, 0.75, 1));
    }

    @Test
    void a_collection_gives_what_the_item_does_not_have_itself() {
        var read =
                read(
                        """
                <organization identifier="o">
                  <sco id="a"><sequencing IDRef="S"><deliveryControls tracked="false"/></sequencing></sco>
                </organization></organizations>
                <sequencingCollection><sequencing ID="S">
                  <controlMode forwardOnly="true"/><deliveryControls tracked="true"/>
                </sequencing></sequencingCollection><organizations>
                """);
        var sequencing =
                read.manifest().defaultOrganization().root().children().getFirst().sequencing();
        assertThat(sequencing.allows(ControlMode.FORWARD_ONLY)).isTrue();
        assertThat(sequencing.delivery().tracked()).isFalse();
    }

    @Test
    void the_default_organization_comes_first() {
        var manifest =
                readWhole(
                                """
                <manifest identifier="m"><organizations default="two">
                  <organization identifier="one"><sco id="a"/></organization>
                  <organization identifier="two"><sco id="b"/></organization></organizations>
                <resources><resource identifier="SCO" href="s.html"/></resources></manifest>
                """)
                        .manifest();
        assertThat(manifest.organizations())
                .extracting(Organization::identifier)
                .containsExactly("two", "one");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            unknown-action      | <sequencingRules><preConditionRule><ruleAction action="leap"/></preConditionRule></sequencingRules>
            unknown-condition   | <sequencingRules><preConditionRule><ruleConditions><ruleCondition condition="bored"/></ruleConditions><ruleAction action="skip"/></preConditionRule></sequencingRules>
            dangling-reference  | <sequencingRules><preConditionRule><ruleConditions><ruleCondition condition="satisfied" referencedObjective="no"/></ruleConditions><ruleAction action="skip"/></preConditionRule></sequencingRules>
            unknown-action      | <rollupRules><rollupRule><rollupAction action="leap"/></rollupRule></rollupRules>
            unknown-condition   | <rollupRules><rollupRule><rollupConditions><rollupCondition condition="always"/></rollupConditions><rollupAction action="completed"/></rollupRule></rollupRules>
            out-of-range        | <rollupRules objectiveMeasureWeight="7"/>
            out-of-range        | <objectives><primaryObjective><minNormalizedMeasure>-3</minNormalizedMeasure></primaryObjective></objectives>
            bad-value           | <controlMode flow="perhaps"/>
            bad-value           | <limitConditions attemptLimit="-1"/>
            bad-value           | <limitConditions attemptAbsoluteDurationLimit="soon"/>
            duplicate-identifier| <objectives><objective objectiveID="o"/><objective objectiveID="o"/></objectives>
            no-identifier       | <objectives><objective/></objectives>
            second-read-map     | <objectives><objective objectiveID="o"><mapInfo targetObjectiveID="g"/><mapInfo targetObjectiveID="h"/></objective></objectives>
            dangling-reference  | <adlseq:objectives><adlseq:objective objectiveID="o"/></adlseq:objectives>
            """)
    void a_fault_in_sequencing_is_a_warning(String code, String sequencing) {
        var read =
                read(
                        "<organization identifier=\"o\"><sco id=\"a\"><sequencing>"
                                + sequencing
                                + "</sequencing></sco></organization>");
        assertThat(read.codes()).containsOnly(code);
        assertThat(read.warnings()).allSatisfy(warning -> assertThat(warning.place()).isPresent());
    }

    @Test
    void a_sequencing_that_refers_to_itself_ends_there() {
        var read =
                read(
                        """
                <organization identifier="o"><sco id="a"><sequencing IDRef="S"/></sco></organization></organizations>
                <sequencingCollection><sequencing ID="S" IDRef="S"><controlMode flow="true"/></sequencing></sequencingCollection>
                <organizations>
                """);
        assertThat(read.codes()).contains("cyclic-reference");
    }

    @Test
    void two_items_of_one_name_stay_apart() {
        var read =
                read(
                        "<organization identifier=\"o\"><sco id=\"a\"/><sco id=\"a\"/></organization>");
        assertThat(read.manifest().defaultOrganization().root().children())
                .extracting(Item::identifier)
                .containsExactly("a", "a~2");
        assertThat(read.codes()).containsOnly("duplicate-identifier");
    }

    @Test
    void resources_without_an_organization_become_items() {
        var read = read("");
        var root = read.manifest().defaultOrganization().root();
        assertThat(root.identifier()).isEqualTo("m");
        assertThat(root.children()).extracting(Item::identifier).containsExactly("SCO", "ASSET");
        assertThat(read.codes()).containsExactly("no-organization");
    }

    @Test
    void resources_of_manifests_inside_the_manifest_are_used() {
        var read =
                readWhole(
                        """
                        <manifest identifier="m" xml:base="one"><metadata><schemaversion>CAM 1.3</schemaversion></metadata>
                        <organizations><organization identifier="o"><sco id="a"/></organization></organizations>
                        <manifest identifier="n" xml:base="two"><resources>
                          <resource identifier="SCO" href="s.html"/></resources></manifest></manifest>
                        """);
        var item = read.manifest().defaultOrganization().root().children().getFirst();
        assertThat(item.content().launch()).map(Content.Launch::href).contains("one/two/s.html");
        assertThat(read.codes()).isEmpty();
    }

    @Test
    void a_flag_is_read_in_any_case() {
        var read =
                first(
                        "<sco id=\"a\"><sequencing><controlMode choice=\"False\" flow=\"TRUE\"/></sequencing></sco>");
        assertThat(read.sequencing().controls())
                .contains(ControlMode.FLOW)
                .doesNotContain(ControlMode.CHOICE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "P1YT9223372036854775807S",
                "PT-9223372036854775808S",
                "P106751991167300D",
                "P1000000Y"
            })
    void a_time_without_end_is_no_limit_and_told(String time) {
        var read =
                read(
                        "<organization identifier=\"o\"><sco id=\"a\"><sequencing><limitConditions attemptAbsoluteDurationLimit=\""
                                + time
                                + "\"/></sequencing></sco></organization>");
        assertThat(read.codes()).containsExactly("bad-value");
    }

    @Test
    void a_course_that_opens_nothing_is_refused() {
        assertThatThrownBy(
                        () ->
                                read(
                                        "<organization identifier=\"o\"><part id=\"a\"/></organization>"))
                .isInstanceOf(PackageRefused.class)
                .extracting(refused -> ((PackageRefused) refused).code())
                .isEqualTo("nothing-to-open");
    }

    @Test
    void a_document_type_is_refused() {
        assertThatThrownBy(
                        () ->
                                readWhole(
                                        "<!DOCTYPE manifest SYSTEM \"file:///etc/passwd\"><manifest/>"))
                .isInstanceOf(PackageRefused.class);
    }

    @Test
    void items_nested_without_end_are_refused() {
        var deep = "<part id=\"p%d\">";
        var open = IntStream.range(0, 80).mapToObj(deep::formatted).collect(Collectors.joining());
        assertThatThrownBy(
                        () ->
                                read(
                                        "<organization identifier=\"o\">"
                                                + open
                                                + "<sco id=\"a\"/>"
                                                + "</part>".repeat(80)
                                                + "</organization>"))
                .isInstanceOf(PackageRefused.class);
    }

    @Test
    void five_thousand_items_are_read() {
        var items =
                IntStream.range(0, 5000)
                        .mapToObj(
                                n ->
                                        "<sco id=\"a"
                                                + n
                                                + "\"><sequencing><controlMode flow=\"true\"/></sequencing></sco>")
                        .collect(Collectors.joining());
        assertThat(organization(items).root().children()).hasSize(5000);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "false | <controlMode flow='true'/>",
                "false | <sequencingRules><preConditionRule><ruleConditions><ruleCondition condition='satisfied'/></ruleConditions><ruleAction action='skip'/></preConditionRule></sequencingRules>",
                "true  | <sequencingRules><preConditionRule><ruleConditions><ruleCondition condition='objectiveMeasureKnown'/></ruleConditions><ruleAction action='skip'/></preConditionRule></sequencingRules>",
                "true  | <sequencingRules><postConditionRule><ruleConditions><ruleCondition condition='objectiveMeasureLessThan'/></ruleConditions><ruleAction action='retry'/></postConditionRule></sequencingRules>",
                "true  | <rollupRules><rollupRule><rollupConditions><rollupCondition condition='objectiveMeasureKnown'/></rollupConditions><rollupAction action='completed'/></rollupRule></rollupRules>",
                "true  | <objectives><primaryObjective objectiveID='p' satisfiedByMeasure='true'/></objectives>",
            })
    void whether_a_score_can_lead_elsewhere_is_known_of_the_course(
            boolean looks, String sequencing) {
        var organization =
                organization(
                        ("<part id='a'><sco id='b'/><sequencing>"
                                        + sequencing
                                        + "</sequencing></part><sco id='c'/>")
                                .replace('\'', '"'));
        assertThat(organization.looksAtMeasures()).isEqualTo(looks);
    }
}
