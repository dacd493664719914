package io.coursewire.offline.reading;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// An xAPI statement as a row: what it says of one attempt at an activity. Success is taken from the statement
/// alone. Pure.
final class XapiStatement {
    private static final String MAILBOX = "mailto:";

    private XapiStatement() {}

    /// The values by column name, or what is wrong with the statement.
    sealed interface Outcome {}

    record Cells(Map<String, String> byColumn) implements Outcome {}

    record NoResult(String message) implements Outcome {}

    static boolean is(JsonNode node) {
        return node.path("actor").isObject() && node.path("verb").isObject() && node.has("object");
    }

    static Outcome read(JsonNode statement) {
        var verb = statement.at("/verb/id").asString("");
        var status = status(statement.path("result"), verb.substring(verb.lastIndexOf('/') + 1));
        if (status.isEmpty()) {
            return new NoResult("has the verb " + verb + ", which tells of no attempt's status.");
        }
        var cells = new HashMap<String, String>();
        cells.put("status", status.get());
        cells.put("recordId", statement.path("id").asString(""));
        cells.put("username", username(statement.path("actor")));
        cells.put("itemExternalId", statement.at("/object/id").asString(""));
        cells.put(timeOf(status.get()), statement.path("timestamp").asString(""));
        addResult(cells, statement.path("result"));
        return new Cells(cells);
    }

    private static Optional<String> status(JsonNode result, String verb) {
        return switch (verb) {
            case "passed", "failed" -> Optional.of(verb);
            case "completed" -> Optional.of(ended(result));
            case "suspended" -> Optional.of("suspended");
            case "initialized", "attempted", "launched", "experienced", "progressed", "resumed" ->
                    Optional.of(isCompleted(result) ? ended(result) : "inProgress");
            case "terminated", "exited", "abandoned" ->
                    Optional.of(isCompleted(result) ? ended(result) : "incomplete");
            default -> isCompleted(result) ? Optional.of(ended(result)) : Optional.empty();
        };
    }

    private static boolean isCompleted(JsonNode result) {
        return result.path("completion").asBoolean(false);
    }

    private static String ended(JsonNode result) {
        if (!result.path("success").isBoolean()) {
            return "completed";
        }
        return result.get("success").booleanValue() ? "passed" : "failed";
    }

    private static String timeOf(String status) {
        return switch (status) {
            case "passed", "failed", "completed" -> "completedDateTime";
            default -> "startedDateTime";
        };
    }

    private static String username(JsonNode actor) {
        var mailbox = actor.path("mbox").asString("");
        return actor.at("/account/name")
                .asString(
                        mailbox.startsWith(MAILBOX)
                                ? mailbox.substring(MAILBOX.length())
                                : mailbox);
    }

    private static void addResult(Map<String, String> cells, JsonNode result) {
        var score = result.path("score");
        var scaled = number(score.path("scaled"));
        // An AttemptStatus knows none below 0.
        cells.put("scoreScaled", scaled.startsWith("-") ? "0" : scaled);
        cells.put("scoreRaw", number(score.path("raw")));
        cells.put("scoreMinimum", number(score.path("min")));
        cells.put("scoreMaximum", number(score.path("max")));
        cells.put("durationSeconds", result.path("duration").asString(""));
    }

    private static String number(JsonNode node) {
        return node.isNumber() ? node.decimalValue().toPlainString() : "";
    }
}
