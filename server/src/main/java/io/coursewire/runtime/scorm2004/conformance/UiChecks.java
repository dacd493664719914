package io.coursewire.runtime.scorm2004.conformance;

import io.coursewire.packages.scorm2004.Presentation.Control;
import io.coursewire.runtime.scorm2004.sequencing.ActivityTree;
import io.coursewire.runtime.scorm2004.sequencing.NavigationState;
import io.coursewire.runtime.scorm2004.sequencing.NavigationState.ContentsEntry;
import io.coursewire.runtime.scorm2004.sequencing.NavigationState.ControlState;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// Compares the controls of the player with what a case asks the tester to see.
final class UiChecks {
    private UiChecks() {}

    static void check(Visit visit, NavigationState navigation, ActivityTree tree) {
        for (var check : visit.uiChecks()) {
            var where =
                    visit.label()
                            + " "
                            + check.path("control").asString()
                            + " "
                            + check.path("target").path("item").asString("")
                            + " "
                            + check.path("state").asString();
            Difference.check(
                    where, check.path("expected").asBoolean(), seen(check, navigation, tree));
        }
    }

    private static boolean seen(JsonNode check, NavigationState navigation, ActivityTree tree) {
        var state = check.path("state").asString();
        return switch (check.path("control").asString()) {
            case "continue" -> seen(state, navigation.controls().get(Control.CONTINUE));
            case "previous" -> seen(state, navigation.controls().get(Control.PREVIOUS));
            case "toc" ->
                    switch (state) {
                        case "enabled" -> navigation.offersContents();
                        case "selectable" ->
                                entry(check, navigation, tree)
                                        .filter(entry -> entry.visible() && entry.selectable())
                                        .isPresent();
                        case "visible" ->
                                entry(check, navigation, tree)
                                        .filter(ContentsEntry::visible)
                                        .isPresent();
                        case String other -> throw new Difference("toc", "a known state", other);
                    };
            case String other -> throw new Difference("check", "a known control", other);
        };
    }

    /// A control that content hides counts as one that is shown and disabled.
    private static boolean seen(String state, ControlState control) {
        return state.equals("enabled") == (control == ControlState.ENABLED);
    }

    private static Optional<ContentsEntry> entry(
            JsonNode check, NavigationState navigation, ActivityTree tree) {
        var target = check.path("target");
        var item =
                target.path("root").asBoolean(false)
                        ? tree.organization().identifier()
                        : target.path("item").asString();
        return navigation.contents().stream()
                .filter(entry -> entry.item().equals(item))
                .findFirst();
    }
}
