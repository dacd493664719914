package io.coursewire.runtime.scorm2004.sequencing;

import io.coursewire.packages.scorm2004.Manifests;
import io.coursewire.runtime.scorm2004.sequencing.NavigationRequest.Choice;
import io.coursewire.runtime.scorm2004.sequencing.NavigationRequest.Jump;
import io.coursewire.runtime.scorm2004.sequencing.NavigationRequest.Plain;
import io.coursewire.runtime.scorm2004.sequencing.RunTimeData.Report;
import io.coursewire.runtime.scorm2004.sequencing.RunTimeData.Score;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/// One learner taking one course. Every request answers with the item that is delivered, or with `ended`, `waiting` or the code of
/// the exception.
final class Play {
    final ActivityTree tree;
    TrackingState state;
    Outcome last;
    private RunTimeData report = RunTimeData.NOTHING;

    Play(ActivityTree tree, TrackingState state) {
        this.tree = tree;
        this.state = state;
    }

    static Play course(String body) {
        return new Play(ActivityTree.of(Manifests.organization(body)), TrackingState.initial(1));
    }

    /// A course whose organization flows.
    static Play flowing(String body) {
        return course(body + "<sequencing><controlMode flow=\"true\"/></sequencing>");
    }

    String launch() {
        return take(Sequencer.launch(tree, state, Optional.empty()));
    }

    String launch(String choose) {
        return take(Sequencer.launch(tree, state, Optional.of(choose)));
    }

    String next() {
        return go(Plain.CONTINUE);
    }

    String previous() {
        return go(Plain.PREVIOUS);
    }

    String choose(String item) {
        return go(new Choice(item));
    }

    String jump(String item) {
        return go(new Jump(item));
    }

    String go(NavigationRequest request) {
        var told = report;
        report = RunTimeData.NOTHING;
        return take(Sequencer.finish(tree, state, told, request));
    }

    private String take(Outcome outcome) {
        last = outcome;
        state = outcome.state();
        return switch (outcome.decision()) {
            case Decision.Deliver(var item, var _) -> item;
            case Decision.SessionEnded() -> "ended";
            case Decision.Waiting() -> "waiting";
            case Decision.Refused(var code) -> code;
        };
    }

    /// What content says before the next request.
    Play saying(RunTimeData data) {
        report = data;
        return this;
    }

    Play passed() {
        return saying(sco(report("", "passed", OptionalDouble.empty(), OptionalDouble.empty())));
    }

    Play failed() {
        return saying(sco(report("", "failed", OptionalDouble.empty(), OptionalDouble.empty())));
    }

    Play incomplete() {
        return saying(
                sco(report("incomplete", "", OptionalDouble.empty(), OptionalDouble.empty())));
    }

    Play completed() {
        return saying(sco(report("completed", "", OptionalDouble.empty(), OptionalDouble.empty())));
    }

    Play scored(double scaled) {
        return saying(sco(report("", "", OptionalDouble.empty(), OptionalDouble.of(scaled))));
    }

    Play progressed(double measure) {
        return saying(sco(report("", "", OptionalDouble.of(measure), OptionalDouble.empty())));
    }

    Play suspended() {
        return saying(new RunTimeData(Report.NOTHING, Map.of(), true, 0, Map.of()));
    }

    boolean resumed() {
        return last.decision() instanceof Decision.Deliver(var _, var resumed) && resumed;
    }

    NavigationState navigation() {
        return Sequencer.navigation(tree, Sequencer.report(tree, state, report));
    }

    Map<String, String> start() {
        return RunTimeStart.of(tree, state, (Decision.Deliver) last.decision()).elements();
    }

    static RunTimeData sco(Report report) {
        return new RunTimeData(report, Map.of(), false, 0, Map.of());
    }

    static RunTimeData objective(String id, Report report) {
        return new RunTimeData(Report.NOTHING, Map.of(id, report), false, 0, Map.of());
    }

    static Report report(
            String completion, String success, OptionalDouble progress, OptionalDouble scaled) {
        return new Report(
                Optional.of(completion).filter(word -> !word.isEmpty()),
                Optional.of(success).filter(word -> !word.isEmpty()),
                progress,
                new Score(
                        scaled,
                        OptionalDouble.empty(),
                        OptionalDouble.empty(),
                        OptionalDouble.empty()));
    }
}
