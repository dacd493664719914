package io.coursewire.catalog;

import io.coursewire.kernel.ActivityId;
import io.coursewire.kernel.ClientId;
import io.coursewire.kernel.ItemId;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/// Changes what an activity and its items are called, whole or not at all.
public final class RelabelActivity {
    /// What is empty stays as it is.
    public record Change(
            Optional<Titles> titles, Optional<TrainingType> type, Optional<String> externalId) {
        Label of(Label label) {
            return new Label(
                    titles.orElse(label.titles()),
                    type.orElse(label.type()),
                    externalId.orElse(label.externalId()));
        }
    }

    public sealed interface Outcome {}

    public record Relabelled(Activity activity) implements Outcome {}

    public record NoSuchActivity() implements Outcome {}

    /// The activity has no such items.
    public record NoSuchItems(List<ItemId> items) implements Outcome {
        public NoSuchItems {
            items = List.copyOf(items);
        }
    }

    /// Two items of the activity, perhaps of an older version of it, would have this external id.
    public record ExternalIdTaken(String externalId) implements Outcome {}

    private final TrainingStore store = new TrainingStore();
    private final Jdbi jdbi;
    private final Clock clock;

    public RelabelActivity(Jdbi jdbi, Clock clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    public Outcome relabel(
            ClientId client, ActivityId activity, Change change, Map<ItemId, Change> items) {
        return jdbi.inTransaction(
                db ->
                        store.lockActivity(db, client, activity)
                                .map(found -> relabel(db, client, found, change, items))
                                .orElseGet(NoSuchActivity::new));
    }

    private Outcome relabel(
            Handle db, ClientId client, Activity found, Change change, Map<ItemId, Change> items) {
        var changed = found.items().stream().filter(item -> items.containsKey(item.id())).toList();
        if (changed.size() < items.size()) {
            var known = changed.stream().map(Item::id).toList();
            return new NoSuchItems(
                    items.keySet().stream().filter(id -> !known.contains(id)).toList());
        }
        var taken = taken(store.externalIds(db, client, found.id()), items);
        if (taken.isPresent()) {
            return new ExternalIdTaken(taken.get());
        }
        store.relabel(db, client, found.id(), change.of(found.label()), clock.instant());
        store.vacateExternalIds(db, client, renamed(items));
        changed.forEach(
                item ->
                        store.relabel(
                                db, client, item.id(), items.get(item.id()).of(item.label())));
        return new Relabelled(store.activity(db, client, found.id()).orElseThrow());
    }

    private static List<ItemId> renamed(Map<ItemId, Change> items) {
        return items.keySet().stream()
                .filter(id -> items.get(id).externalId().isPresent())
                .toList();
    }

    private static Optional<String> taken(
            Map<ItemId, String> externalIds, Map<ItemId, Change> items) {
        items.forEach(
                (id, change) ->
                        change.externalId()
                                .ifPresent(externalId -> externalIds.put(id, externalId)));
        var seen = new HashSet<String>();
        return externalIds.values().stream()
                .filter(externalId -> !seen.add(externalId))
                .findFirst();
    }
}
