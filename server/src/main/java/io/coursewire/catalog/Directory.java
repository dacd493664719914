package io.coursewire.catalog;

import io.coursewire.kernel.ActivityId;
import io.coursewire.kernel.ClientId;
import io.coursewire.kernel.ItemId;
import io.coursewire.kernel.UserId;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.jdbi.v3.core.Handle;

/// Finds many participants and items at once, inside the caller's transaction, with what an AttemptStatus
/// says of them.
public final class Directory {
    /// A participant, and the external id if there is one, else "".
    public record Person(UserId id, String username, String externalId) {}

    /// An item with its activity; titles are in the client's default language.
    public record Entry(
            ItemId item,
            String title,
            String type,
            String externalId,
            ActivityId activity,
            String activityTitle,
            String activityType,
            String activityExternalId) {}

    private final DirectoryStore store = new DirectoryStore();

    /// Their names stay as they are to the end of the transaction.
    public List<Person> byUsername(Handle db, ClientId client, Collection<String> usernames) {
        return usernames.isEmpty() ? List.of() : store.byUsername(db, client, usernames);
    }

    public List<Person> byId(Handle db, ClientId client, Collection<UserId> users) {
        return users.isEmpty() ? List.of() : store.byId(db, client, users);
    }

    public List<Person> byExternalId(Handle db, ClientId client, Collection<String> externalIds) {
        return externalIds.isEmpty() ? List.of() : store.byExternalId(db, client, externalIds);
    }

    /// Brings in participants who are not there yet, by their usernames; who is there stays as he is. Answers all of
    /// them as they are there.
    public List<Person> create(
            Handle db, ClientId client, Collection<Participant> people, Instant now) {
        if (people.isEmpty()) {
            return List.of();
        }
        var created = store.create(db, client, List.copyOf(people), now);
        if (created.size() == people.size()) {
            return created;
        }
        return byUsername(db, client, people.stream().map(Participant::username).toList());
    }

    /// Items that a package version of today lacks are found too: there are results of them.
    public List<Entry> items(Handle db, ClientId client, Collection<ItemId> items) {
        return items.isEmpty() ? List.of() : store.items(db, client, items);
    }

    public List<Entry> itemsByExternalId(
            Handle db, ClientId client, Collection<String> externalIds) {
        return externalIds.isEmpty() ? List.of() : store.itemsByExternalId(db, client, externalIds);
    }
}
