package io.coursewire.packages;

import io.coursewire.kernel.ItemId;
import io.coursewire.packages.TrainingStore.ItemRow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What a new version of a package makes of the items that are there. Pure.
final class MergeRules {
    private MergeRules() {}

    /// @param ids of every launchable identifier of the new version
    /// @param rows to be written, in the order of the package
    record Merged(Map<String, ItemId> ids, List<ItemRow> rows) {}

    /// An identifier keeps its item. A new one takes the item that carries it as its external id, unless
    /// another identifier has that item; else it gets an item of its own.
    ///
    /// @param known items by the identifiers of all earlier versions
    /// @param before the version so far, whose titles tell which were changed by hand
    static Merged items(
            Package content,
            Map<String, ItemId> known,
            List<ItemRow> rows,
            Optional<Package> before) {
        var present = new HashMap<ItemId, ItemRow>();
        var free = new HashMap<String, ItemRow>();
        var mapped = new HashSet<>(known.values());
        for (var row : rows) {
            present.put(row.id(), row);
            if (!mapped.contains(row.id())) {
                free.put(row.externalId(), row);
            }
        }
        var taken = new HashSet<String>();
        rows.forEach(row -> taken.add(row.externalId()));
        var earlier = titles(before);
        var ids = new LinkedHashMap<String, ItemId>();
        var merged = new ArrayList<ItemRow>();
        for (var line : launchable(content)) {
            var identifier = line.identifier();
            var row =
                    Optional.ofNullable(known.get(identifier))
                            .map(present::get)
                            .or(() -> Optional.ofNullable(free.get(identifier)));
            var next =
                    row.map(found -> changed(found, line, earlier.get(identifier), merged.size()))
                            .orElseGet(() -> added(line, taken, merged.size()));
            ids.put(identifier, next.id());
            merged.add(next);
        }
        return new Merged(ids, merged);
    }

    private static Map<String, Map<String, String>> titles(Optional<Package> content) {
        var titles = new HashMap<String, Map<String, String>>();
        content.ifPresent(
                found ->
                        launchable(found)
                                .forEach(line -> titles.put(line.identifier(), line.titles())));
        return titles;
    }

    private static List<OutlineLine> launchable(Package content) {
        return content.outline().stream().filter(OutlineLine::launchable).toList();
    }

    private static ItemRow changed(
            ItemRow row, OutlineLine line, Map<String, String> earlier, int position) {
        return new ItemRow(
                row.id(),
                titles(row.titles(), earlier, line.titles()),
                row.externalId(),
                position,
                line.counts());
    }

    private static ItemRow added(OutlineLine line, Set<String> taken, int position) {
        var externalId = line.identifier();
        for (int n = 2; !taken.add(externalId); n++) {
            externalId = line.identifier() + "~" + n;
        }
        return new ItemRow(ItemId.next(), line.titles(), externalId, position, line.counts());
    }

    /// Titles that someone changed stay, and get the languages that they lack; others follow the package.
    static Map<String, String> titles(
            Map<String, String> present, Map<String, String> earlier, Map<String, String> next) {
        if (earlier != null && present.equals(earlier)) {
            return next;
        }
        var titles = new HashMap<>(next);
        titles.putAll(present);
        return titles;
    }
}
