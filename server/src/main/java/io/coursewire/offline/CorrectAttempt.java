package io.coursewire.offline;

import io.coursewire.attempts.Attempt;
import io.coursewire.attempts.AttemptKey;
import io.coursewire.attempts.GiveResults;
import io.coursewire.attempts.GivenResult;
import io.coursewire.attempts.GivenRules;
import io.coursewire.attempts.Payload;
import io.coursewire.attempts.Presence;
import io.coursewire.attempts.RecordReport;
import io.coursewire.offline.Change.Why;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/// Puts a result right, with a reason. What stood there stays readable; who was told of it is told again, with
/// a higher version.
public final class CorrectAttempt {
    /// The rule in the explanation of an attempt that was corrected.
    public static final String RULE = "offline.corrected";

    public sealed interface Outcome {}

    public record Corrected(Payload payload, List<String> derived) implements Outcome {}

    public record Unknown() implements Outcome {}

    /// The participant has the content open: what is corrected now would be said anew by it.
    public record InUse() implements Outcome {}

    public record Refused(List<Fault> faults) implements Outcome {}

    private final ChangeStore changes = new ChangeStore();
    private final Jdbi jdbi;
    private final GiveResults giveResults;
    private final RecordReport recordReport;
    private final Clock clock;

    public CorrectAttempt(
            Jdbi jdbi, GiveResults giveResults, RecordReport recordReport, Clock clock) {
        this.jdbi = jdbi;
        this.giveResults = giveResults;
        this.recordReport = recordReport;
        this.clock = clock;
    }

    /// `correction` makes of what the attempt says what it shall say. A correction that changes nothing leaves
    /// no trace.
    public Outcome correct(AttemptKey key, UnaryOperator<GivenResult> correction, Why why) {
        var outcome =
                jdbi.inTransaction(
                        db -> {
                            var locked = recordReport.lock(db, List.of(key));
                            return locked.containsKey(key)
                                    ? correct(db, locked.get(key), correction, why)
                                    : new Unknown();
                        });
        recordReport.committed();
        return outcome;
    }

    private Outcome correct(
            Handle db, Attempt before, UnaryOperator<GivenResult> correction, Why why) {
        if (before.progress().presence() == Presence.OPEN) {
            return new InUse();
        }
        var now = clock.instant();
        var given = GiveResults.given(before);
        var corrected = completed(before, correction.apply(given), now);
        var faults = ResultRules.faults(ResultRules.changed(given, corrected), now);
        if (!faults.isEmpty()) {
            return new Refused(faults);
        }
        giveResults.holdOf(db, List.of(before));
        var after = giveResults.correct(db, before, corrected, RULE);
        if (after.version() != before.version()) {
            var change =
                    Change.now(
                            before.key(),
                            now,
                            why,
                            before.version(),
                            after.version(),
                            Optional.of(before.payload()));
            changes.append(db, List.of(change));
        }
        return new Corrected(after.payload(), ResultRules.derived(corrected));
    }

    // An attempt that is final by this correction became so now, unless it had been before or
    // someone says when.
    private static GivenResult completed(Attempt before, GivenResult given, Instant now) {
        if (!before.progress().isFinal() && GivenRules.keepsStatus(before.progress(), given)) {
            return given;
        }
        var completed =
                GivenRules.isFinal(given.status())
                        ? given.completed().or(before::firstFinal).or(() -> Optional.of(now))
                        : given.completed()
                                .filter(time -> !before.firstFinal().equals(Optional.of(time)));
        return new GivenResult(
                given.status(),
                given.score(),
                given.started(),
                completed,
                given.durationSeconds(),
                given.interactions());
    }
}
