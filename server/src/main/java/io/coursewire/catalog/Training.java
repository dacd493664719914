package io.coursewire.catalog;

import io.coursewire.kernel.ActivityId;
import io.coursewire.kernel.ClientId;
import io.coursewire.kernel.Cursor;
import io.coursewire.kernel.ItemId;
import io.coursewire.kernel.Page;
import io.coursewire.kernel.Uuid;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;

/// Finds activities and their items, and brings in those that have no package: classroom, paper.
public final class Training {
    private static final UUID FIRST = new UUID(0, 0);

    private final TrainingStore store = new TrainingStore();
    private final Jdbi jdbi;
    private final Clock clock;

    public Training(Jdbi jdbi, Clock clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    /// The items' external ids must differ from each other.
    public Activity create(ClientId client, Label label, List<Label> items) {
        var id = ActivityId.next();
        var made = items.stream().map(item -> new Item(ItemId.next(), id, item, true)).toList();
        var activity = new Activity(id, label, Optional.empty(), made);
        jdbi.useTransaction(db -> store.insert(db, client, activity, clock.instant()));
        return activity;
    }

    public Optional<Activity> find(ClientId client, ActivityId activity) {
        return jdbi.withHandle(db -> store.activity(db, client, activity));
    }

    public Found<Activity> find(ClientId client, ActivityRef activity) {
        return jdbi.withHandle(db -> store.find(db, client, activity));
    }

    /// Among all of the client's items, or among those of one activity.
    public Found<Item> find(ClientId client, ItemRef item, Optional<ActivityId> activity) {
        return jdbi.withHandle(db -> store.find(db, client, item, activity));
    }

    /// Those of the ids that are of no activity of the client.
    public List<UUID> unknownActivities(ClientId client, List<UUID> ids) {
        return jdbi.withHandle(db -> store.unknownActivities(db, client, ids));
    }

    /// Those of the ids that are of no item of the client.
    public List<UUID> unknownItems(ClientId client, List<UUID> ids) {
        return jdbi.withHandle(db -> store.unknownItems(db, client, ids));
    }

    /// By id, so that newer ones come last.
    public Page<Activity> list(ClientId client, int limit, Optional<String> cursor) {
        var after = cursor.map(text -> Cursor.parse(text, 1).part(0, Uuid::parse)).orElse(FIRST);
        var found = jdbi.withHandle(db -> store.list(db, client, after, limit + 1));
        return Page.of(found, limit, last -> Cursor.of(last.id()));
    }
}
