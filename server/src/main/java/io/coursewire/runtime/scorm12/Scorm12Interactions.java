package io.coursewire.runtime.scorm12;

import io.coursewire.attempts.Interaction;
import io.coursewire.attempts.InteractionResult;
import io.coursewire.attempts.QuestionType;
import io.coursewire.runtime.DataModel.Change;
import io.coursewire.runtime.Decimals;
import io.coursewire.runtime.Elements;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// cmi.interactions (RTE 3.4.4): each index is one answer, renumbered from 0 without holes.
final class Scorm12Interactions {
    /// Elements that content did not write: the instants that its times of day meant.
    static final String OUR_OWN = "coursewire.";

    private static final String ALL = "cmi.interactions.";
    private static final Pattern TIME = Pattern.compile("cmi\\.interactions\\.([^.]+)\\.time");
    private static final Pattern PATTERN =
            Pattern.compile("correct_responses\\.(\\d{1,6})\\.pattern");
    private static final Comparator<String> BY_INDEX =
            Comparator.comparingLong(Scorm12Interactions::index)
                    .thenComparing(Comparator.naturalOrder());

    private Scorm12Interactions() {}

    /// Resolves the times of day in a change while the instant of the call is known.
    static Map<String, String> timestamps(Change change) {
        var instants = new HashMap<String, String>();
        change.elements()
                .forEach(
                        (name, value) -> {
                            var time = TIME.matcher(name);
                            if (time.matches()) {
                                TimeOfDay.nearest(value, change.at(), change.offset())
                                        .ifPresent(
                                                i ->
                                                        instants.put(
                                                                timestampOf(time.group(1)),
                                                                i.toString()));
                            }
                        });
        return instants;
    }

    private static String timestampOf(String index) {
        return OUR_OWN + "interactions." + index + ".timestamp";
    }

    static List<Interaction> of(Elements elements) {
        var interactions = new ArrayList<Interaction>();
        byIndex(elements).entrySet().stream()
                .sorted(Map.Entry.comparingByKey(BY_INDEX))
                .forEach(
                        answer ->
                                interactions.add(
                                        interaction(
                                                interactions.size(),
                                                Elements.of(answer.getValue()),
                                                elements.get(timestampOf(answer.getKey())))));
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

    private static Interaction interaction(
            int number, Elements answer, Optional<String> timestamp) {
        return new Interaction(
                number,
                answer.get("id").orElse(""),
                answer.get("type").map(String::strip).flatMap(QuestionType::of),
                Optional.empty(),
                answer.get("student_response").map(Scorm12Interactions::limited),
                patterns(answer),
                answer.get("result").flatMap(Scorm12Interactions::result),
                answer.get("weighting").flatMap(Decimals::parse),
                answer.get("latency").flatMap(Timespan::parse),
                timestamp.map(Instant::parse));
    }

    private static Optional<String> patterns(Elements answer) {
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

    private static Optional<InteractionResult> result(String word) {
        return switch (word.strip()) {
            case "wrong" -> Optional.of(InteractionResult.INCORRECT);
            case "real" -> Optional.empty();
            case String other ->
                    InteractionResult.of(other)
                            .or(() -> Decimals.parse(other).map(_ -> InteractionResult.REAL));
        };
    }

    private static String limited(String response) {
        return response.length() <= Interaction.RESPONSE_CHARS_MAX
                ? response
                : response.substring(0, Interaction.RESPONSE_CHARS_MAX);
    }
}
