package io.coursewire.runtime.scorm2004.conformance;

import io.coursewire.packages.Warnings;
import io.coursewire.packages.scorm2004.ReadScorm2004;
import io.coursewire.packages.xml.ReadXml;
import io.coursewire.runtime.scorm2004.sequencing.ActivityTree;
import io.coursewire.runtime.scorm2004.sequencing.Decision;
import io.coursewire.runtime.scorm2004.sequencing.NavigationRequest;
import io.coursewire.runtime.scorm2004.sequencing.NavigationRequest.Choice;
import io.coursewire.runtime.scorm2004.sequencing.NavigationRequest.Plain;
import io.coursewire.runtime.scorm2004.sequencing.Outcome;
import io.coursewire.runtime.scorm2004.sequencing.RunTimeData;
import io.coursewire.runtime.scorm2004.sequencing.RunTimeStart;
import io.coursewire.runtime.scorm2004.sequencing.Sequencer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.JsonNode;

/// Takes a learner through one case: launch, and for each visit the checks, the commands and what leads on.
final class CaseReplay {
    private final ConformanceCase wanted;
    private final Learner learner;
    private final Map<String, ActivityTree> trees = new ConcurrentHashMap<>();
    private String course = "";
    private ActivityTree tree;
    private Outcome outcome;

    CaseReplay(ConformanceCase wanted, Learner learner) {
        this.wanted = wanted;
        this.learner = learner;
    }

    void run() {
        launch(wanted.start());
        wanted.visits().forEach(this::visit);
    }

    private void launch(JsonNode launch) {
        course = launch.path("package").asString();
        tree = trees.computeIfAbsent(course, this::tree);
        var choose =
                Optional.ofNullable(launch.get("choose")).map(item -> item.path("item").asString());
        keep(Sequencer.launch(tree, learner.state(course, tree), choose));
    }

    private ActivityTree tree(String name) {
        var path = wanted.manifests().get(name);
        if (path == null) {
            path = wanted.manifests().values().iterator().next();
        }
        try {
            var warnings = new Warnings();
            var manifest =
                    ReadXml.read(Files.readAllBytes(path), path.getFileName().toString(), warnings);
            var read =
                    ReadScorm2004.read(
                            manifest, (base, href, _) -> Optional.of(base + href), warnings);
            return ActivityTree.of(read.defaultOrganization());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void keep(Outcome next) {
        outcome = next;
        learner.keep(course, tree, next.state());
    }

    private void visit(Visit visit) {
        if (!(outcome.decision() instanceof Decision.Deliver delivery)) {
            throw new Difference(visit.label() + " delivery", visit.item(), outcome.decision());
        }
        Difference.check(visit.label() + " delivery", visit.item(), delivery.activity());
        UiChecks.check(visit, Sequencer.navigation(tree, outcome.state()), tree);
        var start = RunTimeStart.of(tree, outcome.state(), delivery);
        var data =
                new ScoData(
                        delivery.resumed()
                                ? start.resuming(learner.suspendedData(course, visit.item()))
                                : start);
        new Commands(
                        wanted,
                        visit,
                        data,
                        report ->
                                Sequencer.navigation(
                                        tree, Sequencer.report(tree, outcome.state(), report)))
                .run();
        leave(visit, data);
    }

    private void leave(Visit visit, ScoData data) {
        var own = data.navigationRequest();
        var action = userAction(visit);
        var first = visit.terminates() ? own.or(() -> action) : action.or(() -> own);
        if (first.isEmpty()) {
            return;
        }
        finish(visit, data, first.get());
        if (visit.terminates() && own.isPresent() && action.isPresent()) {
            keep(Sequencer.navigate(tree, outcome.state(), action.get()));
        }
        if (visit.thenSessionEnded()) {
            Difference.check(
                    visit.label() + " leaving", new Decision.SessionEnded(), outcome.decision());
        }
        if (!visit.thenLaunch().isMissingNode()) {
            launch(visit.thenLaunch());
        }
    }

    private void finish(Visit visit, ScoData data, NavigationRequest request) {
        data.endSession();
        keep(
                Sequencer.finish(
                        tree,
                        outcome.state(),
                        visit.asset() ? RunTimeData.NOTHING : data.report(),
                        request));
        if (data.suspends() || request == Plain.SUSPEND_ALL) {
            learner.suspendData(course, visit.item(), data.elements());
        } else {
            learner.dropData(course, visit.item());
        }
    }

    /// What the learner does. While content is there it wins over what content asks for.
    private Optional<NavigationRequest> userAction(Visit visit) {
        return switch (visit.userAction().path("do").asString("none")) {
            case "none" -> Optional.empty();
            case "continue" -> Optional.of(Plain.CONTINUE);
            case "previous" -> Optional.of(Plain.PREVIOUS);
            case "suspendAll" -> Optional.of(Plain.SUSPEND_ALL);
            case "exitAll", "exitPackage" -> Optional.of(Plain.EXIT_ALL);
            case "choice" ->
                    Optional.of(
                            new Choice(visit.userAction().path("target").path("item").asString()));
            case String other -> throw new Difference(visit.label(), "a known user action", other);
        };
    }
}
