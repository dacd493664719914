package io.coursewire.runtime.scorm2004.conformance;

import java.util.Optional;
import java.util.stream.StreamSupport;
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

    public JsonNode commands() {
        return json.path("commands");
    }

    /// Whether the page itself terminates, as opposed to the player taking it away.
    public boolean terminates() {
        return StreamSupport.stream(json.path("pageCalls").spliterator(), false)
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
