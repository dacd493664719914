package io.coursewire.runtime.scorm2004.sequencing;

import io.coursewire.packages.scorm2004.SequencingRule.Action;
import java.util.Optional;

/// TB.2.1 Sequencing Exit Action Rules, TB.2.2 Sequencing Post Condition Rules, TB.2.3 Termination Request Process.
final class TerminationBehavior {
    private final Workspace work;
    private final RuleChecks checks;
    private final RollupBehavior rollup;
    private final AttemptEnding attempts;

    TerminationBehavior(Behaviors behaviors) {
        work = behaviors.work;
        checks = behaviors.checks;
        rollup = behaviors.rollup;
        attempts = behaviors.attempts;
    }

    /// @param sequencing what rules ask for in place of the pending request
    /// @param exception empty when the termination was valid
    record Termination(Optional<SequencingRequest> sequencing, String exception) {
        static Termination leading(SequencingRequest request) {
            return new Termination(Optional.of(request), "");
        }

        static Termination refused(String exception) {
            return new Termination(Optional.empty(), exception);
        }

        static final Termination DONE = new Termination(Optional.empty(), "");
    }

    Termination process(TerminationRequest request) {
        if (request == TerminationRequest.NONE) {
            return Termination.DONE;
        }
        if (work.current == Workspace.NONE) {
            return Termination.refused("TB.2.3-1");
        }
        return switch (request) {
            case NONE -> Termination.DONE;
            case EXIT -> work.active[work.current] ? exit() : Termination.refused("TB.2.3-2");
            case EXIT_ALL -> exitAll(SequencingRequest.Plain.EXIT);
            case SUSPEND_ALL -> suspendAll();
            case ABANDON -> abandon();
            case ABANDON_ALL -> abandonAll();
        };
    }

    /// The part of Exit that holds whatever comes next: the attempt ends, and exit rules move the current activity up.
    void endCurrent() {
        attempts.end(work.current);
        exitActionRules();
    }

    private Termination exit() {
        endCurrent();
        while (true) {
            var action = postCondition();
            if (action.isEmpty()) {
                return work.current == ActivityTree.ROOT
                        ? Termination.leading(SequencingRequest.Plain.EXIT)
                        : Termination.DONE;
            }
            work.trace.add("TB.2.2", work.current, "post condition: " + action.get().word());
            if (action.get() != Action.EXIT_PARENT) {
                return follow(action.get());
            }
            if (work.current == ActivityTree.ROOT) {
                return Termination.refused("TB.2.3-4");
            }
            work.current = work.tree.parent(work.current);
            attempts.end(work.current);
        }
    }

    private Termination follow(Action action) {
        return switch (action) {
            case EXIT_ALL -> exitAll(SequencingRequest.Plain.EXIT);
            case RETRY_ALL -> exitAll(SequencingRequest.Plain.RETRY);
            case RETRY ->
                    work.current == ActivityTree.ROOT
                            ? exitAll(SequencingRequest.Plain.RETRY)
                            : Termination.leading(SequencingRequest.Plain.RETRY);
            case CONTINUE -> afterRoot(SequencingRequest.Plain.CONTINUE);
            case PREVIOUS -> afterRoot(SequencingRequest.Plain.PREVIOUS);
            case EXIT_PARENT, EXIT, SKIP, DISABLED, HIDDEN_FROM_CHOICE, STOP_FORWARD_TRAVERSAL ->
                    throw new IllegalStateException(action + " is not followed after an exit");
        };
    }

    // Nothing comes after or before the root: leaving it ends the session.
    private Termination afterRoot(SequencingRequest request) {
        return Termination.leading(
                work.current == ActivityTree.ROOT ? SequencingRequest.Plain.EXIT : request);
    }

    /// TB.2.1.
    private void exitActionRules() {
        for (var activity : pathToParent()) {
            if (checks.applies(activity, Action.EXIT)) {
                work.trace.add("TB.2.1", activity, "exit rule applies");
                attempts.terminateDescendents(activity);
                attempts.end(activity);
                work.current = activity;
                return;
            }
        }
    }

    private int[] pathToParent() {
        var path = new int[work.tree.depth(work.current)];
        var up = work.current;
        for (int i = path.length - 1; i >= 0; i--) {
            up = work.tree.parent(up);
            path[i] = up;
        }
        return path;
    }

    /// TB.2.2. A suspended activity has not ended.
    private Optional<Action> postCondition() {
        return work.suspended[work.current] ? Optional.empty() : checks.postcondition(work.current);
    }

    private Termination exitAll(SequencingRequest then) {
        if (work.active[work.current]) {
            attempts.end(work.current);
        }
        attempts.terminateDescendents(ActivityTree.ROOT);
        if (work.active[ActivityTree.ROOT]) {
            attempts.end(ActivityTree.ROOT);
        }
        work.current = ActivityTree.ROOT;
        if (then == SequencingRequest.Plain.RETRY && !work.suspended[ActivityTree.ROOT]) {
            work.forgetShared();
        }
        return Termination.leading(then);
    }

    private Termination suspendAll() {
        if (work.active[work.current] || work.suspended[work.current]) {
            rollup.overall(work.current);
            work.suspendedActivity = work.current;
        } else if (work.current == ActivityTree.ROOT) {
            return Termination.refused("TB.2.3-3");
        } else {
            work.suspendedActivity = work.tree.parent(work.current);
        }
        for (var up = work.suspendedActivity; up != ActivityTree.NONE; up = work.tree.parent(up)) {
            work.active[up] = false;
            work.suspended[up] = true;
        }
        work.trace.add("TB.2.3", work.suspendedActivity, "suspended, to be resumed here");
        work.current = ActivityTree.ROOT;
        return Termination.leading(SequencingRequest.Plain.EXIT);
    }

    private Termination abandon() {
        work.active[work.current] = false;
        work.forget(work.current, true, true);
        work.trace.add("TB.2.3", work.current, "abandoned");
        return Termination.DONE;
    }

    private Termination abandonAll() {
        work.forget(work.current, true, true);
        for (var up = work.current; up != ActivityTree.NONE; up = work.tree.parent(up)) {
            work.active[up] = false;
        }
        work.trace.add("TB.2.3", work.current, "abandoned with all above it");
        work.current = ActivityTree.ROOT;
        return Termination.leading(SequencingRequest.Plain.EXIT);
    }
}
