package io.coursewire.runtime.scorm2004.conformance;

import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// One delivery that a case expects, and what happens while it lasts.
public record Visit(JsonNode json) {
    public String label() {
        return json.path("label").asString();
    }

    public String item() {
        return json.path("item").asString();
    }

    public Optional<String> packageName() {
        return json.has("package") ? Optional.of(json.get("package").asString()) : Optional.empty();
    }

    public boolean asset() {
        return json.path("asset").asBoolean(false);
    }

    public JsonNode uiChecks() {
        return json.path("uiChecks");
    }

    /// What the page calls, and what must come of it.
    public List<JsonNode> commands() {
        return calls("commands");
    }

    /// What it calls after that, whatever comes of it.
    public List<JsonNode> pageCalls() {
        return calls("pageCalls");
    }

    /// What it calls when it is taken away.
    public List<JsonNode> callsOnUnload() {
        return calls("onUnload");
    }

    // An asset has no API: what its page tries to call reaches nobody.
    private List<JsonNode> calls(String name) {
        return asset() ? List.of() : json.path(name).valueStream().toList();
    }

    /// Whether the page itself terminates, as opposed to the player taking it away.
    public boolean terminates() {
        return pageCalls().stream()
                .anyMatch(call -> call.path("call").asString().equals("Terminate"));
    }

    public JsonNode userAction() {
        return json.path("userAction");
    }

    public boolean thenSessionEnded() {
        return userAction().path("thenSessionEnded").asBoolean(false);
    }

    public JsonNode thenLaunch() {
        return userAction().path("thenLaunch");
    }
}
