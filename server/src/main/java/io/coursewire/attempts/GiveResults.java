package io.coursewire.attempts;

import io.coursewire.attempts.Announcer.Announcement;
import io.coursewire.attempts.AttemptStatus.TrainingItem;
import io.coursewire.attempts.AttemptStatus.User;
import io.coursewire.kernel.ActivityId;
import io.coursewire.kernel.AttemptId;
import io.coursewire.kernel.ClientId;
import io.coursewire.kernel.ItemId;
import io.coursewire.kernel.UserId;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/// Takes given results into attempts, many at once, in the caller's transaction. The caller has locked the
/// attempts that are replaced (`RecordReport.lock`) and, after them, holds the roll-up rows of all ([#hold]).
public final class GiveResults {
    /// When subscribers hear of it: in this transaction, when [#tell] is called, or not at all.
    public enum Telling {
        NOW,
        LATER,
        NEVER
    }

    /// An attempt that is to be. The caller knows that its number is free.
    public record NewAttempt(
            AttemptKey key,
            User user,
            TrainingItem<ActivityId> activity,
            TrainingItem<ItemId> item,
            int number,
            GivenResult result) {
        Attempt.About about(DataSource dataSource) {
            return new Attempt.About(user, activity, item, number, dataSource);
        }
    }

    public record Replacement(AttemptKey attempt, GivenResult result) {}

    private final GivenStore givenStore = new GivenStore();
    private final AttemptStore store = new AttemptStore();
    private final OverruleStore overruleStore = new OverruleStore();
    private final RecordReport recordReport;
    private final Clock clock;

    public GiveResults(RecordReport recordReport, Clock clock) {
        this.recordReport = recordReport;
        this.clock = clock;
    }

    /// Takes the roll-up rows of these attempts, making those that are missing: who holds them gives numbers.
    public void hold(Handle db, Collection<StartAttempt.Subject> subjects) {
        var activities =
                subjects.stream().map(StartAttempt.Subject::activityKey).distinct().toList();
        // Made before any other is locked, so that those that are waited for are in one order.
        var there = new LinkedHashSet<>(activities);
        givenStore.makeProgress(db, activities).forEach(there::remove);
        store.lockProgress(db, there.stream());
    }

    /// Every attempt that these participants have at these items.
    public List<Existing> existing(Handle db, ClientId client, Collection<Existing.Pair> pairs) {
        return pairs.isEmpty() ? List.of() : givenStore.existing(db, client, pairs);
    }

    /// Those of these attempts that are there, whosesoever they are.
    public List<Existing> byId(Handle db, ClientId client, Collection<AttemptId> attempts) {
        return attempts.isEmpty() ? List.of() : givenStore.byId(db, client, attempts);
    }

    /// What an attempt says, as if it had been given.
    public static GivenResult given(Attempt attempt) {
        var progress = attempt.progress();
        return new GivenResult(
                StatusRules.status(progress),
                progress.score(),
                attempt.started(),
                progress.isFinal() ? attempt.firstFinal() : Optional.empty(),
                attempt.durationSeconds(),
                AttemptStatusReader.interactions(attempt.payload()));
    }

    /// The same for attempts that are there.
    public void holdOf(Handle db, Collection<Attempt> attempts) {
        store.lockProgress(db, attempts.stream().map(Attempt::activityKey));
    }

    /// Makes attempts of the source `offline`. `rule` says in their explanation where the status is from.
    /// Answers them in the order in which they were wanted.
    public List<Attempt> create(Handle db, List<NewAttempt> wanted, String rule, Telling telling) {
        var now = clock.instant();
        var told = new ArrayList<Announcement>();
        var made = new ArrayList<Attempt>(wanted.size());
        try (var rows = givenStore.inserting(db)) {
            for (var one : wanted) {
                var bare = bare(one, rule);
                var attempt = take(bare, bare, one.result().interactions(), telling, told, now);
                GivenStore.add(rows, attempt, now);
                made.add(attempt);
            }
            rows.end();
        }
        recordReport.announce(db, told, now);
        return made;
    }

    /// Puts results in the place of what locked attempts have. Who has the content open must have left.
    ///
    /// Answers the attempts afterwards.
    public Map<AttemptKey, Attempt> replace(
            Handle db,
            Map<AttemptKey, Attempt> locked,
            List<Replacement> replacements,
            String rule,
            Telling telling) {
        return replace(
                db, locked, replacements, (_, given) -> GivenRules.progress(given, rule), telling);
    }

    /// Puts right what a locked attempt has, as far as the result differs from that.
    public Attempt correct(Handle db, Attempt before, GivenResult result, String rule) {
        return replace(
                        db,
                        Map.of(before.key(), before),
                        List.of(new Replacement(before.key(), result)),
                        (attempt, given) -> GivenRules.corrected(attempt.progress(), given, rule),
                        Telling.NOW)
                .get(before.key());
    }

    /// Gives locked attempts back what they had before somebody gave them something else.
    public Map<AttemptKey, Attempt> restore(
            Handle db,
            Map<AttemptKey, Attempt> locked,
            List<Replacement> replacements,
            String rule,
            Telling telling) {
        return replace(
                db,
                locked,
                replacements,
                (attempt, given) ->
                        attempt.dataSource() == DataSource.OFFLINE
                                ? GivenRules.progress(given, rule)
                                : GivenRules.restored(given, rule),
                telling);
    }

    private Map<AttemptKey, Attempt> replace(
            Handle db,
            Map<AttemptKey, Attempt> locked,
            List<Replacement> replacements,
            BiFunction<Attempt, GivenResult, Progress> rule,
            Telling telling) {
        var now = clock.instant();
        var told = new ArrayList<Announcement>();
        var after = new LinkedHashMap<AttemptKey, Attempt>();
        for (var one : replacements) {
            var before = after.getOrDefault(one.attempt(), locked.get(one.attempt()));
            var given = one.result();
            var progress = rule.apply(before, given);
            var changed =
                    before.after(
                            progress,
                            new Attempt.Times(
                                    given.started(),
                                    progress.isFinal() ? given.completed() : before.firstFinal(),
                                    given.durationSeconds()));
            after.put(
                    one.attempt(), take(before, changed, given.interactions(), telling, told, now));
        }
        store.update(db, after.values(), now);
        overruleStore.silence(db, overruled(locked, after.values()));
        recordReport.announce(db, told, now);
        return after;
    }

    // What was given has no content that could contradict.
    private static List<AttemptKey> overruled(
            Map<AttemptKey, Attempt> before, Collection<Attempt> after) {
        return after.stream()
                .filter(attempt -> attempt.dataSource() != DataSource.OFFLINE)
                .filter(a -> !a.payload().equals(before.get(a.key()).payload()))
                .map(Attempt::key)
                .toList();
    }

    /// Takes away locked attempts that should never have been. Whoever was told of one is told a last time: it
    /// was not started.
    public void remove(Handle db, Map<AttemptKey, Attempt> locked, String rule) {
        var told =
                locked.values().stream()
                        .filter(attempt -> attempt.version() > 0)
                        .map(attempt -> new Replacement(attempt.key(), GivenResult.NOTHING))
                        .toList();
        replace(db, locked, told, rule, Telling.NOW);
        givenStore.delete(db, locked.keySet());
    }

    /// Gives locked attempts to somebody else, or to other items, as `place` says of each in turn; the caller holds
    /// the roll-up rows of all places. `place` answers with a number that is free there. All are told once all are
    /// there, so that what follows for an activity is told of the whole.
    public List<Attempt> move(
            Handle db, List<Attempt> attempts, Function<Attempt, NewAttempt> place) {
        var now = clock.instant();
        var told = new ArrayList<Announcement>();
        var after = new ArrayList<Attempt>(attempts.size());
        for (var before : attempts) {
            var moved = before.moved(place.apply(before).about(before.dataSource()));
            var interactions = AttemptStatusReader.interactions(before.payload());
            var advance = Advance.told(before, moved, interactions, Advance.UPDATED, now);
            givenStore.move(db, advance.attempt());
            after.add(advance.attempt());
            told.addAll(advance.announcements());
        }
        store.update(db, after, now);
        recordReport.announce(db, told, now);
        return after;
    }

    /// Makes a locked attempt, before it is given away, a record that nobody plays on in: not whoever had it, nor
    /// whoever gets it.
    public void takeOut(Handle db, AttemptKey attempt) {
        overruleStore.takeOut(db, attempt, clock.instant());
        overruleStore.silence(db, List.of(attempt));
    }

    /// Every attempt of a participant.
    public List<AttemptKey> attemptsOf(Handle db, ClientId client, UserId user) {
        return givenStore.attemptsOf(db, client, user);
    }

    /// A participant's ways through activities become another's, so that what is open can be resumed, with what the
    /// courses said of themselves. The caller holds the roll-up rows of both; attempts are moved afterwards.
    public void moveCourseAttempts(Handle db, ClientId client, UserId from, UserId into) {
        givenStore.moveCourseResults(db, client, from, into);
        givenStore.moveCourseAttempts(db, client, from, into);
    }

    /// What an AttemptStatus of our own says, as if it had been given.
    public static GivenResult given(Payload attempt) {
        return AttemptStatusReader.result(attempt);
    }

    /// Tells what was to be told later, of locked attempts whose roll-up rows are held. Whoever was told of a
    /// newer version meanwhile knows it already.
    public void tell(Handle db, Map<Attempt, Long> versionsThen) {
        var now = clock.instant();
        var told = new ArrayList<Announcement>();
        var after = new ArrayList<Attempt>();
        versionsThen.forEach(
                (attempt, version) -> {
                    if (attempt.version() == version) {
                        var advance = Advance.untold(attempt, now);
                        after.add(advance.attempt());
                        told.addAll(advance.announcements());
                    }
                });
        if (!after.isEmpty()) {
            store.update(db, after, now);
            recordReport.announce(db, told, now);
        }
    }

    private static Attempt take(
            Attempt before,
            Attempt changed,
            List<Interaction> interactions,
            Telling telling,
            List<Announcement> told,
            Instant now) {
        return switch (telling) {
            case NOW -> {
                var advance = Advance.told(before, changed, interactions, Advance.UPDATED, now);
                told.addAll(advance.announcements());
                yield advance.attempt();
            }
            case LATER -> written(changed, interactions);
            case NEVER -> written(changed, interactions).silenced();
        };
    }

    private static Attempt written(Attempt changed, List<Interaction> interactions) {
        var payload = new Payload(AttemptStatusJson.write(changed.status(interactions)));
        return changed.told(changed.version(), payload);
    }

    private static Attempt bare(NewAttempt wanted, String rule) {
        var given = wanted.result();
        return new Attempt(
                wanted.key(),
                wanted.about(DataSource.OFFLINE),
                0,
                GivenRules.progress(given, rule),
                new Attempt.Times(given.started(), given.completed(), given.durationSeconds()),
                Optional.empty(),
                new Payload(new byte[0]),
                StatusPolicy.DEFAULT);
    }
}
