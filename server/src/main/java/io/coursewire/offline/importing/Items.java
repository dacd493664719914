package io.coursewire.offline.importing;

import io.coursewire.catalog.ActivityRef;
import io.coursewire.catalog.BringItems;
import io.coursewire.catalog.BringItems.Brought;
import io.coursewire.catalog.BringItems.Refused;
import io.coursewire.catalog.BringItems.Wanted;
import io.coursewire.catalog.Directory;
import io.coursewire.catalog.ItemOfActivity;
import io.coursewire.catalog.Label;
import io.coursewire.catalog.Titles;
import io.coursewire.catalog.TrainingType;
import io.coursewire.kernel.ClientId;
import io.coursewire.kernel.ItemId;
import io.coursewire.kernel.Nearest;
import io.coursewire.offline.mapping.ResultRow.What;
import io.coursewire.offline.mapping.RowFault;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/// The items that the rows of a batch name.
final class Items {
    private final BringItems bringItems = new BringItems();
    private final Directory directory;
    private final Handle db;
    private final ClientId client;
    private final Map<ItemId, ItemOfActivity> byId;
    private final Map<String, List<ItemOfActivity>> byExternalId;
    private final Map<What, ItemOfActivity> brought = new HashMap<>();
    private final Map<What, RowFault> notBrought = new HashMap<>();
    private final Set<ItemId> unheardOf = new HashSet<>();

    Items(Directory directory, Handle db, ClientId client, Collection<What> what) {
        this.directory = directory;
        this.db = db;
        this.client = client;
        byId =
                directory.items(db, client, Resolve.keys(what, What::item)).stream()
                        .collect(Collectors.toMap(ItemOfActivity::item, Function.identity()));
        byExternalId =
                directory
                        .itemsByExternalId(db, client, Resolve.keys(what, What::itemExternalId))
                        .stream()
                        .collect(Collectors.groupingBy(ItemOfActivity::externalId));
    }

    /// Has those of these that are not there brought in, by their external ids; where `now` is empty it only seems so.
    void bring(Collection<What> what, Optional<Instant> now) {
        var wanted = new LinkedHashMap<What, Wanted>();
        for (var one : what) {
            if (one.itemExternalId().isPresent() && candidates(one).isEmpty()) {
                wanted(one).ifPresent(item -> wanted.put(one, item));
            }
        }
        if (wanted.isEmpty()) {
            return;
        }
        var outcomes =
                now.map(at -> bringItems.bring(db, client, wanted.values(), at))
                        .orElseGet(() -> bringItems.show(db, client, wanted.values()));
        var made = new HashMap<What, Brought>();
        wanted.forEach(
                (one, item) -> {
                    switch (outcomes.get(item)) {
                        case Brought there -> {
                            made.put(one, there);
                            if (there.isNew()) {
                                unheardOf.add(there.item());
                            }
                        }
                        case Refused(var message) -> notBrought.put(one, fault(one, message));
                    }
                });
        var entries = entries(made.values());
        made.forEach(
                (one, there) ->
                        brought.put(
                                one,
                                entries.getOrDefault(there.item(), shown(wanted.get(one), there))));
    }

    private Map<ItemId, ItemOfActivity> entries(Collection<Brought> made) {
        return directory.items(db, client, made.stream().map(Brought::item).toList()).stream()
                .collect(Collectors.toMap(ItemOfActivity::item, Function.identity()));
    }

    private static ItemOfActivity shown(Wanted wanted, Brought there) {
        return new ItemOfActivity(
                there.item(),
                "",
                wanted.item().type().word(),
                wanted.item().externalId(),
                there.activity(),
                "",
                wanted.activity().type().word(),
                wanted.activity().externalId());
    }

    /// Empty when a type is none.
    private Optional<Wanted> wanted(What one) {
        var titles = one.titles();
        var name = one.itemExternalId().orElseThrow();
        var itemType = type(one, "itemType", titles.itemType());
        var activityType = type(one, "activityType", titles.activityType());
        if (itemType.isEmpty() || activityType.isEmpty()) {
            return Optional.empty();
        }
        Optional<ActivityRef> within =
                one.activityExternalId()
                        .<ActivityRef>map(ActivityRef.ByExternalId::new)
                        .or(() -> one.activity().map(ActivityRef.ById::new));
        var itemTitle = titles.item().orElse(name);
        var activityName = one.activityExternalId().orElse(name);
        var activityTitle = titles.activity().orElse(one.activityExternalId().orElse(itemTitle));
        return Optional.of(
                new Wanted(
                        within,
                        new Label(Titles.of(activityTitle), activityType.get(), activityName),
                        new Label(Titles.of(itemTitle), itemType.get(), name)));
    }

    private Optional<TrainingType> type(What one, String column, Optional<String> word) {
        if (word.isEmpty()) {
            return Optional.of(TrainingType.UNKNOWN);
        }
        var type = Optional.ofNullable(TrainingType.WORDS.get(word.get().toLowerCase(Locale.ROOT)));
        if (type.isEmpty()) {
            var words = TrainingType.WORDS.keySet();
            var message =
                    "must be one of %s.%s"
                            .formatted(String.join(", ", words), Nearest.hint(word.get(), words));
            notBrought.put(one, new RowFault(column, word.get(), message));
        }
        return type;
    }

    /// Of one that was not there before, with the first of the rows.
    void tellNew(ItemOfActivity item, List<String> brings) {
        if (unheardOf.remove(item.item())) {
            brings.add(
                    "Brings in the item %s of the activity %s."
                            .formatted(item.externalId(), item.activityExternalId()));
        }
    }

    boolean has(What one) {
        return find(one, new ArrayList<>(1)).isPresent();
    }

    /// By id, else by external id, among those of the activity that the row names.
    Optional<ItemOfActivity> find(What one, List<RowFault> faults) {
        if (brought.containsKey(one)) {
            return Optional.of(brought.get(one));
        }
        if (notBrought.containsKey(one)) {
            faults.add(notBrought.get(one));
            return Optional.empty();
        }
        var found = candidates(one);
        if (found.size() != 1) {
            faults.add(fault(one, message(one, found.size())));
            return Optional.empty();
        }
        return Optional.of(found.getFirst());
    }

    private List<ItemOfActivity> candidates(What one) {
        var byOwnId = one.item().map(byId::get);
        if (byOwnId.isPresent()) {
            return List.of(byOwnId.get());
        }
        var named = one.itemExternalId().map(id -> byExternalId.getOrDefault(id, List.of()));
        var found = new ArrayList<ItemOfActivity>(1);
        named.orElse(List.of()).stream().filter(item -> isOf(item, one)).forEach(found::add);
        return found;
    }

    // A foreign system's id of the activity is nobody's here, and its external id tells the same.
    private static boolean isOf(ItemOfActivity item, What what) {
        return what.activityExternalId()
                .map(id -> item.activityExternalId().equals(id))
                .orElseGet(
                        () -> what.activity().map(id -> item.activity().equals(id)).orElse(true));
    }

    private static RowFault fault(What what, String message) {
        var column = what.itemExternalId().isPresent() ? "itemExternalId" : "itemId";
        var value = what.itemExternalId().or(() -> what.item().map(Object::toString)).orElse("");
        return new RowFault(column, value, message);
    }

    private static String message(What what, int found) {
        if (found > 0) {
            return "names several items. Give the activityExternalId or the itemId.";
        }
        var where =
                what.activityExternalId().isPresent() ? " in the activity that the row names" : "";
        return "names no item of this client"
                + where
                + ". Bring the training in first, or import with createItems.";
    }
}
