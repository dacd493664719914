package io.coursewire.offline;

import io.coursewire.attempts.AttemptKey;
import io.coursewire.attempts.AttemptStatus.TrainingItem;
import io.coursewire.attempts.AttemptStatus.User;
import io.coursewire.attempts.Existing;
import io.coursewire.attempts.GiveResults;
import io.coursewire.attempts.GiveResults.NewAttempt;
import io.coursewire.attempts.GiveResults.Telling;
import io.coursewire.attempts.GivenResult;
import io.coursewire.attempts.Payload;
import io.coursewire.attempts.RecordReport;
import io.coursewire.attempts.StartAttempt.Subject;
import io.coursewire.catalog.Directory;
import io.coursewire.catalog.Item;
import io.coursewire.catalog.ItemOfActivity;
import io.coursewire.catalog.Participant;
import io.coursewire.catalog.Person;
import io.coursewire.kernel.AttemptId;
import io.coursewire.kernel.ClientId;
import io.coursewire.offline.Change.Cause;
import io.coursewire.offline.Change.Why;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/// Enters one result that somebody has on paper: a new attempt, told like any other.
public final class EnterResult {
    /// The rule in the explanation of an attempt that was given, not played.
    public static final String RULE = "offline.given";

    /// Whose result it is, at what; the next number unless one is given.
    public record Entry(
            Participant participant, Item item, Optional<Integer> number, GivenResult result) {}

    public sealed interface Outcome {}

    /// `derived` are the properties that were not given and could be told from others.
    public record Entered(Payload payload, List<String> derived) implements Outcome {}

    /// The participant has an attempt of that number.
    public record NumberTaken(AttemptId attempt) implements Outcome {}

    /// The participant or the item went away meanwhile.
    public record Gone() implements Outcome {}

    private final Directory directory = new Directory();
    private final ChangeStore changes = new ChangeStore();
    private final Jdbi jdbi;
    private final GiveResults giveResults;
    private final RecordReport recordReport;
    private final Clock clock;

    public EnterResult(Jdbi jdbi, GiveResults giveResults, RecordReport recordReport, Clock clock) {
        this.jdbi = jdbi;
        this.giveResults = giveResults;
        this.recordReport = recordReport;
        this.clock = clock;
    }

    public Outcome enter(ClientId client, Entry entry, String author) {
        var outcome = jdbi.inTransaction(db -> enter(db, client, entry, author));
        recordReport.committed();
        return outcome;
    }

    private Outcome enter(Handle db, ClientId client, Entry entry, String author) {
        var person = directory.byId(db, client, List.of(entry.participant().id()));
        var item = directory.items(db, client, List.of(entry.item().id()));
        if (person.isEmpty() || item.isEmpty()) {
            return new Gone();
        }
        var who = person.values().iterator().next();
        var pair = new Existing.Pair(who.id(), entry.item().id());
        giveResults.hold(
                db,
                List.of(
                        new Subject(
                                client,
                                pair.user(),
                                entry.item().activity(),
                                pair.item(),
                                Optional.empty())));
        var existing = giveResults.existing(db, client, List.of(pair));
        var taken = existing.stream().filter(e -> entry.number().equals(Optional.of(e.number())));
        var first = taken.findFirst();
        if (first.isPresent()) {
            return new NumberTaken(first.get().attempt());
        }
        int next = existing.stream().mapToInt(Existing::number).max().orElse(0) + 1;
        return make(
                db,
                attempt(
                        new AttemptKey(client, AttemptId.next()),
                        who,
                        item.getFirst(),
                        entry.number().orElse(next),
                        entry.result()),
                author);
    }

    private Outcome make(Handle db, NewAttempt wanted, String author) {
        var made = giveResults.create(db, List.of(wanted), RULE, Telling.NOW).getFirst();
        var why = new Why(Cause.ENTERED, author, Optional.empty(), Optional.empty());
        changes.append(
                db,
                List.of(
                        Change.now(
                                made.key(),
                                clock.instant(),
                                why,
                                0,
                                made.version(),
                                Optional.empty())));
        return new Entered(made.payload(), ResultRules.derived(wanted.result()));
    }

    /// The attempt that a result makes of what it is about.
    public static NewAttempt attempt(
            AttemptKey key, Person person, ItemOfActivity item, int number, GivenResult result) {
        return new NewAttempt(
                key,
                new User(person.id(), person.username()),
                new TrainingItem<>(
                        item.activity(),
                        item.activityTitle(),
                        item.activityType(),
                        item.activityExternalId()),
                new TrainingItem<>(item.item(), item.title(), item.type(), item.externalId()),
                number,
                result);
    }
}
