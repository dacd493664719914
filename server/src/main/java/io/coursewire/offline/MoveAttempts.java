package io.coursewire.offline;

import io.coursewire.attempts.Attempt;
import io.coursewire.attempts.AttemptKey;
import io.coursewire.attempts.Existing;
import io.coursewire.attempts.Existing.Pair;
import io.coursewire.attempts.GiveResults;
import io.coursewire.attempts.GiveResults.NewAttempt;
import io.coursewire.attempts.Payload;
import io.coursewire.attempts.Presence;
import io.coursewire.attempts.RecordReport;
import io.coursewire.attempts.StartAttempt.Subject;
import io.coursewire.catalog.Directory;
import io.coursewire.catalog.Identities;
import io.coursewire.catalog.ItemOfActivity;
import io.coursewire.catalog.Participant;
import io.coursewire.catalog.Person;
import io.coursewire.kernel.ClientId;
import io.coursewire.kernel.ItemId;
import io.coursewire.kernel.UserId;
import io.coursewire.offline.Change.Why;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/// Gives attempts to whom or to what they belong: one of them, or all of a participant who is there twice. Each
/// gets the next number at its new place and is told with a higher version; where it was before stays readable.
public final class MoveAttempts {
    public sealed interface Outcome {}

    /// The attempt as it is now.
    public record Moved(Payload payload) implements Outcome {}

    public record Merged(int attempts) implements Outcome {}

    public record Unknown() implements Outcome {}

    /// One of the two was merged into somebody before, or is gone.
    public record MergedBefore() implements Outcome {}

    /// The participant has an attempt open.
    public record InUse() implements Outcome {}

    private final Directory directory = new Directory();
    private final Identities identities = new Identities();
    private final ChangeStore changes = new ChangeStore();
    private final Jdbi jdbi;
    private final GiveResults giveResults;
    private final RecordReport recordReport;
    private final Clock clock;

    public MoveAttempts(
            Jdbi jdbi, GiveResults giveResults, RecordReport recordReport, Clock clock) {
        this.jdbi = jdbi;
        this.giveResults = giveResults;
        this.recordReport = recordReport;
        this.clock = clock;
    }

    /// To another participant, another item, or both; one that is there already stays as it is.
    public Outcome move(AttemptKey key, Optional<UserId> user, Optional<ItemId> item, Why why) {
        var outcome =
                jdbi.inTransaction(
                        db -> {
                            identities.hold(db, key.client());
                            var attempt = recordReport.lock(db, List.of(key)).get(key);
                            return attempt == null
                                    ? new Unknown()
                                    : move(db, attempt, user, item, why);
                        });
        recordReport.committed();
        return outcome;
    }

    private Outcome move(
            Handle db, Attempt attempt, Optional<UserId> user, Optional<ItemId> item, Why why) {
        var client = attempt.key().client();
        var person = directory.byId(db, client, List.of(user.orElse(attempt.user().id())));
        var place = directory.items(db, client, List.of(item.orElse(attempt.item().id())));
        if (person.isEmpty() || place.isEmpty()) {
            return new Unknown();
        }
        if (attempt.progress().presence() == Presence.OPEN) {
            return new InUse();
        }
        var whose = person.values().iterator().next();
        if (isThere(attempt, whose, place.getFirst())) {
            return new Moved(attempt.payload());
        }
        giveResults.takeOut(db, attempt.key());
        hold(db, client, List.of(attempt), whose, place);
        var moved = put(db, List.of(attempt), whose, _ -> place.getFirst(), why);
        return new Moved(moved.getFirst().payload());
    }

    /// All attempts of one participant become another's. The emptied participant stays and leads to the other: what is
    /// said of him from now on is said of that one.
    public Outcome merge(ClientId client, UserId from, UserId into, Why why) {
        var outcome = jdbi.inTransaction(db -> merge(db, client, from, into, why));
        recordReport.committed();
        return outcome;
    }

    private Outcome merge(Handle db, ClientId client, UserId from, UserId into, Why why) {
        if (!directory.hold(db, client, from, into)) {
            return new MergedBefore();
        }
        var person = directory.byId(db, client, List.of(into)).get(into);
        var keys = giveResults.attemptsOf(db, client, from);
        var locked = recordReport.lock(db, keys);
        if (locked.values().stream().anyMatch(a -> a.progress().presence() == Presence.OPEN)) {
            return new InUse();
        }
        var items = locked.values().stream().map(attempt -> attempt.item().id()).distinct();
        var places = directory.items(db, client, items.toList());
        hold(db, client, locked.values(), person, places);
        var placeOf =
                places.stream()
                        .collect(Collectors.toMap(ItemOfActivity::item, Function.identity()));
        giveResults.moveCourseAttempts(db, client, from, into);
        var inOrder = keys.stream().filter(locked::containsKey).map(locked::get).toList();
        put(db, inOrder, person, attempt -> placeOf.get(attempt.item().id()), why);
        var merged =
                new Participant.Merged(
                        into,
                        person.username(),
                        clock.instant(),
                        why.author(),
                        why.reason().orElse(""));
        directory.merge(db, client, from, merged);
        return new Merged(locked.size());
    }

    /// The roll-up rows from which and to which attempts go, all at once and in the order of all.
    private void hold(
            Handle db,
            ClientId client,
            Collection<Attempt> attempts,
            Person person,
            Collection<ItemOfActivity> places) {
        var subjects = new ArrayList<Subject>();
        for (var attempt : attempts) {
            subjects.add(
                    new Subject(
                            client,
                            attempt.user().id(),
                            attempt.activity().id(),
                            attempt.item().id(),
                            Optional.empty()));
        }
        for (var place : places) {
            subjects.add(
                    new Subject(
                            client, person.id(), place.activity(), place.item(), Optional.empty()));
        }
        giveResults.hold(db, subjects);
    }

    private static boolean isThere(Attempt attempt, Person person, ItemOfActivity place) {
        return attempt.user().id().equals(person.id()) && attempt.item().id().equals(place.item());
    }

    private List<Attempt> put(
            Handle db,
            List<Attempt> attempts,
            Person person,
            Function<Attempt, ItemOfActivity> placeOf,
            Why why) {
        var moved =
                giveResults.move(
                        db, attempts, attempt -> next(db, attempt, person, placeOf.apply(attempt)));
        var now = clock.instant();
        changes.append(
                db,
                IntStream.range(0, moved.size())
                        .mapToObj(n -> change(attempts.get(n), moved.get(n), why, now))
                        .toList());
        return moved;
    }

    private NewAttempt next(Handle db, Attempt attempt, Person person, ItemOfActivity place) {
        var pair = new Pair(person.id(), place.item());
        int last =
                giveResults.existing(db, attempt.key().client(), List.of(pair)).stream()
                        .mapToInt(Existing::number)
                        .max()
                        .orElse(0);
        return EnterResult.attempt(
                attempt.key(), person, place, last + 1, GiveResults.given(attempt));
    }

    private static Change change(Attempt before, Attempt after, Why why, Instant now) {
        return Change.now(
                before.key(),
                now,
                why,
                before.version(),
                after.version(),
                Optional.of(before.payload()));
    }
}
