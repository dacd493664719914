package io.coursewire.kernel;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// A JSON object that is read field by field. What is wrong is collected, an empty value is handed out in
/// its place, and [#check] tells all of it at once, fields that nobody asked for included. An explicit
/// null reads as absent. Lengths are in Unicode characters.
public final class JsonFields {
    private final ObjectNode node;
    private final String pointer;
    private final Reading reading;
    private final Set<String> known = new LinkedHashSet<>();

    private record Reading(InputErrors errors, List<JsonFields> objects) {}

    private JsonFields(ObjectNode node, String pointer, Reading reading) {
        this.node = node;
        this.pointer = pointer;
        this.reading = reading;
        reading.objects.add(this);
    }

    /// Reads a whole body: strict UTF-8, one JSON object, no NUL characters, no unpaired surrogates.
    public static JsonFields parse(byte[] body) {
        return new JsonFields(
                JsonText.object(body), "", new Reading(new InputErrors(), new ArrayList<>()));
    }

    /// Ends the reading: throws [InvalidInput] if anything below the whole body was wrong or unknown.
    public void check() {
        reading.objects.forEach(JsonFields::rejectUnknown);
        reading.errors.check();
    }

    /// The object as it came, on one line.
    public String json() {
        return node.toString();
    }

    /// A finding of the caller's own.
    public void reject(String name, String message) {
        reading.errors.add(at(name), message);
    }

    /// A finding about the object as a whole.
    public void rejectWhole(String message) {
        reading.errors.add(pointer, message);
    }

    /// Whether the field is there, with a value or with null.
    public boolean has(String name) {
        known.add(name);
        return node.has(name);
    }

    /// Whether the field is there with a value.
    public boolean hasValue(String name) {
        return value(name).isPresent();
    }

    /// A required text of 1 to `charsMax` characters, not blank; "" when refused.
    public String text(String name, int charsMax) {
        return required(name, optionalText(name, charsMax)).orElse("");
    }

    public Optional<String> optionalText(String name, int charsMax) {
        return value(name).flatMap(value -> textOf(at(name), value, charsMax));
    }

    public Optional<Boolean> optionalFlag(String name) {
        return value(name)
                .filter(value -> isOf(name, value.isBoolean(), "true or false", value))
                .map(JsonNode::booleanValue);
    }

    /// A whole number within the bounds, which are included.
    public Optional<Integer> optionalInteger(String name, int minimum, int maximum) {
        return value(name)
                .filter(value -> isOf(name, value.isIntegralNumber(), "a whole number", value))
                .flatMap(value -> integerOf(name, value, minimum, maximum));
    }

    public Optional<BigDecimal> optionalDecimal(
            String name, BigDecimal minimum, BigDecimal maximum) {
        return value(name)
                .filter(value -> isOf(name, value.isNumber(), "a number", value))
                .map(JsonNode::decimalValue)
                .filter(number -> isOrdinary(name, number))
                .filter(number -> isWithin(name, number, minimum, maximum));
    }

    /// An instant in RFC 3339, with an offset.
    public Optional<Instant> optionalInstant(String name) {
        return optionalText(name, 40).flatMap(text -> instantOf(name, text));
    }

    /// A text that `parser` takes; `form` completes the sentence "must be ...".
    public <T> Optional<T> optionalParsed(
            String name, Function<String, Optional<T>> parser, String form) {
        return optionalText(name, 255)
                .flatMap(
                        text -> {
                            var parsed = parser.apply(text);
                            if (parsed.isEmpty()) {
                                reject(name, "must be " + form + ".");
                            }
                            return parsed;
                        });
    }

    /// One of a vocabulary, by its word.
    public <T> Optional<T> optionalWord(String name, Map<String, T> vocabulary) {
        return optionalText(name, 255)
                .flatMap(
                        word -> {
                            var meaning = Optional.ofNullable(vocabulary.get(word));
                            if (meaning.isEmpty()) {
                                reject(name, Nearest.oneOf(word, vocabulary.keySet()));
                            }
                            return meaning;
                        });
    }

    /// A required object; what is asked of an absent one is not reported again.
    public JsonFields object(String name) {
        return required(name, optionalObject(name)).orElseGet(this::nothing);
    }

    public Optional<JsonFields> optionalObject(String name) {
        return value(name).flatMap(value -> objectOf(at(name), value));
    }

    /// The objects of an array; an absent array is empty unless `countMin` asks for some.
    public List<JsonFields> objects(String name, int countMin, int countMax) {
        return elements(name, countMin, countMax, (place, value) -> objectOf(place, value));
    }

    /// The texts of an array; an absent array is empty.
    public List<String> texts(String name, int countMax, int charsMax) {
        return elements(name, 0, countMax, (place, value) -> textOf(place, value, charsMax));
    }

    /// An object whose names are free and whose values are texts, in the order given.
    public Map<String, String> textMap(String name, int countMax, int charsMax) {
        return entries(name, countMax, (place, value) -> textOf(place, value, charsMax));
    }

    /// The same for texts that are kept verbatim: they may be empty or blank.
    public Map<String, String> verbatimMap(String name, int countMax, int charsMax) {
        return entries(name, countMax, (place, value) -> verbatimOf(place, value, charsMax));
    }

    /// A text that is kept verbatim; "" where it is absent.
    public String verbatim(String name, int charsMax) {
        return optionalVerbatim(name, charsMax).orElse("");
    }

    /// A text that is kept verbatim and may be empty.
    public Optional<String> optionalVerbatim(String name, int charsMax) {
        return value(name).flatMap(value -> verbatimOf(at(name), value, charsMax));
    }

    /// An object whose names are free, its values as they are.
    public Map<String, JsonNode> valueMap(String name, int countMax) {
        return entries(name, countMax, (_, value) -> Optional.of(value));
    }

    /// Whether the field holds an object: for fields that may be a text or an object.
    public boolean isObject(String name) {
        return value(name).filter(JsonNode::isObject).isPresent();
    }

    private interface Element<T> {
        Optional<T> read(String place, JsonNode value);
    }

    private <T> List<T> elements(String name, int countMin, int countMax, Element<T> element) {
        var values = value(name).filter(value -> isOf(name, value.isArray(), "an array", value));
        int count = values.map(JsonNode::size).orElse(0);
        if (count < countMin && !(node.has(name) && values.isEmpty())) {
            reject(
                    name,
                    "needs at least " + countMin + (countMin == 1 ? " element." : " elements."));
        } else if (count > countMax) {
            reject(name, "has " + count + " elements; at most " + countMax + " are taken.");
            return List.of();
        }
        IntFunction<Optional<T>> read =
                index -> element.read(at(name) + "/" + index, values.orElseThrow().get(index));
        return IntStream.range(0, count).mapToObj(read).flatMap(Optional::stream).toList();
    }

    private <T> Map<String, T> entries(String name, int countMax, Element<T> element) {
        var object = value(name).filter(value -> isOf(name, value.isObject(), "an object", value));
        int count = object.map(JsonNode::size).orElse(0);
        if (count > countMax) {
            reject(name, "has " + count + " entries; at most " + countMax + " are taken.");
            return Map.of();
        }
        var entries = new LinkedHashMap<String, T>();
        object.ifPresent(
                found ->
                        found.forEachEntry(
                                (key, value) ->
                                        element.read(at(name) + "/" + escape(key), value)
                                                .ifPresent(read -> entries.put(key, read))));
        return entries;
    }

    private Optional<JsonNode> value(String name) {
        known.add(name);
        return Optional.ofNullable(node.get(name)).filter(value -> !value.isNull());
    }

    /// Refuses the field when it is absent; what was refused already is not reported again.
    public <T> Optional<T> required(String name, Optional<T> value) {
        if (value.isEmpty() && value(name).isEmpty()) {
            reject(name, "is required.");
        }
        return value;
    }

    private Optional<String> textOf(String place, JsonNode value, int charsMax) {
        var text = verbatimOf(place, value, charsMax);
        if (text.filter(String::isBlank).isPresent()) {
            reading.errors.add(place, "must not be empty.");
            return Optional.empty();
        }
        return text;
    }

    private Optional<String> verbatimOf(String place, JsonNode value, int charsMax) {
        if (!value.isString()) {
            reading.errors.add(place, "must be text, not " + kind(value) + ".");
            return Optional.empty();
        }
        var text = value.stringValue();
        int chars = text.codePointCount(0, text.length());
        if (chars > charsMax) {
            reading.errors.add(
                    place, "has " + chars + " characters; at most " + charsMax + " are taken.");
            return Optional.empty();
        }
        return Optional.of(text);
    }

    private Optional<JsonFields> objectOf(String place, JsonNode value) {
        if (value instanceof ObjectNode object) {
            return Optional.of(new JsonFields(object, place, reading));
        }
        reading.errors.add(place, "must be an object, not " + kind(value) + ".");
        return Optional.empty();
    }

    private Optional<Integer> integerOf(String name, JsonNode value, int minimum, int maximum) {
        var number = value.decimalValue();
        return isWithin(name, number, BigDecimal.valueOf(minimum), BigDecimal.valueOf(maximum))
                ? Optional.of(number.intValueExact())
                : Optional.empty();
    }

    private Optional<Instant> instantOf(String name, String text) {
        var instant = InstantText.parse(text);
        if (instant.isEmpty()) {
            reject(name, "must be a date-time with an offset, such as 2026-11-24T05:50:00Z.");
        }
        return instant;
    }

    private boolean isOrdinary(String name, BigDecimal number) {
        boolean ordinary = Magnitude.isOrdinary(number);
        if (!ordinary) {
            reject(
                    name,
                    "has more than " + Magnitude.DIGITS_MAX + " digits before or after the point.");
        }
        return ordinary;
    }

    private boolean isWithin(
            String name, BigDecimal number, BigDecimal minimum, BigDecimal maximum) {
        boolean within = number.compareTo(minimum) >= 0 && number.compareTo(maximum) <= 0;
        if (!within) {
            reject(
                    name,
                    "must be between "
                            + minimum.toPlainString()
                            + " and "
                            + maximum.toPlainString()
                            + ".");
        }
        return within;
    }

    private boolean isOf(String name, boolean matches, String expected, JsonNode value) {
        if (!matches) {
            reject(name, "must be " + expected + ", not " + kind(value) + ".");
        }
        return matches;
    }

    private void rejectUnknown() {
        node.propertyNames().stream()
                .filter(name -> !known.contains(name))
                .limit(InputErrors.REPORTED_MAX)
                .forEach(name -> reject(name, "is not a known field." + Nearest.hint(name, known)));
    }

    /// Reads as an object in which everything is missing, and reports to nobody.
    private JsonFields nothing() {
        return new JsonFields(
                JsonNodeFactory.instance.objectNode(),
                "",
                new Reading(new InputErrors(), new ArrayList<>()));
    }

    private String at(String name) {
        return pointer + "/" + escape(name);
    }

    /// RFC 6901.
    static String escape(String name) {
        return name.replace("~", "~0").replace("/", "~1");
    }

    private static String kind(JsonNode value) {
        return switch (value.getNodeType()) {
            case STRING -> "text";
            case NUMBER -> "a number";
            case BOOLEAN -> value.asString();
            case ARRAY -> "an array";
            case OBJECT, POJO -> "an object";
            case NULL, MISSING -> "null";
            case BINARY -> "bytes";
        };
    }
}
