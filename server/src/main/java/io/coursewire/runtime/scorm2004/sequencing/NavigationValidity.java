package io.coursewire.runtime.scorm2004.sequencing;

import io.coursewire.packages.scorm2004.Presentation.Control;
import io.coursewire.packages.scorm2004.SequencingRule.Action;
import io.coursewire.runtime.scorm2004.sequencing.NavigationRequest.Choice;
import io.coursewire.runtime.scorm2004.sequencing.NavigationRequest.Jump;
import io.coursewire.runtime.scorm2004.sequencing.NavigationRequest.Plain;
import io.coursewire.runtime.scorm2004.sequencing.NavigationState.ContentsEntry;
import io.coursewire.runtime.scorm2004.sequencing.NavigationState.ControlState;
import io.coursewire.runtime.scorm2004.sequencing.NavigationState.RequestValid;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/// Finds out which navigation requests would be met (SN 5.6.4, RTE 4.3), by walking the tree as the request would, for all
/// targets at once. All of them end the attempt on the current activity first, so that is tried once, on a copy.
final class NavigationValidity {
    private final Workspace before;
    private final Workspace after;
    private final NavigationBehavior navigation;
    private final SequencingRequests sequencing;
    private final RuleChecks checks;
    private final DeliveryBehavior delivery;

    NavigationValidity(Workspace work) {
        before = work;
        after = work.attempt();
        var behaviors = new Behaviors(after);
        if (after.current != Workspace.NONE && after.active[after.current]) {
            new TerminationBehavior(behaviors).endCurrent();
        }
        navigation = new NavigationBehavior(before);
        checks = RuleChecks.remembering(after, behaviors.tracking);
        var flow = FlowSubprocess.remembering(after, checks);
        sequencing = new SequencingRequests(after, flow, new ChoiceRequest(after, checks, flow));
        delivery = new DeliveryBehavior(after, checks, behaviors.attempts);
    }

    NavigationState evaluate() {
        var choice = new LinkedHashSet<String>();
        var jump = new LinkedHashSet<String>();
        for (int activity = 0; activity < before.tree.size(); activity++) {
            var identifier = before.tree.identifier(activity);
            if (met(new Choice(identifier))) {
                choice.add(identifier);
            }
            if (before.tree.isLeaf(activity) && met(new Jump(identifier))) {
                jump.add(identifier);
            }
        }
        var valid = new RequestValid(met(Plain.CONTINUE), met(Plain.PREVIOUS), choice, jump);
        return new NavigationState(controls(valid), valid, contents(valid));
    }

    private boolean met(NavigationRequest request) {
        var process = navigation.process(request);
        if (!process.valid()) {
            return false;
        }
        var found = sequencing.process(process.sequencing());
        return found.hasDelivery() ? delivery.check(found.delivery()).isEmpty() : found.ends();
    }

    private Map<Control, ControlState> controls(RequestValid valid) {
        var begun = before.current != Workspace.NONE;
        var running = begun && before.active[before.current];
        var controls = new EnumMap<Control, ControlState>(Control.class);
        for (var control : Control.values()) {
            var enabled =
                    switch (control) {
                        case CONTINUE -> valid.continues() || running && isSilent() && flowsOn();
                        case PREVIOUS -> valid.previous();
                        case EXIT, ABANDON -> running;
                        case EXIT_ALL, ABANDON_ALL, SUSPEND_ALL -> begun;
                    };
            controls.put(control, state(control, enabled));
        }
        return controls;
    }

    /// Content that has not said how it stands may still free the way before the learner presses the control.
    private boolean isSilent() {
        return !before.completionSet[before.current] && !before.successSet[before.current];
    }

    private boolean flowsOn() {
        return navigation.process(Plain.CONTINUE).valid();
    }

    private ControlState state(Control control, boolean enabled) {
        var current = before.current;
        if (current != Workspace.NONE
                && before.active[current]
                && before.tree.item(current).content().presentation().hidden().contains(control)) {
            return ControlState.HIDDEN;
        }
        return enabled ? ControlState.ENABLED : ControlState.DISABLED;
    }

    private List<ContentsEntry> contents(RequestValid valid) {
        var entries = new ArrayList<ContentsEntry>();
        list(ActivityTree.ROOT, valid, true, entries);
        return entries;
    }

    private void list(
            int activity, RequestValid valid, boolean shown, List<ContentsEntry> entries) {
        var identifier = before.tree.identifier(activity);
        var offered = shown && !checks.applies(activity, Action.HIDDEN_FROM_CHOICE);
        entries.add(
                new ContentsEntry(
                        identifier,
                        offered && before.tree.item(activity).content().presentation().visible(),
                        valid.choice().contains(identifier),
                        activity == before.current));
        for (var child : before.available[activity]) {
            list(child, valid, offered, entries);
        }
    }
}
