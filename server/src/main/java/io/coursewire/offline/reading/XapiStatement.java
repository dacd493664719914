package io.coursewire.offline.reading;

import io.coursewire.kernel.Magnitude;
import io.coursewire.offline.DateTimes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// What an xAPI statement says of an attempt: how it stands, or how a question in it was answered. Success is taken
/// from the statement alone. Pure.
///
/// @param items the activities that may be the attempt's item, the likeliest first; one that is not `answered` names
///     its own
/// @param said the values by column name, the time aside
/// @param answer an interaction of an AttemptStatus, as JSON
record XapiStatement(
        long line,
        Maker maker,
        List<String> items,
        String verb,
        String status,
        String time,
        Map<String, String> said,
        Optional<String> answer) {
    /// Whose statement it is; `registration` is "" where none is named.
    record Maker(String id, String actor, String username, String registration) {}

    /// About what one takes up beside its texts.
    private static final int OBJECT_BYTES = 800;

    private static final String MAILBOX = "mailto:";
    private static final String ANSWERED = "answered";

    XapiStatement {
        items = List.copyOf(items);
        said = Map.copyOf(said);
    }

    /// A statement, or what is wrong with it.
    sealed interface Outcome {}

    record Understood(XapiStatement statement) implements Outcome {}

    record NoResult(String message) implements Outcome {}

    static boolean is(JsonNode node) {
        return node.path("actor").isObject() && node.path("verb").isObject() && node.has("object");
    }

    static Outcome read(JsonNode node, long line) {
        var iri = node.at("/verb/id").asString("");
        var verb = iri.substring(iri.lastIndexOf('/') + 1);
        if (verb.equals(ANSWERED)) {
            return answer(node, line);
        }
        var status = status(node.path("result"), verb);
        if (status.isEmpty()) {
            return new NoResult("has the verb " + iri + ", which tells of no attempt's status.");
        }
        var items = List.of(node.at("/object/id").asString(""));
        var said = said(node.path("result"));
        said.put("itemTitle", XapiAnswer.text(node.at("/object/definition/name")));
        return new Understood(
                new XapiStatement(
                        line,
                        maker(node),
                        items,
                        verb,
                        status.get(),
                        node.path("timestamp").asString(""),
                        said,
                        Optional.empty()));
    }

    private static Outcome answer(JsonNode node, long line) {
        var items = new ArrayList<String>();
        for (var kind : List.of("parent", "grouping")) {
            var activities = node.at("/context/contextActivities/" + kind);
            // A list, or one of them by itself as in xAPI 0.9.
            if (activities.isObject()) {
                items.add(activities.path("id").asString(""));
            }
            activities.forEach(one -> items.add(one.path("id").asString("")));
        }
        items.removeIf(String::isEmpty);
        var distinct = items.stream().distinct().toList();
        return items.isEmpty()
                ? new NoResult(
                        "is an answer that names no activity in context.contextActivities, parent or grouping: which item is it of?")
                : new Understood(
                        new XapiStatement(
                                line,
                                maker(node),
                                distinct,
                                ANSWERED,
                                "incomplete",
                                node.path("timestamp").asString(""),
                                Map.of(),
                                Optional.of(XapiAnswer.of(node).toString())));
    }

    private static Maker maker(JsonNode node) {
        var username = username(node.path("actor"));
        return new Maker(
                node.path("id").asString(""),
                username.isEmpty() ? node.path("actor").toString() : username,
                username,
                node.at("/context/registration").asString(""));
    }

    private static String username(JsonNode actor) {
        var mailbox = actor.path("mbox").asString("");
        return actor.at("/account/name")
                .asString(
                        mailbox.startsWith(MAILBOX)
                                ? mailbox.substring(MAILBOX.length())
                                : mailbox);
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

    private static Map<String, String> said(JsonNode result) {
        var score = result.path("score");
        var scaled = number(score.path("scaled"));
        var said = new HashMap<String, String>();
        // An AttemptStatus knows none below 0.
        said.put("scoreScaled", scaled.startsWith("-") ? "0" : scaled);
        said.put("scoreRaw", number(score.path("raw")));
        said.put("scoreMinimum", number(score.path("min")));
        said.put("scoreMaximum", number(score.path("max")));
        said.put("durationSeconds", result.path("duration").asString(""));
        said.values().removeIf(String::isEmpty);
        return said;
    }

    private static String number(JsonNode node) {
        return node.isNumber() ? Magnitude.text(node.decimalValue()) : "";
    }

    boolean isAnswer() {
        return answer.isPresent();
    }

    boolean isFinal() {
        return status.equals("passed") || status.equals("failed") || status.equals("completed");
    }

    /// One without a time that can be read comes last.
    Instant at() {
        return DateTimes.read(time).orElse(Instant.MAX);
    }

    /// About what it takes up in memory.
    long bytes() {
        return OBJECT_BYTES + 2L * answer.map(String::length).orElse(0);
    }

    /// Which attempt it is of, as far as a statement tells, if it is one at this item.
    String attemptAt(String item) {
        return maker.actor() + '\n' + maker.registration() + '\n' + item;
    }
}
