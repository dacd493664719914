package io.coursewire.offline.mapping;

import static java.util.stream.Collectors.toMap;

import io.coursewire.kernel.JsonFields;
import io.coursewire.kernel.Nearest;
import io.coursewire.offline.mapping.Mapping.DateOrder;
import io.coursewire.offline.mapping.Mapping.Forms;
import io.coursewire.offline.reading.Rows;
import io.coursewire.offline.reading.TextForm;
import java.nio.charset.Charset;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// Reads a mapping from its JSON form.
public final class MappingFields {
    private static final int NAME_CHARS_MAX = 1_000;
    private static final int VALUES_MAX = 1_000;
    private static final int PATTERNS_MAX = 20;
    private static final Map<String, DateOrder> ORDERS =
            Map.of("dayFirst", DateOrder.DAY_FIRST, "monthFirst", DateOrder.MONTH_FIRST);
    private static final Map<String, Character> DELIMITERS =
            Map.of(",", ',', ";", ';', "\t", '\t', "|", '|');

    private MappingFields() {}

    /// The caller checks the body afterwards.
    public static Mapping read(JsonFields body) {
        return new Mapping(
                columns(body),
                constants(body),
                values(body),
                percent(body),
                new Forms(
                        patterns(body),
                        body.optionalParsed(
                                        "timeZone",
                                        MappingFields::zone,
                                        "a time zone such as Europe/Berlin")
                                .orElse(ZoneOffset.UTC),
                        body.optionalWord("dateOrder", ORDERS),
                        body.optionalFlag("decimalComma")),
                body.optionalText("source", 200),
                new TextForm(
                        body.optionalParsed(
                                "encoding",
                                MappingFields::charset,
                                "the name of an encoding such as UTF-8"),
                        body.optionalVerbatim("delimiter", 1)
                                .flatMap(text -> delimiter(body, text))));
    }

    private static Map<String, Field> columns(JsonFields body) {
        var columns = new LinkedHashMap<String, Field>();
        body.textMap("columns", Rows.COLUMNS_MAX, NAME_CHARS_MAX)
                .forEach(
                        (column, name) ->
                                field(body, "columns", name)
                                        .ifPresent(field -> columns.put(column, field)));
        return columns;
    }

    private static Map<Field, String> constants(JsonFields body) {
        var constants = new EnumMap<Field, String>(Field.class);
        body.textMap("constants", Field.values().length, NAME_CHARS_MAX)
                .forEach(
                        (name, value) ->
                                field(body, "constants", name)
                                        .ifPresent(field -> constants.put(field, value)));
        return constants;
    }

    private static Map<Field, Map<String, String>> values(JsonFields body) {
        var values = new EnumMap<Field, Map<String, String>>(Field.class);
        body.valueMap("values", Field.values().length)
                .forEach(
                        (name, meanings) ->
                                field(body, "values", name)
                                        .ifPresent(
                                                field -> values.put(field, words(body, meanings))));
        return values;
    }

    private static Map<String, String> words(JsonFields body, JsonNode meanings) {
        if (!meanings.isObject() || meanings.size() > VALUES_MAX) {
            body.reject("values", "holds, per field, an object of at most 1000 words.");
            return Map.of();
        }
        return meanings.propertyStream()
                .filter(entry -> entry.getValue().isString())
                .collect(
                        toMap(
                                entry -> Cells.folded(entry.getKey()),
                                entry -> entry.getValue().stringValue(),
                                (one, _) -> one));
    }

    private static Set<Field> percent(JsonFields body) {
        var fields = new HashSet<Field>();
        body.texts("percent", Field.values().length, NAME_CHARS_MAX)
                .forEach(name -> field(body, "percent", name).ifPresent(fields::add));
        return fields;
    }

    private static List<String> patterns(JsonFields body) {
        var patterns = body.texts("dateFormats", PATTERNS_MAX, 100);
        patterns.stream()
                .filter(pattern -> !Dates.isPattern(pattern))
                .forEach(
                        pattern ->
                                body.reject(
                                        "dateFormats",
                                        "holds \""
                                                + pattern
                                                + "\", which is no pattern of a date, such as dd.MM.uuuu HH:mm."));
        return patterns;
    }

    private static Optional<Field> field(JsonFields body, String place, String name) {
        var field = Optional.ofNullable(Field.BY_NAME.get(name));
        if (field.isEmpty()) {
            body.reject(
                    place,
                    "names \"%s\", which is no field.%s"
                            .formatted(name, Nearest.hint(name, Field.BY_NAME.keySet())));
        }
        return field;
    }

    private static Optional<Character> delimiter(JsonFields body, String text) {
        var delimiter = Optional.ofNullable(DELIMITERS.get(text));
        if (delimiter.isEmpty()) {
            body.reject("delimiter", "must be one of comma, semicolon, tab and |.");
        }
        return delimiter;
    }

    /// Empty unless the platform knows it.
    public static Optional<ZoneId> zone(String text) {
        try {
            return Optional.of(ZoneId.of(text));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Optional<Charset> charset(String text) {
        try {
            return Optional.of(Charset.forName(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
