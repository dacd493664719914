package io.coursewire.api;

import io.coursewire.kernel.InstantText;
import io.coursewire.kernel.InvalidInput;
import io.coursewire.kernel.Nearest;
import io.coursewire.kernel.Page;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/// The parameters of a request's query, each at most once. What a getter refuses is [InvalidInput] that
/// names the parameter.
public final class Query {
    public static final int CHARS_MAX = 8_000;

    private final Map<String, String> values;

    private Query(Map<String, String> values) {
        this.values = values;
    }

    /// `raw` is percent-encoded, without the question mark; `known` are the names that it may hold.
    public static Query parse(String raw, Set<String> known) {
        if (raw.length() > CHARS_MAX) {
            throw new InvalidInput("", "The query has more than " + CHARS_MAX + " characters.");
        }
        var values = new LinkedHashMap<String, String>();
        for (var pair : raw.split("&")) {
            if (!pair.isEmpty()) {
                add(values, pair.split("=", 2), known);
            }
        }
        return new Query(values);
    }

    private static void add(Map<String, String> values, String[] pair, Set<String> known) {
        var name = PercentText.decode("", pair[0]);
        if (!known.contains(name)) {
            throw new InvalidInput(name, "is not a known parameter." + Nearest.hint(name, known));
        }
        var value = PercentText.decode(name, pair.length == 2 ? pair[1] : "");
        if (values.put(name, value) != null) {
            throw new InvalidInput(name, "is given more than once.");
        }
    }

    /// Those of the parameters that have one of these names, as a query again.
    String only(List<String> names) {
        return names.stream()
                .filter(values::containsKey)
                .map(
                        name ->
                                name
                                        + "="
                                        + URLEncoder.encode(
                                                        values.get(name), StandardCharsets.UTF_8)
                                                .replace("+", "%20"))
                .collect(Collectors.joining("&"));
    }

    /// Empty when absent; given but blank is refused.
    public Optional<String> text(String name) {
        var value = Optional.ofNullable(values.get(name));
        if (value.filter(String::isBlank).isPresent()) {
            throw new InvalidInput(name, "must not be empty. Leave the parameter out instead.");
        }
        return value;
    }

    /// A value that `parser` takes; `form` completes the sentence "must be ...".
    public <T> Optional<T> parsed(String name, Function<String, Optional<T>> parser, String form) {
        return text(name)
                .map(
                        text ->
                                parser.apply(text)
                                        .orElseThrow(
                                                () ->
                                                        new InvalidInput(
                                                                name, "must be " + form + ".")));
    }

    /// One of a vocabulary, by its word.
    public <T> Optional<T> word(String name, Map<String, T> vocabulary) {
        return text(name).map(word -> meaning(name, word, vocabulary));
    }

    public boolean flag(String name) {
        return word(name, Map.of("true", true, "false", false)).orElse(false);
    }

    /// RFC 3339 with an offset, or without one for UTC.
    public Optional<Instant> instant(String name) {
        return parsed(
                name,
                Query::readInstant,
                "a date-time such as 2026-11-24T05:50:00Z; the plus sign of an offset is written %2B");
    }

    /// The page size, `limit`.
    public int limit() {
        return parsed("limit", Query::readLimit, "a whole number from 1 to " + Page.LIMIT_MAX)
                .orElse(Page.LIMIT_DEFAULT);
    }

    /// Where the page before ended, `cursor`.
    public Optional<String> cursor() {
        return text("cursor");
    }

    private static <T> T meaning(String name, String word, Map<String, T> vocabulary) {
        var meaning = vocabulary.get(word);
        if (meaning == null) {
            throw new InvalidInput(name, Nearest.oneOf(word, vocabulary.keySet()));
        }
        return meaning;
    }

    private static Optional<Integer> readLimit(String text) {
        return Optional.of(text)
                .filter(digits -> digits.matches("[1-9][0-9]{0,2}"))
                .map(Integer::valueOf)
                .filter(limit -> limit <= Page.LIMIT_MAX);
    }

    private static Optional<Instant> readInstant(String text) {
        boolean zoned = text.matches(".*([zZ]|[+-]\\d\\d:?\\d\\d)$");
        return InstantText.parse(zoned ? text : text + "Z");
    }
}
