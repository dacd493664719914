package io.coursewire.api;

import io.coursewire.kernel.Json;
import io.coursewire.runtime.launch.Opened;
import tools.jackson.databind.node.ObjectNode;

/// An opened session as the player gets it.
final class OpenedView {
    /// How often the player gives a sign of life; sessions are closed after ten times as long.
    static final int ALIVE_SECONDS = 60;

    private OpenedView() {}

    static ObjectNode of(Opened opened) {
        var view = Json.MAPPER.createObjectNode();
        view.put("sessionId", opened.session().toString());
        view.put("standard", opened.speaks().orElse("asset"));
        view.put("title", opened.title());
        addItem(view, opened);
        addContents(view, opened);
        view.put("mode", opened.mode().word());
        view.put("contentUrl", opened.contentUrl());
        var elements = view.putObject("elements");
        opened.elements().forEach(elements::put);
        view.putObject("settings").put("strictLimits", opened.strictLimits());
        view.put("aliveSeconds", ALIVE_SECONDS);
        view.put("returnUrl", opened.returnUrl().orElse(null));
        return view;
    }

    private static void addItem(ObjectNode view, Opened opened) {
        var title =
                opened.contents().stream()
                        .filter(line -> line.item().filter(opened.item()::equals).isPresent())
                        .map(Opened.Line::title)
                        .findFirst()
                        .orElse(opened.title());
        view.putObject("item").put("id", opened.item().toString()).put("title", title);
    }

    private static void addContents(ObjectNode view, Opened opened) {
        var items = view.putArray("items");
        for (var line : opened.contents()) {
            items.addObject()
                    .put("id", line.item().map(id -> id.toString()).orElse(null))
                    .put("title", line.title())
                    .put("level", line.level())
                    .put("status", line.status().orElse(null))
                    .put("current", line.item().filter(opened.item()::equals).isPresent());
        }
    }
}
