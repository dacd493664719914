package io.coursewire.runtime.scorm2004;

import io.coursewire.attempts.Interaction;
import io.coursewire.attempts.InteractionResult;
import io.coursewire.attempts.QuestionType;
import io.coursewire.runtime.Decimals;
import io.coursewire.runtime.Elements;
import io.coursewire.runtime.Interactions;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// cmi.interactions (RTE 4.2.9).
final class Scorm2004Interactions {
    private static final Pattern LANGUAGE = Pattern.compile("^\\{lang=[^}]*}");

    private Scorm2004Interactions() {}

    static List<Interaction> of(Elements elements) {
        return Interactions.of(elements, (number, _, answer) -> interaction(number, answer));
    }

    private static Interaction interaction(int number, Elements answer) {
        return new Interaction(
                number,
                answer.get("id").orElse(""),
                answer.get("type").map(String::strip).flatMap(QuestionType::of),
                answer.get("description").map(Scorm2004Interactions::text),
                answer.get("learner_response").map(Interactions::limited),
                Interactions.patterns(answer),
                answer.get("result").flatMap(Scorm2004Interactions::result),
                answer.get("weighting").flatMap(Decimals::parse),
                answer.get("latency").flatMap(TimeInterval::parse),
                answer.get("timestamp").flatMap(Timestamp::parse));
    }

    private static String text(String localized) {
        return Interactions.limited(LANGUAGE.matcher(localized).replaceFirst(""));
    }

    private static Optional<InteractionResult> result(String word) {
        return switch (word.strip()) {
            case "real" -> Optional.empty();
            case String other ->
                    InteractionResult.of(other)
                            .or(() -> Decimals.parse(other).map(_ -> InteractionResult.REAL));
        };
    }
}
