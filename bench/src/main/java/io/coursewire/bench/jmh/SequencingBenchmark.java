package io.coursewire.bench.jmh;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.coursewire.packages.Warnings;
import io.coursewire.packages.scorm2004.ReadScorm2004;
import io.coursewire.packages.xml.ReadXml;
import io.coursewire.runtime.scorm2004.sequencing.ActivityTree;
import io.coursewire.runtime.scorm2004.sequencing.Decision;
import io.coursewire.runtime.scorm2004.sequencing.NavigationRequest.Plain;
import io.coursewire.runtime.scorm2004.sequencing.NavigationState;
import io.coursewire.runtime.scorm2004.sequencing.Outcome;
import io.coursewire.runtime.scorm2004.sequencing.Sequencer;
import io.coursewire.runtime.scorm2004.sequencing.TrackingState;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// What a navigation request costs on a SCORM 2004 course of a thousand activities, three rules on each. Run with `-prof gc` for the
/// allocation rate.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class SequencingBenchmark {
    private static final int ACTIVITIES = 1000;
    private static final String RULES =
            """
            <sequencing><controlMode flow="true"/><sequencingRules>
            <preConditionRule><ruleConditions><ruleCondition condition="objectiveMeasureLessThan" measureThreshold="-0.5"/>
            </ruleConditions><ruleAction action="skip"/></preConditionRule>
            <preConditionRule><ruleConditions><ruleCondition condition="attemptLimitExceeded"/></ruleConditions>
            <ruleAction action="disabled"/></preConditionRule>
            <preConditionRule><ruleConditions><ruleCondition condition="satisfied" operator="not"/>
            <ruleCondition condition="attempted"/></ruleConditions><ruleAction action="hiddenFromChoice"/></preConditionRule>
            </sequencingRules></sequencing>""";

    /// Children of each cluster.
    @Param({"1000", "30", "5"})
    int width;

    private ActivityTree tree;
    private TrackingState state;

    @Setup
    public void launch() {
        var manifest =
                "<manifest identifier=\"m\"><organizations><organization identifier=\"o\">"
                        + items(ACTIVITIES, "i")
                        + RULES
                        + "</organization></organizations><resources><resource identifier=\"SCO\" scormType=\"sco\" href=\"s.html\"/>"
                        + "</resources></manifest>";
        var warnings = new Warnings();
        var read =
                ReadScorm2004.read(
                        ReadXml.read(manifest.getBytes(UTF_8), "imsmanifest.xml", warnings),
                        (base, href, _) -> Optional.of(base + href),
                        warnings);
        tree = ActivityTree.of(read.defaultOrganization());
        state = Sequencer.launch(tree, TrackingState.initial(1), Optional.empty()).state();
    }

    private String items(int count, String prefix) {
        var items = new StringBuilder();
        var leaves = count < 3 * width;
        for (int n = 0; n < (leaves ? count : width); n++) {
            var id = prefix + n;
            var inside = leaves ? "" : items((count - width) / width, id + "_");
            items.append(
                            "<item identifier=\""
                                    + id
                                    + "\""
                                    + (leaves ? " identifierref=\"SCO\"" : "")
                                    + ">")
                    .append(inside)
                    .append(RULES)
                    .append("</item>");
        }
        return items.toString();
    }

    /// A request, walking through the whole course and beginning it again.
    @Benchmark
    public Outcome request() {
        var outcome = Sequencer.navigate(tree, state, Plain.CONTINUE);
        if (!(outcome.decision() instanceof Decision.Deliver)) {
            outcome = Sequencer.launch(tree, outcome.state(), Optional.empty());
        }
        state = outcome.state();
        return outcome;
    }

    /// The controls and the validity of every target.
    @Benchmark
    public NavigationState controls() {
        return Sequencer.navigation(tree, state);
    }

    /// What a learner waits for: both.
    @Benchmark
    public NavigationState requestAndControls() {
        request();
        return controls();
    }
}
