package io.coursewire.offline.importing;

import io.coursewire.attempts.Existing.Pair;
import io.coursewire.catalog.Directory;
import io.coursewire.catalog.Participant;
import io.coursewire.catalog.Person;
import io.coursewire.kernel.ClientId;
import io.coursewire.kernel.UserId;
import io.coursewire.offline.mapping.ReadRow.Faulty;
import io.coursewire.offline.mapping.ReadRow.Understood;
import io.coursewire.offline.mapping.ResultRow;
import io.coursewire.offline.mapping.ResultRow.Who;
import io.coursewire.offline.mapping.RowFault;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/// Finds whom and what the rows of a batch name, with a few statements for all of them.
final class Resolve {
    private final Directory directory = new Directory();

    /// In the order of the lines. Missing participants and items are created where the options say so.
    List<Resolved> all(
            Handle db,
            ClientId client,
            List<Line> lines,
            Options options,
            Optional<String> source,
            Instant now) {
        var rows =
                lines.stream()
                        .flatMap(
                                line -> line.read() instanceof Understood u ? one(u.row()) : none())
                        .toList();
        var items = new Items(directory, db, client, rows.stream().map(ResultRow::what).toList());
        var people = new People(db, client, rows);
        if (options.createUsers()) {
            people.create(
                    of(rows, row -> options.createItems() || items.has(row.what())), options, now);
        }
        if (options.createItems()) {
            var whose = of(rows, row -> people.find(row.who(), new ArrayList<>()).isPresent());
            items.bring(
                    whose.stream().map(ResultRow::what).toList(),
                    options.dryRun() ? Optional.empty() : Optional.of(now));
        }
        return lines.stream()
                .map(
                        line ->
                                switch (line.read()) {
                                    case Faulty(var faults) -> new Resolved.Faulty(faults);
                                    case Understood(var row) ->
                                            resolved(row, people, items, source);
                                })
                .toList();
    }

    private static List<ResultRow> of(List<ResultRow> rows, Predicate<ResultRow> which) {
        return rows.stream().filter(which).toList();
    }

    private static Stream<ResultRow> one(ResultRow row) {
        return Stream.of(row);
    }

    private static Stream<ResultRow> none() {
        return Stream.empty();
    }

    private static Resolved resolved(
            ResultRow row, People people, Items items, Optional<String> source) {
        var faults = new ArrayList<RowFault>(0);
        var person = people.find(row.who(), faults);
        var item = items.find(row.what(), faults);
        if (person.isEmpty() || item.isEmpty()) {
            return new Resolved.Faulty(faults);
        }
        var pair = new Pair(person.get().id(), item.get().item());
        var brings = new ArrayList<String>(0);
        people.tellNew(person.get(), brings);
        items.tellNew(item.get(), brings);
        return new Resolved.Found(
                row,
                person.get(),
                item.get(),
                Identity.of(row, pair, source),
                Identity.fingerprint(row, pair),
                brings);
    }

    static <R, K> Set<K> keys(Collection<R> rows, Function<R, Optional<K>> key) {
        return rows.stream()
                .flatMap(row -> key.apply(row).stream())
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /// The participants whom the rows of a batch name.
    private final class People {
        private final Map<UserId, Person> byId = new HashMap<>();
        private final Map<String, Person> byUsername = new HashMap<>();
        private final Map<String, Set<Person>> byExternalId;
        private final Set<UserId> unheardOf = new HashSet<>();
        private final Handle db;
        private final ClientId client;
        private boolean creating;

        People(Handle db, ClientId client, List<ResultRow> rows) {
            this.db = db;
            this.client = client;
            var who = rows.stream().map(ResultRow::who).toList();
            byUsername.putAll(directory.byUsername(db, client, keys(who, Who::username)));
            byId.putAll(directory.byId(db, client, keys(who, Who::id)));
            byExternalId = directory.byExternalId(db, client, keys(who, Who::externalId));
        }

        void create(List<ResultRow> rows, Options options, Instant now) {
            var missing = missing(rows, options.dryRun());
            creating = true;
            missing.forEach(one -> unheardOf.add(one.id()));
            if (options.dryRun()) {
                missing.forEach(
                        one ->
                                byUsername.put(
                                        one.username(), new Person(one.id(), one.username(), "")));
            } else {
                byUsername.putAll(directory.create(db, client, missing, now));
            }
        }

        /// Of one who was not there before, with the first of the rows; without the name, which nobody would find here
        /// when the person is to be forgotten.
        void tellNew(Person person, List<String> brings) {
            if (unheardOf.remove(person.id())) {
                brings.add("Brings in its participant.");
            }
        }

        private Collection<Participant> missing(List<ResultRow> rows, boolean dryRun) {
            var missing = new LinkedHashMap<String, Participant>();
            for (var row : rows) {
                var one = row.who();
                one.username()
                        .filter(name -> find(one, new ArrayList<>()).isEmpty())
                        .filter(Participant::isUsername)
                        .ifPresent(
                                name -> missing.putIfAbsent(name, participant(name, one, dryRun)));
            }
            return missing.values();
        }

        // In a dry run the same name is the same person in every batch.
        private Participant participant(String username, Who who, boolean dryRun) {
            var id =
                    dryRun
                            ? new UserId(
                                    UUID.nameUUIDFromBytes(
                                            (client + "/" + username)
                                                    .getBytes(StandardCharsets.UTF_8)))
                            : UserId.next();
            return new Participant(
                    id,
                    username,
                    new Participant.Details(
                            who.firstName(),
                            who.lastName(),
                            who.email(),
                            who.externalId(),
                            Optional.empty()));
        }

        /// By id, else by username, else by external id: the first that leads to somebody.
        Optional<Person> find(Who who, List<RowFault> faults) {
            var byOwnId = who.id().map(byId::get);
            var byName = who.username().map(byUsername::get);
            if (byOwnId.isPresent() && byName.isPresent() && !byOwnId.equals(byName)) {
                faults.add(
                        new RowFault(
                                "username",
                                who.username().get(),
                                "is another participant than userId. Leave one of the two out."));
                return Optional.empty();
            }
            var found = byOwnId.or(() -> byName).or(() -> byExternalId(who, faults));
            if (found.isEmpty() && faults.isEmpty() && !isToCome(who)) {
                faults.add(nobody(who));
            }
            return found;
        }

        // Who would be brought in and was not has a row that lacks its item.
        private boolean isToCome(Who who) {
            return creating && who.username().filter(Participant::isUsername).isPresent();
        }

        private Optional<Person> byExternalId(Who who, List<RowFault> faults) {
            var found = who.externalId().map(id -> byExternalId.getOrDefault(id, Set.of()));
            if (found.filter(several -> several.size() > 1).isPresent()) {
                faults.add(
                        new RowFault(
                                "userExternalId",
                                who.externalId().get(),
                                "is the external id of several participants. Give the username."));
                return Optional.empty();
            }
            return found.flatMap(people -> people.stream().findFirst());
        }

        private static RowFault nobody(Who who) {
            var message =
                    "names no participant of this client. Bring the participant in first, or import with createUsers.";
            return who.username()
                    .map(
                            name ->
                                    new RowFault(
                                            "username",
                                            name,
                                            Participant.isUsername(name)
                                                    ? message
                                                    : "must be " + Participant.USERNAME_FORM + "."))
                    .or(() -> who.id().map(id -> new RowFault("userId", id.toString(), message)))
                    .orElseGet(
                            () ->
                                    new RowFault(
                                            "userExternalId",
                                            who.externalId().orElse(""),
                                            message));
        }
    }
}
