package io.coursewire.runtime.scorm2004.sequencing;

import io.coursewire.packages.scorm2004.Content.Launch;
import io.coursewire.packages.scorm2004.ObjectiveValue;
import io.coursewire.runtime.scorm2004.sequencing.RunTimeData.Report;
import io.coursewire.runtime.scorm2004.sequencing.RunTimeData.Score;
import java.util.LinkedHashMap;
import java.util.OptionalDouble;

/// Carries what a SCO reported over to the tracking information of its activity (RTE 4.2, SN 4.2.1): objectives by their ids, and
/// the SCO's own status to the primary objective. Where both speak of the primary objective, the objective's success and the SCO's
/// completion, progress and score count.
final class RunTimeTransfer {
    private final Workspace work;
    private final Tracking tracking;
    private final RollupBehavior rollup;

    RunTimeTransfer(Behaviors behaviors) {
        work = behaviors.work;
        tracking = behaviors.tracking;
        rollup = behaviors.rollup;
    }

    /// Nothing happens unless a leaf is being delivered.
    void transfer(RunTimeData data) {
        var activity = work.current;
        if (activity == Workspace.NONE || !work.active[activity] || !work.tree.isLeaf(activity)) {
            return;
        }
        store(activity, data);
        work.suspended[activity] = data.suspends();
        if (work.tracked(activity)) {
            var primary = work.tree.primary(activity);
            var own =
                    data.objectives().getOrDefault(primary.definition.identifier(), Report.NOTHING);
            if (work.tree.item(activity).content().launch().filter(Launch::sco).isPresent()) {
                passOn(activity);
            }
            for (var slot : work.tree.objectives(activity)) {
                var report = data.objectives().get(slot.definition.identifier());
                if (slot != primary && report != null) {
                    transfer(slot, report);
                }
            }
            transferPrimary(
                    primary,
                    primary.definition.identifier().isEmpty()
                            ? data.sco()
                            : merge(data.sco(), own));
            work.seconds[activity] += data.sessionSeconds();
            rollup.overall(activity);
        }
    }

    /// A SCO's objectives begin with what their read maps give; what it leaves as it was is transferred like what it sets, and so
    /// reaches those that their write maps name.
    private void passOn(int activity) {
        for (var slot : work.tree.objectives(activity)) {
            if (slot.definition.identifier().isEmpty()) {
                continue;
            }
            for (var value : ObjectiveValue.values()) {
                var read = tracking.read(slot, value);
                if (slot.read(value) != ObjectiveSlot.NONE && !Double.isNaN(read)) {
                    tracking.write(slot, value, read);
                }
            }
        }
    }

    private static Report merge(Report sco, Report objective) {
        return new Report(
                sco.completion().or(objective::completion),
                objective.success().or(sco::success),
                first(sco.progress(), objective.progress()),
                new Score(
                        first(sco.score().scaled(), objective.score().scaled()),
                        first(sco.score().raw(), objective.score().raw()),
                        first(sco.score().min(), objective.score().min()),
                        first(sco.score().max(), objective.score().max())));
    }

    private static OptionalDouble first(OptionalDouble a, OptionalDouble b) {
        return a.isPresent() ? a : b;
    }

    private void transferPrimary(ObjectiveSlot primary, Report report) {
        work.completionSet[primary.activity] |= report.completion().isPresent();
        work.successSet[primary.activity] |= report.success().isPresent();
        transfer(primary, report);
    }

    private void transfer(ObjectiveSlot slot, Report report) {
        report.success().ifPresent(word -> success(slot, word));
        report.completion().ifPresent(word -> completion(slot, word));
        report.progress().ifPresent(amount -> tracking.setProgress(slot, amount));
        var score = report.score();
        score.raw().ifPresent(number -> tracking.write(slot, ObjectiveValue.RAW_SCORE, number));
        score.min().ifPresent(number -> tracking.write(slot, ObjectiveValue.MIN_SCORE, number));
        score.max().ifPresent(number -> tracking.write(slot, ObjectiveValue.MAX_SCORE, number));
        score.scaled().ifPresent(number -> tracking.setMeasure(slot, number));
    }

    private void success(ObjectiveSlot slot, String word) {
        switch (word) {
            case "passed" -> tracking.setSatisfied(slot, Truth.TRUE);
            case "failed" -> tracking.setSatisfied(slot, Truth.FALSE);
            default -> tracking.writeUnknown(slot, ObjectiveValue.SATISFIED_STATUS);
        }
    }

    private void completion(ObjectiveSlot slot, String word) {
        switch (word) {
            case "completed" -> tracking.setCompleted(slot, Truth.TRUE);
            case "incomplete", "not attempted" -> tracking.setCompleted(slot, Truth.FALSE);
            default -> tracking.writeUnknown(slot, ObjectiveValue.COMPLETION_STATUS);
        }
    }

    /// Buckets are written whether the activity is tracked or not; only those its map lets it write.
    private void store(int activity, RunTimeData data) {
        var all = new LinkedHashMap<>(work.data);
        for (var map : work.tree.item(activity).content().launchData().sharedData()) {
            var stored = data.sharedData().get(map.target());
            if (map.writable() && stored != null) {
                all.put(map.target(), stored);
            }
        }
        work.data = all;
    }
}
