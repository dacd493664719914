package io.coursewire.catalog;

import io.coursewire.catalog.DirectoryStore.Named;
import io.coursewire.kernel.ClientId;
import io.coursewire.kernel.ItemId;
import io.coursewire.kernel.UserId;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/// Finds many participants and items at once, inside the caller's transaction, with what an AttemptStatus
/// says of them. Participants are found before anything is locked ([Identities]).
public final class Directory {
    private final DirectoryStore store = new DirectoryStore();
    private final Identities identities = new Identities();

    /// By the names asked for: of one who was merged the other. Their names stay as they are to the end of the
    /// transaction.
    public Map<String, Person> byUsername(
            Handle db, ClientId client, Collection<String> usernames) {
        if (usernames.isEmpty()) {
            return Map.of();
        }
        identities.hold(db, client);
        return one(survivors(db, client, store.byUsername(db, client, usernames)));
    }

    public Map<UserId, Person> byId(Handle db, ClientId client, Collection<UserId> users) {
        if (users.isEmpty()) {
            return Map.of();
        }
        identities.hold(db, client);
        return one(survivors(db, client, store.byId(db, client, users)));
    }

    public Map<String, Set<Person>> byExternalId(
            Handle db, ClientId client, Collection<String> externalIds) {
        if (externalIds.isEmpty()) {
            return Map.of();
        }
        identities.hold(db, client);
        return survivors(db, client, store.byExternalId(db, client, externalIds));
    }

    private static <K> Map<K, Person> one(Map<K, Set<Person>> found) {
        var people = new HashMap<K, Person>();
        found.forEach((key, person) -> people.put(key, person.iterator().next()));
        return people;
    }

    private <K> Map<K, Set<Person>> survivors(Handle db, ClientId client, List<Named<K>> found) {
        var into = found.stream().flatMap(named -> named.mergedInto().stream()).toList();
        var others = new HashMap<UserId, Person>();
        if (!into.isEmpty()) {
            store.byId(db, client, into).forEach(named -> others.put(named.key(), named.person()));
        }
        var people = new HashMap<K, Set<Person>>();
        for (var named : found) {
            var person = named.mergedInto().map(others::get).orElse(named.person());
            people.computeIfAbsent(named.key(), _ -> new LinkedHashSet<>()).add(person);
        }
        return people;
    }

    /// Brings in participants who are not there yet, by their usernames; who is there stays as he is. Answers all of
    /// them as they are there.
    public Map<String, Person> create(
            Handle db, ClientId client, Collection<Participant> people, Instant now) {
        if (people.isEmpty()) {
            return Map.of();
        }
        var created = store.create(db, client, List.copyOf(people), now);
        if (created.size() == people.size()) {
            return created.stream()
                    .collect(Collectors.toMap(Person::username, Function.identity()));
        }
        return byUsername(db, client, people.stream().map(Participant::username).toList());
    }

    /// Keeps both as they are to the end of the transaction. False when either is gone or is merged himself.
    public boolean hold(Handle db, ClientId client, UserId from, UserId into) {
        identities.change(db, client);
        return store.lockUnmerged(db, client, List.of(from, into)) == 2;
    }

    /// Has one who is held lead to the other from now on, and those who led to him.
    public void merge(Handle db, ClientId client, UserId from, Participant.Merged merged) {
        store.merge(db, client, from, merged);
    }

    /// Items that a package version of today lacks are found too: there are results of them.
    public List<ItemOfActivity> items(Handle db, ClientId client, Collection<ItemId> items) {
        return items.isEmpty() ? List.of() : store.items(db, client, items);
    }

    public List<ItemOfActivity> itemsByExternalId(
            Handle db, ClientId client, Collection<String> externalIds) {
        return externalIds.isEmpty() ? List.of() : store.itemsByExternalId(db, client, externalIds);
    }
}
