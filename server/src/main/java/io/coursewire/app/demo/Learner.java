package io.coursewire.app.demo;

import io.coursewire.kernel.Json;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Plays the bundled course in one session, in fast motion: reports what the course itself would report,
/// page by page and question by question, with times for reading and thinking instead of waits.
/// Continues where the bookmark and the suspend data of an earlier session say.
public final class Learner {
    private static final List<String> PAGES =
            List.of("welcome", "figure", "sun", "distance", "follow");
    private static final long READING_MILLIS = 21_400;
    private static final DateTimeFormatter TIME_OF_DAY = DateTimeFormatter.ofPattern("HH:mm:ss");

    private final HeadlessSession session;
    private final Quiz quiz;
    private final Clock clock;
    private final ObjectNode answers;
    private int farthest;
    private long sessionMillis;

    public Learner(HeadlessSession session, Quiz quiz, Clock clock) {
        this.session = session;
        this.quiz = quiz;
        this.clock = clock;
        var remembered = remembered(session.element("cmi.suspend_data"));
        this.answers = remembered.withObjectProperty("answers");
        this.farthest = remembered.path("farthest").asInt();
    }

    private static ObjectNode remembered(String suspendData) {
        return suspendData.isEmpty()
                ? JsonNodeFactory.instance.objectNode()
                : (ObjectNode) Json.MAPPER.readTree(suspendData);
    }

    /// Where the session began or stands: a page, a question's id, or `result`.
    public String bookmark() {
        return session.element("cmi.core.lesson_location");
    }

    public int answeredCount() {
        return answers.size();
    }

    /// Turns the pages of the lesson that are still unread.
    public void read() {
        for (; farthest < PAGES.size(); farthest++) {
            sessionMillis += READING_MILLIS;
            var values = place(PAGES.get(farthest));
            values.put("cmi.core.lesson_status", "incomplete");
            session.commit(values);
        }
    }

    /// Answers the next question.
    public Answered answer(String response) {
        int number = answers.size();
        var answered = think(number, response);
        sessionMillis += answered.latencySeconds().movePointRight(3).longValueExact();
        remember(answered);
        farthest = PAGES.size() + number + 1;
        var values = interaction(answered);
        values.putAll(place(placeAfter(number)));
        session.commit(values);
        return answered;
    }

    /// Closes the page midway, meaning to come back. The attempt's status.
    public String leave() {
        return session.finish(Map.of("cmi.core.exit", "suspend"));
    }

    /// Shows the result and finishes. The attempt's status.
    public String finish() {
        var values = place("result");
        values.put("cmi.core.score.min", "0");
        values.put("cmi.core.score.max", String.valueOf(quiz.maximum()));
        values.put("cmi.core.score.raw", String.valueOf(points()));
        values.put("cmi.core.lesson_status", points() >= quiz.passingScore() ? "passed" : "failed");
        session.commit(values);
        return session.finish(Map.of("cmi.core.exit", ""));
    }

    /// What this session has told of its time so far.
    public BigDecimal sessionSeconds() {
        return BigDecimal.valueOf(sessionMillis, 3);
    }

    public int points() {
        return quiz.questions().stream()
                .filter(q -> answers.path(q.id()).path("result").asString("").equals("correct"))
                .mapToInt(Question::weighting)
                .sum();
    }

    private Answered think(int number, String response) {
        var question = quiz.questions().get(number);
        return new Answered(
                number,
                question,
                response,
                question.judge(response),
                BigDecimal.valueOf(430 + 173L * number, 2),
                OffsetDateTime.now(clock).truncatedTo(ChronoUnit.SECONDS));
    }

    private void remember(Answered answered) {
        answers.putObject(answered.question().id())
                .put("response", answered.response())
                .put("result", answered.result())
                .put("latency", timespan(answered))
                .put("time", TIME_OF_DAY.format(answered.at()));
    }

    private String placeAfter(int number) {
        return number + 1 < quiz.questions().size()
                ? quiz.questions().get(number + 1).id()
                : "result";
    }

    private Map<String, String> place(String name) {
        var values = new LinkedHashMap<String, String>();
        values.put("cmi.core.lesson_location", name);
        values.put("cmi.suspend_data", suspendData());
        values.put("cmi.core.session_time", timespan(sessionMillis));
        return values;
    }

    private String suspendData() {
        var data = JsonNodeFactory.instance.objectNode().put("farthest", farthest);
        return data.set("answers", answers).toString();
    }

    private static Map<String, String> interaction(Answered answered) {
        var question = answered.question();
        var prefix = "cmi.interactions." + answered.number() + ".";
        var values = new LinkedHashMap<String, String>();
        values.put(prefix + "id", question.id());
        values.put(prefix + "type", question.type());
        values.put(prefix + "time", TIME_OF_DAY.format(answered.at()));
        for (int n = 0; n < question.correct().size(); n++) {
            values.put(prefix + "correct_responses." + n + ".pattern", question.correct().get(n));
        }
        values.put(prefix + "weighting", String.valueOf(question.weighting()));
        values.put(prefix + "student_response", answered.response());
        values.put(prefix + "result", answered.result());
        values.put(prefix + "latency", timespan(answered));
        return values;
    }

    private static String timespan(Answered answered) {
        return timespan(answered.latencySeconds().movePointRight(3).longValueExact());
    }

    /// A CMITimespan, HHHH:MM:SS.SS.
    private static String timespan(long millis) {
        long seconds = millis / 1000;
        return "%04d:%02d:%02d.%02d"
                .formatted(seconds / 3600, seconds / 60 % 60, seconds % 60, millis % 1000 / 10);
    }
}
