package io.coursewire.api;

import io.coursewire.kernel.ItemId;
import io.coursewire.kernel.Json;
import io.coursewire.packages.scorm2004.Presentation.Control;
import io.coursewire.runtime.launch.Course;
import io.coursewire.runtime.launch.OpenOutcome;
import io.coursewire.runtime.launch.Opened;
import io.coursewire.runtime.scorm2004.sequencing.NavigationState;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// A delivery as the player gets it: an opened session, or the course without content.
final class OpenedView {
    /// How often the player gives a sign of life; sessions are closed after ten times as long.
    static final int ALIVE_SECONDS = 60;

    private static final List<Control> CONTROLS =
            List.of(Control.CONTINUE, Control.PREVIOUS, Control.SUSPEND_ALL, Control.EXIT_ALL);

    /// How often it does while content speaks past it: so it hears how content fares, and of its end.
    static final int ASKING_SECONDS = 10;

    private OpenedView() {}

    static ObjectNode of(Opened opened) {
        var view = course(opened.course(), Optional.of(opened.item()));
        view.put("sessionId", opened.session().toString());
        view.put("standard", opened.speaks().orElse("asset"));
        view.putObject("item").put("id", opened.item().toString()).put("title", title(opened));
        opened.contentToken().ifPresent(token -> view.put("contentToken", token));
        view.put("contentUrl", opened.contentUrl());
        var elements = view.putObject("elements");
        opened.elements().forEach(elements::put);
        view.putObject("settings").put("strictLimits", opened.strictLimits());
        view.put(
                "aliveSeconds", opened.contentToken().isPresent() ? ASKING_SECONDS : ALIVE_SECONDS);
        return view;
    }

    static ObjectNode waiting(Course course, Optional<String> refusal) {
        var view = course(course, Optional.empty());
        view.put("decision", refusal.isPresent() ? "refused" : "waiting");
        refusal.ifPresent(message -> view.put("message", message));
        return view;
    }

    static ObjectNode ended(OpenOutcome.Ended ended) {
        return course(ended.course(), Optional.empty())
                .put("decision", "ended")
                .put("status", ended.status().orElse(null))
                .put("goesOn", ended.goesOn());
    }

    private static String title(Opened opened) {
        return opened.course().contents().stream()
                .filter(line -> line.item().filter(opened.item()::equals).isPresent())
                .map(Course.Line::title)
                .findFirst()
                .orElse(opened.course().title());
    }

    private static ObjectNode course(Course course, Optional<ItemId> current) {
        var view = Json.MAPPER.createObjectNode();
        view.put("title", course.title());
        view.set("items", items(course, current));
        view.put("mode", course.mode().word());
        view.put("returnUrl", course.returnUrl().orElse(null));
        course.navigation().ifPresent(navigation -> view.set("navigation", navigation(navigation)));
        return view;
    }

    static ArrayNode items(Course course, Optional<ItemId> current) {
        var items = Json.MAPPER.createArrayNode();
        for (var line : course.contents()) {
            items.addObject()
                    .put("id", line.item().map(id -> id.toString()).orElse(null))
                    .put("identifier", line.identifier())
                    .put("title", line.title())
                    .put("level", line.level())
                    .put("status", line.status().orElse(null))
                    .put("enabled", line.enabled())
                    .put("current", current.isPresent() && line.item().equals(current));
        }
        return items;
    }

    static ObjectNode navigation(NavigationState navigation) {
        var view = Json.MAPPER.createObjectNode();
        var controls = view.putObject("controls");
        for (var control : CONTROLS) {
            controls.put(
                    control.word(),
                    navigation.controls().get(control).name().toLowerCase(Locale.ROOT));
        }
        var valid = view.putObject("valid");
        valid.put("continue", navigation.valid().continues());
        valid.put("previous", navigation.valid().previous());
        navigation.valid().choice().forEach(valid.putArray("choice")::add);
        navigation.valid().jump().forEach(valid.putArray("jump")::add);
        return view;
    }
}
