package io.coursewire.offline.mapping;

import io.coursewire.kernel.InputErrors;
import io.coursewire.kernel.Nearest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Which column of a file holds which field: by the mapping, else by name, whatever its case, spaces and underscores.
public final class Columns {
    /// The columns that an errors.csv adds; they are passed over when it is imported again.
    public static final Set<String> OF_ERRORS = Set.of("errorLine", "errorColumn", "errorReason");

    private static final Map<String, Field> BY_FOLDED_NAME =
            Field.BY_NAME.entrySet().stream()
                    .collect(Collectors.toMap(e -> Cells.folded(e.getKey()), Map.Entry::getValue));

    private final Map<Field, Integer> places;
    private final List<String> header;
    private final List<String> warnings;

    private Columns(Map<Field, Integer> places, List<String> header, List<String> warnings) {
        this.places = places;
        this.header = List.copyOf(header);
        this.warnings = List.copyOf(warnings);
    }

    /// @throws io.coursewire.kernel.InvalidInput naming every column at fault, when nothing could come of the file
    public static Columns of(List<String> header, Mapping mapping) {
        var errors = new InputErrors();
        var places = new EnumMap<Field, Integer>(Field.class);
        var unknown = new ArrayList<String>();
        for (int place = 0; place < header.size(); place++) {
            var name = header.get(place).strip();
            var field = field(name, mapping);
            if (field.isEmpty()) {
                unknown.add(name);
            } else if (places.putIfAbsent(field.get(), place) != null) {
                errors.add(
                        name,
                        "holds %s, as another column does. Map or remove one of them."
                                .formatted(field.get().columnName()));
            }
        }
        checkMapped(header, mapping, errors);
        checkNeeded(places, mapping, errors);
        var warnings = passedOver(unknown, places, errors);
        errors.check();
        return new Columns(places, header, warnings);
    }

    private static Optional<Field> field(String name, Mapping mapping) {
        return Optional.ofNullable(mapping.columns().get(name))
                .or(() -> Optional.ofNullable(BY_FOLDED_NAME.get(Cells.folded(name))));
    }

    private static void checkMapped(List<String> header, Mapping mapping, InputErrors errors) {
        var names = header.stream().map(String::strip).toList();
        mapping.columns().keySet().stream()
                .filter(name -> !names.contains(name))
                .sorted()
                .forEach(
                        name ->
                                errors.add(
                                        name,
                                        "is in the mapping and not in the file."
                                                + Nearest.hint(name, names)));
    }

    private static void checkNeeded(
            Map<Field, Integer> places, Mapping mapping, InputErrors errors) {
        var there = new HashMap<Field, Object>(places);
        there.putAll(mapping.constants());
        need(there, errors, Field.USERNAME, Field.USER_ID, Field.USER_EXTERNAL_ID);
        need(there, errors, Field.ITEM_EXTERNAL_ID, Field.ITEM_ID);
        need(there, errors, Field.STATUS);
    }

    private static void need(
            Map<Field, Object> there, InputErrors errors, Field first, Field... others) {
        if (!there.containsKey(first) && List.of(others).stream().noneMatch(there::containsKey)) {
            var names = new ArrayList<String>();
            names.add(first.columnName());
            List.of(others).forEach(field -> names.add(field.columnName()));
            errors.add(
                    first.columnName(),
                    "is missing: the file needs a column %s. Rename one, or map it."
                            .formatted(String.join(" or ", names)));
        }
    }

    // A name that is nearly one of ours is a slip, and passing it over would lose what it holds.
    private static List<String> passedOver(
            Collection<String> unknown, Map<Field, Integer> places, InputErrors errors) {
        var free =
                Field.BY_NAME.values().stream()
                        .filter(field -> !places.containsKey(field))
                        .map(Field::columnName)
                        .toList();
        var warnings = new ArrayList<String>();
        for (var name : unknown) {
            var meant = Nearest.of(name, free);
            if (meant.isPresent()) {
                errors.add(
                        name,
                        "is no field. Did you mean \"%s\"? Rename or map the column."
                                .formatted(meant.get()));
            } else if (!name.isEmpty() && !OF_ERRORS.contains(name)) {
                warnings.add("The column \"" + name + "\" is passed over.");
            }
        }
        return warnings;
    }

    public List<String> header() {
        return header;
    }

    /// For people: which columns nothing was taken from.
    public List<String> warnings() {
        return warnings;
    }

    Optional<Integer> place(Field field) {
        return Optional.ofNullable(places.get(field));
    }

    /// The file's own name of the column that holds a field, else the field's.
    String name(Field field) {
        return place(field).map(header::get).orElse(field.columnName());
    }
}
