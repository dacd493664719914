package io.coursewire.api;

import io.coursewire.catalog.Activity;
import io.coursewire.catalog.Item;
import io.coursewire.catalog.Label;
import io.coursewire.catalog.Language;
import io.coursewire.kernel.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// JSON forms that several resources share.
final class View {
    private View() {}

    static ObjectNode object() {
        return Json.MAPPER.createObjectNode();
    }

    static JsonNode text(String text) {
        return Json.MAPPER.getNodeFactory().stringNode(text);
    }

    /// `{id, title, type, externalId}`.
    static ObjectNode of(Activity activity, Language language) {
        return labelled(activity.id().toString(), activity.label(), language);
    }

    /// `{id, title, type, externalId}`.
    static ObjectNode of(Item item, Language language) {
        return labelled(item.id().toString(), item.label(), language);
    }

    static ObjectNode withTitles(ObjectNode view, Label label) {
        var titles = view.putObject("titles");
        label.titles().byLanguage().forEach(titles::put);
        return view;
    }

    private static ObjectNode labelled(String id, Label label, Language language) {
        return object().put("id", id)
                .put("title", label.titles().in(language))
                .put("type", label.type().word())
                .put("externalId", label.externalId());
    }
}
