package io.coursewire.e2e.conformance;

import com.microsoft.playwright.Browser;
import io.coursewire.runtime.scorm2004.conformance.ConformanceCase;
import io.coursewire.runtime.scorm2004.conformance.Difference;
import io.coursewire.runtime.scorm2004.conformance.Visit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// Takes a learner through one case in the player: launch, and for each visit the checks, the commands and
/// what leads on.
final class PlayedCase implements AutoCloseable {
    private final ConformanceCase wanted;
    private final Participant learner;
    private final Browser browser;
    private PlayerWindow window;
    private Participant.Course course;
    private JsonNode decision;

    PlayedCase(ConformanceCase wanted, Participant learner, Browser browser) {
        this.wanted = wanted;
        this.learner = learner;
        this.browser = browser;
    }

    void run() {
        launch(wanted.start());
        wanted.visits().forEach(this::visit);
    }

    @Override
    public void close() {
        if (window != null) {
            window.close();
        }
    }

    private void launch(JsonNode launch) {
        close();
        window = new PlayerWindow(browser);
        var name = launch.path("package").asString();
        course = learner.course(wanted.manifests().containsKey(name) ? name : wanted.id());
        var choose = launch.path("choose").path("item").asString("");
        var item = Optional.of(choose).filter(course::opens);
        var link = learner.launch(course, item);
        decision = window.decisionAfter(() -> window.open(link));
        // A folder has no link of its own: it is chosen in the contents.
        if (!choose.isEmpty() && item.isEmpty()) {
            decision = window.decisionAfter(() -> window.choose(choose));
        }
    }

    private void visit(Visit visit) {
        checkDelivered(visit);
        var content = window.content();
        UiChecks.check(visit, window, course.root());
        var checked = visit.commands();
        var commands = new ArrayList<>(checked);
        commands.addAll(visit.pageCalls());
        PlayerWindow.runOnUnload(content, visit.callsOnUnload().stream().map(this::call).toList());
        var answers = new ArrayList<List<String>>();
        Runnable speak =
                () ->
                        answers.addAll(
                                PlayerWindow.run(
                                        content, commands.stream().map(this::call).toList()));
        if (visit.terminates()) {
            decision = window.decisionAfter(speak);
        } else if (!commands.isEmpty()) {
            speak.run();
        }
        for (int i = 0; i < checked.size(); i++) {
            check(checked.get(i), answers.get(i), visit.label() + " command " + (i + 1));
        }
        leave(visit);
    }

    private void checkDelivered(Visit visit) {
        var where = visit.label() + " delivery";
        if (!decision.has("sessionId")) {
            throw new Difference(
                    where, visit.item(), decision.path("decision").asString("nothing"));
        }
        Difference.check(
                where, visit.item(), course.items().get(decision.at("/item/id").asString()));
    }

    private void check(JsonNode command, List<String> answer, String where) {
        var place =
                where
                        + " "
                        + command.path("call").asString()
                        + " "
                        + command.path("element").asString("");
        Answers.check(command, expected(command.path("returns")), answer, place);
    }

    private String expected(JsonNode returns) {
        return switch (returns.path("learner").asString("")) {
            case "id" -> learner.id();
            case "name" -> learner.name();
            default -> returns.isArray() ? "" : wanted.text(returns);
        };
    }

    /// A command as the page runs it.
    private Map<String, Object> call(JsonNode command) {
        var call = new LinkedHashMap<String, Object>();
        call.put("call", command.path("call").asString());
        put(call, "element", command.get("element"));
        put(call, "argument", command.get("argument"));
        put(call, "value", command.get("value"));
        put(call, "collection", command.path("n").get("collection"));
        put(call, "id", command.path("n").get("id"));
        return call;
    }

    private void put(Map<String, Object> call, String name, JsonNode value) {
        if (value != null && !value.isNull()) {
            call.put(name, wanted.text(value));
        }
    }

    private void leave(Visit visit) {
        userAction(visit)
                .filter(_ -> window.isPlaying())
                .ifPresent(action -> decision = window.decisionAfter(action));
        if (visit.thenSessionEnded()) {
            Difference.check(
                    visit.label() + " leaving",
                    "ended",
                    decision.path("decision").asString("deliver"));
        }
        if (!visit.thenLaunch().isMissingNode()) {
            launch(visit.thenLaunch());
        }
    }

    private Optional<Runnable> userAction(Visit visit) {
        return switch (visit.userAction().path("do").asString("none")) {
            case "none" -> Optional.empty();
            case "continue" -> Optional.of(() -> window.press("next"));
            case "previous" -> Optional.of(() -> window.press("previous"));
            case "suspendAll" -> Optional.of(() -> window.press("suspend"));
            case "exitAll", "exitPackage" -> Optional.of(() -> window.press("exit"));
            case "choice" -> {
                var target = visit.userAction().path("target");
                yield Optional.of(() -> window.choose(UiChecks.identifier(target, course.root())));
            }
            case String other -> throw new Difference(visit.label(), "a known user action", other);
        };
    }
}
