package io.coursewire.catalog;

import io.coursewire.kernel.ActivityId;
import io.coursewire.kernel.ClientId;
import io.coursewire.kernel.ItemId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/// Brings in items that are not there, and activities for them, inside the caller's transaction. What a package says
/// of its items is left alone.
public final class BringItems {
    /// An item by its external id, in the activity that is named, else in one of its own. The activity's label is for
    /// one that is not there either.
    public record Wanted(Optional<ActivityRef> within, Label activity, Label item) {
        ActivityRef ref() {
            return within.orElseGet(() -> new ActivityRef.ByExternalId(activity.externalId()));
        }
    }

    public sealed interface Outcome {}

    /// The item is there now; `isNew` when it was not before.
    public record Brought(ItemId item, ActivityId activity, boolean isNew) implements Outcome {}

    /// The message completes a sentence that begins with the item's external id.
    public record Refused(String message) implements Outcome {}

    private final TrainingStore store = new TrainingStore();

    /// Nobody else brings in training of the client until the transaction ends, so that nothing comes twice.
    public Map<Wanted, Outcome> bring(
            Handle db, ClientId client, Collection<Wanted> wanted, Instant now) {
        store.hold(db, client);
        return new Bringing(db, client, Optional.of(now)).all(wanted);
    }

    /// What [#bring] would answer; the ids of what is not there depend on the external ids alone.
    public Map<Wanted, Outcome> show(Handle db, ClientId client, Collection<Wanted> wanted) {
        return new Bringing(db, client, Optional.empty()).all(wanted);
    }

    /// `now` is empty where nothing is to be written.
    private final class Bringing {
        private final Handle db;
        private final ClientId client;
        private final Optional<Instant> now;
        private final Map<ActivityRef, Activity> activities = new HashMap<>();

        Bringing(Handle db, ClientId client, Optional<Instant> now) {
            this.db = db;
            this.client = client;
            this.now = now;
        }

        Map<Wanted, Outcome> all(Collection<Wanted> wanted) {
            var outcomes = new LinkedHashMap<Wanted, Outcome>();
            wanted.forEach(one -> outcomes.computeIfAbsent(one, this::bring));
            return outcomes;
        }

        private Outcome bring(Wanted one) {
            if (activities.containsKey(one.ref())) {
                return into(activities.get(one.ref()), one);
            }
            return switch (store.find(db, client, one.ref())) {
                case Found.One<Activity>(var activity) -> into(activity, one);
                case Found.None<Activity> _ ->
                        one.ref() instanceof ActivityRef.ById
                                ? new Refused(
                                        "is not there, and nor is the activity that the row names. Give the activityExternalId.")
                                : create(one);
                case Found.Several<Activity> _ ->
                        new Refused(
                                "is not there, and several activities have the external id that the row names. Give the activityId.");
            };
        }

        private Outcome into(Activity activity, Wanted one) {
            var there =
                    activity.items().stream()
                            .filter(i -> i.label().externalId().equals(one.item().externalId()))
                            .findFirst();
            if (there.isPresent()) {
                return new Brought(there.get().id(), activity.id(), false);
            }
            if (one.within().isEmpty()) {
                return new Refused(
                        "is an activity. Name one of its items, or the activity and a new item.");
            }
            if (activity.content().isPresent()) {
                return new Refused(
                        "is not there, and the activity that the row names has the items of its package alone.");
            }
            return activity.items().size() < Activity.ITEMS_MAX
                    ? add(activity, one)
                    : new Refused(
                            "is not there, and the activity that the row names has %d items, as many as it may."
                                    .formatted(Activity.ITEMS_MAX));
        }

        private Outcome add(Activity activity, Wanted one) {
            var item = item(activity.id(), one);
            now.ifPresent(_ -> store.append(db, client, item));
            var items = new ArrayList<>(activity.items());
            items.add(item);
            return keep(one, activity.with(items));
        }

        private Outcome create(Wanted one) {
            var name = "activity/" + one.activity().externalId();
            var id = now.isPresent() ? ActivityId.next() : new ActivityId(named(name));
            var bare = new Activity(id, one.activity(), Optional.empty(), List.of());
            var activity = bare.with(List.of(item(id, one)));
            now.ifPresent(at -> store.insert(db, client, activity, at));
            return keep(one, activity);
        }

        private Outcome keep(Wanted one, Activity activity) {
            activities.put(one.ref(), activity);
            return new Brought(activity.items().getLast().id(), activity.id(), true);
        }

        private Item item(ActivityId activity, Wanted one) {
            var name = "item/" + activity + "/" + one.item().externalId();
            var id = now.isPresent() ? ItemId.next() : new ItemId(named(name));
            return new Item(id, activity, one.item(), true);
        }

        private UUID named(String name) {
            return UUID.nameUUIDFromBytes((client + "/" + name).getBytes(StandardCharsets.UTF_8));
        }
    }
}
