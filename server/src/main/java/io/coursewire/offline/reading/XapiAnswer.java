package io.coursewire.offline.reading;

import io.coursewire.kernel.Json;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// An `answered` statement as an interaction of an AttemptStatus: xAPI 1.0.3, part 2, 2.4.4.1 "Interaction Activities".
/// Pure.
final class XapiAnswer {
    private static final Set<String> TYPES =
            Set.of(
                    "true-false",
                    "choice",
                    "fill-in",
                    "long-fill-in",
                    "likert",
                    "matching",
                    "performance",
                    "sequencing",
                    "numeric",
                    "other");
    private static final String PATTERN_SEPARATOR = " || ";

    private XapiAnswer() {}

    /// What [#of] made.
    static ObjectNode read(XapiStatement statement) {
        return (ObjectNode) Json.MAPPER.readTree(statement.answer().orElseThrow());
    }

    static ObjectNode of(JsonNode statement) {
        var definition = statement.at("/object/definition");
        var result = statement.path("result");
        var answer = Json.MAPPER.createObjectNode();
        answer.put("id", statement.at("/object/id").asString(""));
        var type = definition.path("interactionType").asString("");
        put(answer, "questionType", type.isEmpty() || TYPES.contains(type) ? type : "other");
        var description = text(definition.path("description"));
        put(
                answer,
                "description",
                description.isEmpty() ? text(definition.path("name")) : description);
        put(answer, "learnerResponse", result.path("response").asString(""));
        put(
                answer,
                "correctResponse",
                definition
                        .path("correctResponsesPattern")
                        .valueStream()
                        .map(pattern -> pattern.asString(""))
                        .collect(Collectors.joining(PATTERN_SEPARATOR)));
        answer.put("result", judged(result.path("success")));
        seconds(result.path("duration").asString(""))
                .filter(seconds -> seconds.signum() >= 0)
                .ifPresent(seconds -> answer.put("latencySeconds", seconds));
        put(answer, "timestamp", statement.path("timestamp").asString(""));
        return answer;
    }

    private static void put(ObjectNode answer, String name, String text) {
        if (!text.isEmpty()) {
            answer.put(name, text);
        }
    }

    private static String judged(JsonNode success) {
        if (!success.isBoolean()) {
            return "neutral";
        }
        return success.booleanValue() ? "correct" : "incorrect";
    }

    /// The first of a text in several languages; "" when there is none.
    static String text(JsonNode byLanguage) {
        return byLanguage.valueStream().findFirst().map(text -> text.asString("")).orElse("");
    }

    /// Empty unless it is a span of ISO 8601 in days, hours, minutes and seconds.
    static Optional<BigDecimal> seconds(String span) {
        try {
            var duration = Duration.parse(span);
            return Optional.of(
                    BigDecimal.valueOf(duration.getSeconds())
                            .add(BigDecimal.valueOf(duration.getNano(), 9)));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
