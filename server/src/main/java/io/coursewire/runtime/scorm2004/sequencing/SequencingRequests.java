package io.coursewire.runtime.scorm2004.sequencing;

import io.coursewire.packages.scorm2004.ControlMode;
import io.coursewire.runtime.scorm2004.sequencing.FlowSubprocess.Direction;
import io.coursewire.runtime.scorm2004.sequencing.SequencingRequest.Choice;
import io.coursewire.runtime.scorm2004.sequencing.SequencingRequest.Jump;
import io.coursewire.runtime.scorm2004.sequencing.SequencingRequest.Plain;

/// SB.2.12 Sequencing Request Process and the requests it dispatches to, choice apart: SB.2.5 Start, SB.2.6 Resume All, SB.2.7
/// Continue, SB.2.8 Previous, SB.2.10 Retry, SB.2.11 Exit, SB.2.13 Jump. Changes nothing.
final class SequencingRequests {
    private final Workspace work;
    private final FlowSubprocess flow;
    private final ChoiceRequest choice;

    SequencingRequests(Workspace work, FlowSubprocess flow, ChoiceRequest choice) {
        this.work = work;
        this.flow = flow;
        this.choice = choice;
    }

    Found process(SequencingRequest request) {
        return switch (request) {
            case Plain plain -> process(plain);
            case Choice(var target) -> choice.process(target);
            case Jump(var target) ->
                    work.current == Workspace.NONE
                            ? Found.refused("SB.2.13-1")
                            : Found.delivery(target);
        };
    }

    private Found process(Plain request) {
        return switch (request) {
            case NONE -> Found.nothing();
            case START -> start();
            case RESUME_ALL -> resumeAll();
            case CONTINUE -> onward(Direction.FORWARD, "SB.2.7");
            case PREVIOUS -> onward(Direction.BACKWARD, "SB.2.8");
            case RETRY -> retry();
            case EXIT -> exit();
        };
    }

    private Found start() {
        if (work.current != Workspace.NONE) {
            return Found.refused("SB.2.5-1");
        }
        return work.tree.isLeaf(ActivityTree.ROOT)
                ? Found.delivery(ActivityTree.ROOT)
                : Found.by(flow.flow(ActivityTree.ROOT, Direction.FORWARD, true));
    }

    private Found resumeAll() {
        if (work.current != Workspace.NONE) {
            return Found.refused("SB.2.6-1");
        }
        return work.suspendedActivity == Workspace.NONE
                ? Found.refused("SB.2.6-2")
                : Found.delivery(work.suspendedActivity);
    }

    private Found onward(Direction direction, String clause) {
        if (work.current == Workspace.NONE) {
            return Found.refused(clause + "-1");
        }
        if (work.current != ActivityTree.ROOT
                && !work.tree.allows(work.tree.parent(work.current), ControlMode.FLOW)) {
            return Found.refused(clause + "-2");
        }
        return Found.by(flow.flow(work.current, direction, false));
    }

    private Found retry() {
        if (work.current == Workspace.NONE) {
            return Found.refused("SB.2.10-1");
        }
        if (work.active[work.current] || work.suspended[work.current]) {
            return Found.refused("SB.2.10-2");
        }
        if (work.tree.isLeaf(work.current)) {
            return Found.delivery(work.current);
        }
        var found = flow.flow(work.current, Direction.FORWARD, true);
        return found.deliverable() || found.offTheTree()
                ? Found.by(found)
                : Found.refused("SB.2.10-3");
    }

    private Found exit() {
        if (work.current == Workspace.NONE) {
            return Found.refused("SB.2.11-1");
        }
        if (work.active[work.current]) {
            return Found.refused("SB.2.11-2");
        }
        return work.current == ActivityTree.ROOT ? Found.end() : Found.nothing();
    }
}
