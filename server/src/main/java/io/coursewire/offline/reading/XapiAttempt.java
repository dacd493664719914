package io.coursewire.offline.reading;

import io.coursewire.kernel.Json;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What the xAPI statements of one attempt say together, as the cells of a row by column name. Pure.
///
/// @param line the line of the statement that decides the status
record XapiAttempt(long line, Map<String, String> cells) {
    private static final Set<String> BEGINNINGS = Set.of("initialized", "launched", "attempted");
    private static final Set<String> SESSION_ENDS = Set.of("terminated", "exited", "abandoned");
    private static final String SUCCESS = "a result: success";
    private static final String COMPLETION = "a result: completion";
    private static final List<String> SCORE =
            List.of("scoreScaled", "scoreRaw", "scoreMinimum", "scoreMaximum");

    /// As within an attempt everywhere: passed is kept, failed may become it, and both say more than completed.
    private static final List<String> FINAL = List.of("completed", "failed", "passed");

    XapiAttempt {
        cells = Map.copyOf(cells);
    }

    /// Of one participant at one item. A registration is one attempt; without one, what begins anew after a result, or
    /// says such a result again, is the next.
    static List<XapiAttempt> of(List<XapiStatement> statements, String item) {
        var inOrder = statements.stream().sorted(Comparator.comparing(XapiStatement::at)).toList();
        var attempts = new ArrayList<XapiAttempt>();
        var current = new ArrayList<XapiStatement>();
        var said = new HashSet<String>();
        for (var statement : inOrder) {
            if (statement.maker().registration().isEmpty() && beginsAnew(statement, said)) {
                attempts.add(one(current, item));
                current.clear();
                said.clear();
            }
            current.add(statement);
            said.add(kind(statement));
        }
        attempts.add(one(current, item));
        return attempts;
    }

    private static boolean beginsAnew(XapiStatement statement, Set<String> said) {
        return (said.contains(SUCCESS) || said.contains(COMPLETION))
                && (BEGINNINGS.contains(statement.verb())
                        || (statement.isFinal() || statement.isAnswer())
                                && said.contains(kind(statement)));
    }

    // That it was passed, and that it was completed, are two results of one attempt. A question
    // answered again after a result is of the next.
    private static String kind(XapiStatement statement) {
        if (statement.isAnswer()) {
            return XapiAnswer.read(statement).get("id").asString();
        }
        if (!statement.isFinal()) {
            return statement.verb();
        }
        return switch (statement.verb()) {
            case "passed", "failed" -> SUCCESS;
            default -> COMPLETION;
        };
    }

    private static XapiAttempt one(List<XapiStatement> statements, String item) {
        var decides =
                statements.stream()
                        .reduce((one, other) -> rank(other) >= rank(one) ? other : one)
                        .orElseThrow();
        var maker = decides.maker();
        var cells = new HashMap<String, String>();
        cells.put("status", decides.status());
        cells.put(
                "recordId",
                maker.registration().isEmpty()
                        ? maker.id()
                        : maker.registration() + " " + maker.actor() + " " + item);
        cells.put("username", maker.username());
        cells.put("itemExternalId", item);
        lastSaid(statements, "itemTitle").ifPresent(title -> cells.put("itemTitle", title));
        addTimes(cells, statements);
        addScore(cells, statements, decides);
        duration(statements, decides).ifPresent(text -> cells.put("durationSeconds", text));
        addAnswers(cells, statements);
        return new XapiAttempt(decides.line(), cells);
    }

    private static int rank(XapiStatement statement) {
        return FINAL.indexOf(statement.status());
    }

    private static void addTimes(Map<String, String> cells, List<XapiStatement> statements) {
        var first = statements.getFirst();
        if (!first.isFinal()) {
            cells.put("startedDateTime", first.time());
        }
        statements.stream()
                .filter(XapiStatement::isFinal)
                .findFirst()
                .ifPresent(result -> cells.put("completedDateTime", result.time()));
    }

    private static void addScore(
            Map<String, String> cells, List<XapiStatement> statements, XapiStatement decides) {
        var scored =
                hasScore(decides)
                        ? Optional.of(decides)
                        : statements.reversed().stream().filter(XapiAttempt::hasScore).findFirst();
        scored.ifPresent(
                statement ->
                        SCORE.forEach(
                                part -> cells.put(part, statement.said().getOrDefault(part, ""))));
    }

    private static boolean hasScore(XapiStatement statement) {
        return SCORE.stream().anyMatch(statement.said()::containsKey);
    }

    // The sessions' own times, where statements tell of their ends.
    private static Optional<String> duration(
            List<XapiStatement> statements, XapiStatement decides) {
        var sessions =
                statements.stream()
                        .filter(statement -> SESSION_ENDS.contains(statement.verb()))
                        .flatMap(s -> Optional.ofNullable(s.said().get("durationSeconds")).stream())
                        .flatMap(span -> XapiAnswer.seconds(span).stream())
                        .reduce(BigDecimal::add);
        return sessions.map(BigDecimal::toPlainString)
                .or(() -> Optional.ofNullable(decides.said().get("durationSeconds")))
                .or(() -> lastSaid(statements, "durationSeconds"));
    }

    private static Optional<String> lastSaid(List<XapiStatement> statements, String column) {
        return statements.reversed().stream()
                .flatMap(statement -> Optional.ofNullable(statement.said().get(column)).stream())
                .filter(text -> !text.isEmpty())
                .findFirst();
    }

    private static void addAnswers(Map<String, String> cells, List<XapiStatement> statements) {
        var answers = Json.MAPPER.createArrayNode();
        var item = cells.get("itemExternalId");
        statements.stream()
                .filter(XapiStatement::isAnswer)
                .map(XapiAnswer::read)
                .forEach(
                        answer ->
                                answers.add(
                                        answer.put(
                                                "id", below(item, answer.get("id").asString()))));
        if (!answers.isEmpty()) {
            cells.put("interactions", answers.toString());
        }
    }

    // A question's id below the item's says the item again.
    private static String below(String item, String id) {
        boolean within =
                id.length() > item.length() + 1
                        && id.startsWith(item)
                        && (item.endsWith("/") || "/#?".indexOf(id.charAt(item.length())) >= 0);
        int slash = Math.max(id.lastIndexOf('/'), id.lastIndexOf('#'));
        return within && slash + 1 < id.length() ? id.substring(slash + 1) : id;
    }
}
