package io.coursewire.attempts;

import io.coursewire.kernel.Json;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// Reads back what AttemptStatusJson wrote. For payloads of our own only: they are trusted.
final class AttemptStatusReader {
    private AttemptStatusReader() {}

    static List<Interaction> interactions(Payload payload) {
        var nodes = Json.MAPPER.readTree(payload.bytes()).path("interactions");
        var interactions = new ArrayList<Interaction>(nodes.size());
        nodes.forEach(node -> interactions.add(interaction(node)));
        return interactions;
    }

    static GivenResult result(Payload payload) {
        var node = Json.MAPPER.readTree(payload.bytes());
        return new GivenResult(
                text(node, "status").flatMap(Status::of).orElseThrow(),
                new Score(
                        number(node, "scoreScaled"),
                        number(node, "scoreRaw"),
                        number(node, "scoreMinimum"),
                        number(node, "scoreMaximum")),
                time(node, "startedDateTime"),
                time(node, "completedDateTime"),
                number(node, "durationSeconds"),
                interactions(payload));
    }

    private static Interaction interaction(JsonNode node) {
        return new Interaction(
                node.get("number").intValue(),
                node.get("id").stringValue(),
                text(node, "questionType").flatMap(QuestionType::of),
                text(node, "description"),
                text(node, "learnerResponse"),
                text(node, "correctResponse"),
                text(node, "result").flatMap(InteractionResult::of),
                number(node, "weighting"),
                number(node, "latencySeconds"),
                time(node, "timestamp"));
    }

    private static Optional<String> text(JsonNode node, String name) {
        return node.get(name).stringValueOpt();
    }

    private static Optional<BigDecimal> number(JsonNode node, String name) {
        return node.get(name).decimalValueOpt();
    }

    private static Optional<Instant> time(JsonNode node, String name) {
        return text(node, name).map(text -> LocalDateTime.parse(text).toInstant(ZoneOffset.UTC));
    }
}
