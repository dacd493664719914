package io.coursewire.runtime.scorm2004.conformance;

import java.util.Optional;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/// One delivery that a case expects, and what happens while it lasts.
record Visit(JsonNode json) {
    String label() {
        return json.path("label").asString();
    }

    String item() {
        return json.path("item").asString();
    }

    Optional<String> packageName() {
        return json.has("package") ? Optional.of(json.get("package").asString()) : Optional.empty();
    }

    boolean asset() {
        return json.path("asset").asBoolean(false);
    }

    JsonNode uiChecks() {
        return json.path("uiChecks");
    }

    JsonNode commands() {
        return json.path("commands");
    }

    /// Whether the page itself terminates, as opposed to the player taking it away.
    boolean terminates() {
        return StreamSupport.stream(json.path("pageCalls").spliterator(), false)
                .anyMatch(call -> call.path("call").asString().equals("Terminate"));
    }

    JsonNode userAction() {
        return json.path("userAction");
    }

    boolean thenSessionEnded() {
        return userAction().path("thenSessionEnded").asBoolean(false);
    }

    JsonNode thenLaunch() {
        return userAction().path("thenLaunch");
    }
}
