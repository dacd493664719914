package io.coursewire.runtime.scorm2004.sequencing;

import io.coursewire.packages.scorm2004.ObjectiveValue;
import io.coursewire.runtime.scorm2004.sequencing.NavigationRequest.Choice;
import io.coursewire.runtime.scorm2004.sequencing.NavigationRequest.Plain;
import java.util.Optional;

/// OP.1 Overall Sequencing Process: the engine's front door. Every answer follows from the arguments alone; nothing is stored,
/// drawn or timed in here.
public final class Sequencer {
    private Sequencer() {}

    /// Opens the course: resumes it where it was suspended, otherwise begins a new attempt. What was tracked in earlier attempts
    /// is kept and counts until the new attempts on the activities begin. A session that vanished is resumed.
    ///
    /// @param choose the item to begin with, in place of what the course would begin with
    public static Outcome launch(ActivityTree tree, TrackingState state, Optional<String> choose) {
        var session = new Session(tree, state);
        session.open();
        var request = session.resumable() ? Plain.RESUME_ALL : Plain.START;
        return session.answer(choose.<NavigationRequest>map(Choice::new).orElse(request));
    }

    /// Decides a navigation request of an open session.
    public static Outcome navigate(
            ActivityTree tree, TrackingState state, NavigationRequest request) {
        return new Session(tree, state).answer(request);
    }

    /// Content has finished, or is taken away: what it reported is transferred, then the request is decided. A request to abandon
    /// throws the report away.
    public static Outcome finish(
            ActivityTree tree, TrackingState state, RunTimeData data, NavigationRequest request) {
        var session = new Session(tree, state);
        if (request != Plain.ABANDON && request != Plain.ABANDON_ALL) {
            session.transfer(data);
        }
        return session.answer(request);
    }

    /// The state as if content had finished with this report: what controls and rules see after a commit. A session that closes
    /// without a request is finished with Suspend All.
    public static TrackingState report(ActivityTree tree, TrackingState state, RunTimeData data) {
        var session = new Session(tree, state);
        session.transfer(data);
        return WorkspaceForm.close(session.work);
    }

    /// Which requests would succeed now, and which controls the learner gets.
    public static NavigationState navigation(ActivityTree tree, TrackingState state) {
        return new NavigationValidity(WorkspaceForm.open(tree, state, Trace.none(tree))).evaluate();
    }

    /// How the course as a whole stands once the attempt on what is under way has ended.
    public static Standing standing(ActivityTree tree, TrackingState state) {
        var work = WorkspaceForm.open(tree, state, Trace.none(tree));
        var behaviors = new Behaviors(work);
        if (work.current != Workspace.NONE && work.active[work.current]) {
            new TerminationBehavior(behaviors).endCurrent();
        }
        var root = tree.primary(ActivityTree.ROOT);
        return Standing.of(
                behaviors.tracking.completed(root),
                behaviors.tracking.satisfied(root),
                behaviors.tracking.read(root, ObjectiveValue.NORMALIZED_MEASURE));
    }

    /// One request under way.
    private static final class Session {
        final Workspace work;
        final Behaviors behaviors;

        Session(ActivityTree tree, TrackingState state) {
            work = WorkspaceForm.open(tree, state, new Trace(tree));
            behaviors = new Behaviors(work);
        }

        /// A cluster can be left suspended, when its last content had ended already; nothing there can be delivered again.
        boolean resumable() {
            return work.suspendedActivity != Workspace.NONE
                    && work.tree.isLeaf(work.suspendedActivity);
        }

        void transfer(RunTimeData data) {
            new RunTimeTransfer(behaviors).transfer(data);
        }

        void open() {
            if (work.current != Workspace.NONE && work.active[ActivityTree.ROOT]) {
                new TerminationBehavior(behaviors).process(TerminationRequest.SUSPEND_ALL);
            }
            work.current = Workspace.NONE;
            if (!work.suspended[ActivityTree.ROOT]) {
                work.forgetShared();
            }
            behaviors.selection.prepareAll();
        }

        Outcome answer(NavigationRequest request) {
            var decision = decide(request);
            return new Outcome(WorkspaceForm.close(work), decision, work.trace.steps());
        }

        private Decision decide(NavigationRequest request) {
            var navigation = new NavigationBehavior(work).process(request);
            if (!navigation.valid()) {
                return refused(navigation.exception());
            }
            var termination = new TerminationBehavior(behaviors).process(navigation.termination());
            if (!termination.exception().isEmpty()) {
                return refused(termination.exception());
            }
            return sequence(termination.sequencing().orElse(navigation.sequencing()));
        }

        private Decision sequence(SequencingRequest request) {
            var flow = FlowSubprocess.once(work, behaviors.checks);
            var choice = new ChoiceRequest(work, behaviors.checks, flow);
            var found = new SequencingRequests(work, flow, choice).process(request);
            if (found.ends()) {
                endSession();
                return new Decision.SessionEnded();
            }
            if (found.moveTo() != ActivityTree.NONE) {
                strand(found.moveTo());
            }
            if (!found.exception().isEmpty()) {
                return refused(found.exception());
            }
            return found.hasDelivery() ? deliver(found.delivery()) : new Decision.Waiting();
        }

        private Decision deliver(int activity) {
            var delivery = new DeliveryBehavior(behaviors);
            var exception = delivery.check(activity);
            if (!exception.isEmpty()) {
                return refused(exception);
            }
            var resumed = delivery.deliver(activity);
            return new Decision.Deliver(work.tree.identifier(activity), resumed);
        }

        /// Walking off the tree ends the attempt on the course.
        private void endSession() {
            if (work.current == Workspace.NONE) {
                return;
            }
            behaviors.attempts.terminateDescendents(ActivityTree.ROOT);
            if (work.active[ActivityTree.ROOT]) {
                behaviors.attempts.end(ActivityTree.ROOT);
            }
            work.current = ActivityTree.ROOT;
        }

        /// SB.2.9 step 14: the choice led into a cluster with nothing to deliver.
        private void strand(int target) {
            if (work.current != Workspace.NONE) {
                var common = work.tree.commonAncestor(work.current, target);
                behaviors.attempts.terminateDescendents(common);
                behaviors.attempts.end(common);
                work.current = target;
            }
        }

        private Decision refused(String exception) {
            work.trace.add(exception, work.current, Exceptions.message(exception));
            return new Decision.Refused(exception);
        }
    }
}
