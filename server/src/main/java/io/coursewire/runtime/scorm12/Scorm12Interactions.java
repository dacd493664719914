package io.coursewire.runtime.scorm12;

import io.coursewire.attempts.Interaction;
import io.coursewire.attempts.InteractionResult;
import io.coursewire.attempts.QuestionType;
import io.coursewire.runtime.DataModel.Change;
import io.coursewire.runtime.Decimals;
import io.coursewire.runtime.Elements;
import io.coursewire.runtime.Interactions;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// cmi.interactions (RTE 3.4.4): each index is one answer, renumbered from 0 without holes.
final class Scorm12Interactions {
    /// Elements that content did not write: the instants that its times of day meant.
    static final String OUR_OWN = "coursewire.";

    private static final String ALL = "cmi.interactions.";
    private static final String TIME = ".time";

    private Scorm12Interactions() {}

    /// The change with what its times of day meant, while the instant of the call is known.
    static Map<String, String> withTimestamps(Change change) {
        var elements = new HashMap<>(change.elements());
        change.elements()
                .forEach(
                        (name, value) ->
                                indexOfTime(name)
                                        .ifPresent(
                                                index ->
                                                        TimeOfDay.nearest(
                                                                        value,
                                                                        change.at(),
                                                                        change.offset())
                                                                .ifPresent(
                                                                        i ->
                                                                                elements.put(
                                                                                        timestampOf(
                                                                                                index),
                                                                                        i
                                                                                                .toString()))));
        return elements;
    }

    /// The index of the answer whose time of day an element is.
    private static Optional<String> indexOfTime(String name) {
        int end = name.length() - TIME.length();
        return name.startsWith(ALL) && name.endsWith(TIME) && end > ALL.length()
                ? Optional.of(name.substring(ALL.length(), end)).filter(i -> i.indexOf('.') < 0)
                : Optional.empty();
    }

    private static String timestampOf(String index) {
        return OUR_OWN + "interactions." + index + ".timestamp";
    }

    static List<Interaction> of(Elements elements) {
        return Interactions.of(
                elements,
                (number, index, answer) ->
                        interaction(number, answer, elements.get(timestampOf(index))));
    }

    private static Interaction interaction(
            int number, Elements answer, Optional<String> timestamp) {
        return new Interaction(
                number,
                answer.get("id").orElse(""),
                answer.get("type").map(String::strip).flatMap(QuestionType::of),
                Optional.empty(),
                answer.get("student_response").map(Interactions::limited),
                Interactions.patterns(answer),
                answer.get("result").flatMap(Scorm12Interactions::result),
                answer.get("weighting").flatMap(Decimals::parse),
                answer.get("latency").flatMap(Timespan::parse),
                timestamp.map(Instant::parse));
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
}
