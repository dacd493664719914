package io.coursewire.e2e.conformance;

import io.coursewire.runtime.scorm2004.conformance.Difference;
import io.coursewire.runtime.scorm2004.conformance.Visit;
import tools.jackson.databind.JsonNode;

/// Compares the player's controls and contents with what a case asks the tester to see.
final class UiChecks {
    private UiChecks() {}

    /// @param root the organization's identifier
    static void check(Visit visit, PlayerWindow window, String root) {
        for (var check : visit.uiChecks()) {
            var control = check.path("control").asString();
            var state = check.path("state").asString();
            var target = identifier(check.path("target"), root);
            Difference.check(
                    String.join(" ", visit.label(), control, target, state),
                    check.path("expected").asBoolean(),
                    seen(window, control, state, target, root));
        }
    }

    private static boolean seen(
            PlayerWindow window, String control, String state, String target, String root) {
        return switch (control) {
            // A control that content hides counts as one that is shown and disabled.
            case "continue" -> state.equals("enabled") == window.isEnabled("next");
            case "previous" -> state.equals("enabled") == window.isEnabled("previous");
            case "toc" ->
                    switch (state) {
                        case "enabled" -> window.offersAnyBut(root);
                        case "selectable" -> window.offers(target);
                        case "visible" -> window.lists(target);
                        case String other -> throw new Difference("toc", "a known state", other);
                    };
            case String other -> throw new Difference("check", "a known control", other);
        };
    }

    static String identifier(JsonNode target, String root) {
        return target.path("root").asBoolean(false) ? root : target.path("item").asString("");
    }
}
