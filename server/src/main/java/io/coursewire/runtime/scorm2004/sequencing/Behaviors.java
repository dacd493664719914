package io.coursewire.runtime.scorm2004.sequencing;

/// The behaviours at work on one workspace.
final class Behaviors {
    final Workspace work;
    final Tracking tracking;
    final RuleChecks checks;
    final RollupBehavior rollup;
    final SelectionRandomization selection;
    final AttemptEnding attempts;

    Behaviors(Workspace work) {
        this.work = work;
        tracking = new Tracking(work);
        checks = new RuleChecks(work, tracking);
        rollup = new RollupBehavior(work, tracking, checks);
        selection = new SelectionRandomization(work);
        attempts = new AttemptEnding(work, tracking, rollup, selection);
    }
}
