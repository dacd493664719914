package io.coursewire.runtime.scorm2004.sequencing;

import io.coursewire.packages.scorm2004.ControlMode;
import io.coursewire.runtime.scorm2004.sequencing.NavigationRequest.Choice;
import io.coursewire.runtime.scorm2004.sequencing.NavigationRequest.Jump;
import io.coursewire.runtime.scorm2004.sequencing.NavigationRequest.Plain;

/// NB.2.1 Navigation Request Process: turns a navigation request into a termination and a sequencing request, or refuses it.
final class NavigationBehavior {
    private final Workspace work;

    NavigationBehavior(Workspace work) {
        this.work = work;
    }

    /// @param exception empty when the request is valid
    record Navigation(
            TerminationRequest termination, SequencingRequest sequencing, String exception) {
        boolean valid() {
            return exception.isEmpty();
        }

        static Navigation refused(String exception) {
            return new Navigation(TerminationRequest.NONE, SequencingRequest.Plain.NONE, exception);
        }
    }

    Navigation process(NavigationRequest request) {
        return switch (request) {
            case Plain plain -> process(plain);
            case Choice(var target) -> {
                var number = work.tree.number(target);
                yield number.isEmpty()
                        ? Navigation.refused("NB.2.1-11")
                        : choice(number.getAsInt());
            }
            case Jump(var target) -> {
                var number = work.tree.number(target);
                yield number.isEmpty() ? Navigation.refused("NB.2.1-11") : jump(number.getAsInt());
            }
        };
    }

    private Navigation process(Plain request) {
        return switch (request) {
            case START ->
                    begun()
                            ? Navigation.refused("NB.2.1-1")
                            : valid(TerminationRequest.NONE, SequencingRequest.Plain.START);
            case RESUME_ALL -> resumeAll();
            case CONTINUE -> flow(SequencingRequest.Plain.CONTINUE);
            case PREVIOUS -> flow(SequencingRequest.Plain.PREVIOUS);
            case EXIT -> leave(TerminationRequest.EXIT, true);
            case ABANDON -> leave(TerminationRequest.ABANDON, true);
            case EXIT_ALL -> leave(TerminationRequest.EXIT_ALL, false);
            case ABANDON_ALL -> leave(TerminationRequest.ABANDON_ALL, false);
            case SUSPEND_ALL -> leave(TerminationRequest.SUSPEND_ALL, false);
        };
    }

    private Navigation resumeAll() {
        if (begun()) {
            return Navigation.refused("NB.2.1-1");
        }
        return work.suspendedActivity == Workspace.NONE
                ? Navigation.refused("NB.2.1-3")
                : valid(TerminationRequest.NONE, SequencingRequest.Plain.RESUME_ALL);
    }

    private Navigation flow(SequencingRequest.Plain request) {
        if (!begun()) {
            return Navigation.refused("NB.2.1-2");
        }
        var previous = request == SequencingRequest.Plain.PREVIOUS;
        if (work.current == ActivityTree.ROOT) {
            return Navigation.refused(previous ? "NB.2.1-6" : "NB.2.1-4");
        }
        var parent = work.tree.parent(work.current);
        if (!work.tree.allows(parent, ControlMode.FLOW)) {
            return Navigation.refused(previous ? "NB.2.1-5" : "NB.2.1-4");
        }
        if (previous && work.tree.allows(parent, ControlMode.FORWARD_ONLY)) {
            return Navigation.refused("NB.2.1-5");
        }
        return valid(exitIfActive(), request);
    }

    private Navigation leave(TerminationRequest request, boolean needsActive) {
        if (!begun()) {
            return Navigation.refused("NB.2.1-2");
        }
        if (needsActive && !work.active[work.current]) {
            return Navigation.refused("NB.2.1-12");
        }
        return valid(request, SequencingRequest.Plain.EXIT);
    }

    private Navigation choice(int target) {
        if (target != ActivityTree.ROOT
                && !work.tree.allows(work.tree.parent(target), ControlMode.CHOICE)) {
            return Navigation.refused("NB.2.1-10");
        }
        if (!begun()) {
            return valid(TerminationRequest.NONE, new SequencingRequest.Choice(target));
        }
        if (!mayLeaveFor(target)) {
            return Navigation.refused("NB.2.1-8");
        }
        return valid(exitIfActive(), new SequencingRequest.Choice(target));
    }

    /// Choice Exit: neither the current activity nor an active one between it and what it has in common with the target holds the
    /// learner. The current one holds even against being chosen anew.
    private boolean mayLeaveFor(int target) {
        var common = work.tree.commonAncestor(work.current, target);
        var held = holds(work.current);
        for (var up = work.current; up != common && !held; up = work.tree.parent(up)) {
            held = holds(up);
        }
        return !held;
    }

    private boolean holds(int activity) {
        var holds = work.active[activity] && !work.tree.allows(activity, ControlMode.CHOICE_EXIT);
        if (holds) {
            work.trace.add("NB.2.1", activity, "does not allow choice to leave it");
        }
        return holds;
    }

    private Navigation jump(int target) {
        if (!begun()) {
            return Navigation.refused("NB.2.1-2");
        }
        return work.isAvailable(target)
                ? valid(exitIfActive(), new SequencingRequest.Jump(target))
                : Navigation.refused("NB.2.1-11");
    }

    private boolean begun() {
        return work.current != Workspace.NONE;
    }

    private TerminationRequest exitIfActive() {
        return work.active[work.current] ? TerminationRequest.EXIT : TerminationRequest.NONE;
    }

    private static Navigation valid(TerminationRequest termination, SequencingRequest sequencing) {
        return new Navigation(termination, sequencing, "");
    }
}
