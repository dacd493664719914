package io.coursewire.runtime;

import io.coursewire.attempts.Interaction;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// `cmi.interactions`, whose shape SCORM 1.2 and SCORM 2004 share: each index is one answer, renumbered
/// from 0 without holes.
public final class Interactions {
    /// Reads one answer by the words of its standard; `index` is content's own.
    @FunctionalInterface
    public interface ReadAnswer {
        Interaction read(int number, String index, Elements answer);
    }

    private static final String ALL = "cmi.interactions.";
    private static final Pattern PATTERN =
            Pattern.compile("correct_responses\\.(\\d{1,6})\\.pattern");
    private static final Comparator<String> BY_INDEX =
            Comparator.comparingLong(Interactions::index).thenComparing(Comparator.naturalOrder());

    private Interactions() {}

    public static List<Interaction> of(Elements elements, ReadAnswer answer) {
        var interactions = new ArrayList<Interaction>();
        byIndex(elements).entrySet().stream()
                .sorted(Map.Entry.comparingByKey(BY_INDEX))
                .forEach(
                        entry ->
                                interactions.add(
                                        answer.read(
                                                interactions.size(),
                                                entry.getKey(),
                                                Elements.of(entry.getValue()))));
        return interactions;
    }

    private static Map<String, Map<String, String>> byIndex(Elements elements) {
        var answers = new HashMap<String, Map<String, String>>();
        elements.below(ALL)
                .forEach(
                        (name, value) -> {
                            var rest = name.substring(ALL.length());
                            int dot = rest.indexOf('.');
                            if (dot > 0) {
                                answers.computeIfAbsent(
                                                rest.substring(0, dot), _ -> new HashMap<>())
                                        .put(rest.substring(dot + 1), value);
                            }
                        });
        return answers;
    }

    // Real content writes cmi.interactions.NaN: an answer all the same, after the numbered ones.
    private static long index(String token) {
        return token.matches("\\d{1,9}") ? Long.parseLong(token) : Long.MAX_VALUE;
    }

    /// The correct responses of an answer, joined in their order.
    public static Optional<String> patterns(Elements answer) {
        var patterns =
                answer.below("correct_responses.").entrySet().stream()
                        .filter(entry -> PATTERN.matcher(entry.getKey()).matches())
                        .sorted(Comparator.comparingInt(entry -> patternIndex(entry.getKey())))
                        .map(Map.Entry::getValue)
                        .collect(Collectors.joining(Interaction.PATTERN_SEPARATOR));
        return Optional.of(limited(patterns)).filter(joined -> !joined.isEmpty());
    }

    private static int patternIndex(String name) {
        var match = PATTERN.matcher(name);
        return match.matches() ? Integer.parseInt(match.group(1)) : Integer.MAX_VALUE;
    }

    /// A response as far as it is told; the whole of it stays in the raw data.
    public static String limited(String response) {
        return response.length() <= Interaction.RESPONSE_CHARS_MAX
                ? response
                : response.substring(0, Interaction.RESPONSE_CHARS_MAX);
    }
}
