package io.coursewire.offline.importing;

import static org.assertj.core.api.Assertions.assertThat;

import io.coursewire.offline.importing.Imports.RowVerdict;
import io.coursewire.offline.reading.FileForm;
import io.coursewire.storage.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Statements of learning record stores: those of one attempt are one attempt, with its answers. Real PostgreSQL.
class StatementFilesTest {
    @RegisterExtension static final TestDatabase db = TestDatabase.migrated();

    private static final Options SILENT = new Options(false, Policy.KEEP, false, true, false, 0);
    private static final String REGISTRATION = "4a6ba1ce-6d2c-4b8c-9a3e-0d2f8b6f4c11";

    @TempDir Path data;
    private ImportScene scene;

    @BeforeEach
    void aScene() {
        scene = new ImportScene(db.jdbi(), data);
    }

    private static String statement(String id, String verb, String minute, String rest) {
        return """
               {"id":"%s","actor":{"account":{"homePage":"https://lms.example","name":"ada"}},\
               "verb":{"id":"http://adlnet.gov/expapi/verbs/%s"},"timestamp":"2026-11-20T16:%s:00Z",%s}
               """
                .formatted(id, verb, minute, rest);
    }

    private static String of(String item, String verb, String minute, String result) {
        return statement(
                verb + minute,
                verb,
                minute,
                "\"object\":{\"id\":\"%s\"},\"result\":{%s},\"context\":{}"
                        .formatted(item, result));
    }

    private static String answer(String item, String question, String minute, boolean success) {
        return statement(
                question + minute,
                "answered",
                minute,
                """
                "object":{"id":"%s/%s","definition":{"description":{"en":"Which is it?"},"interactionType":"choice",\
                "correctResponsesPattern":["a[,]b","c"]}},"result":{"response":"a[,]b","success":%s,"duration":"PT12.5S"},\
                "context":{"contextActivities":{"parent":[{"id":"%s"}],"grouping":{"id":"course"}}}\
                """
                        .formatted(item, question, success, item));
    }

    private static String registered(String statements) {
        return statements
                .replace("\"context\":{", "\"context\":{\"registration\":\"" + REGISTRATION + "\"")
                .replace(REGISTRATION + "\"\"", REGISTRATION + "\",\"");
    }

    private Import run(String statements, Options options) {
        return scene.finish(
                scene.submit(
                        statements.getBytes(StandardCharsets.UTF_8),
                        FileForm.NDJSON,
                        options,
                        "{}"));
    }

    private List<JsonNode> attempts(String statements) {
        var done = run(statements, SILENT);
        assertThat(done.counts().refused()).as(scene.rows(done).toString()).isZero();
        return scene.attempts();
    }

    private static List<String> statuses(List<JsonNode> attempts) {
        return attempts.stream().map(attempt -> attempt.get("status").asString()).sorted().toList();
    }

    @Test
    void statements_of_one_registration_are_one_attempt_in_whatever_order_they_come() {
        var newestFirst =
                registered(
                        of("sco-0", "terminated", "31", "\"duration\":\"PT20M\"")
                                + of("sco-0", "passed", "30", "\"score\":{\"scaled\":0.8}")
                                + of("sco-0", "completed", "29", "")
                                + answer("sco-0", "q2", "12", false)
                                + of("sco-0", "initialized", "11", "")
                                + of("sco-0", "terminated", "10", "\"duration\":\"PT5M\"")
                                + answer("sco-0", "q1", "05", true)
                                + of("sco-0", "initialized", "00", ""));
        var attempts = attempts(newestFirst);
        assertThat(attempts).hasSize(1);
        var attempt = attempts.getFirst();
        assertThat(attempt.get("status").asString()).isEqualTo("passed");
        assertThat(attempt.get("scoreScaled").decimalValue()).isEqualByComparingTo("0.8");
        assertThat(attempt.get("startedDateTime").asString()).isEqualTo("2026-11-20T16:00:00");
        assertThat(attempt.get("completedDateTime").asString()).isEqualTo("2026-11-20T16:29:00");
        assertThat(attempt.get("durationSeconds").decimalValue()).isEqualByComparingTo("1500");
        assertThat(attempt.get("interactions").findValuesAsString("id"))
                .containsExactly("q1", "q2");
        var question = attempt.at("/interactions/0");
        assertThat(question.get("questionType").asString()).isEqualTo("choice");
        assertThat(question.get("description").asString()).isEqualTo("Which is it?");
        assertThat(question.get("learnerResponse").asString()).isEqualTo("a[,]b");
        assertThat(question.get("correctResponse").asString()).isEqualTo("a[,]b || c");
        assertThat(question.get("result").asString()).isEqualTo("correct");
        assertThat(question.get("latencySeconds").decimalValue()).isEqualByComparingTo("12.5");
        assertThat(question.get("timestamp").asString()).isEqualTo("2026-11-20T16:05:00");
        assertThat(attempt.at("/interactions/1/result").asString()).isEqualTo("incorrect");
    }

    @Test
    void without_a_registration_what_begins_anew_after_a_result_is_the_next_attempt() {
        var attempts =
                attempts(
                        of("sco-0", "initialized", "00", "")
                                + answer("sco-0", "q1", "05", false)
                                + of("sco-0", "failed", "10", "")
                                + of("sco-0", "completed", "11", "")
                                + answer("sco-0", "q1", "20", true)
                                + of("sco-0", "passed", "21", "")
                                + of("sco-0", "initialized", "30", ""));
        assertThat(statuses(attempts)).containsExactly("failed", "inProgress", "passed");
        assertThat(attempts)
                .filteredOn(attempt -> !attempt.get("status").asString().equals("inProgress"))
                .allSatisfy(attempt -> assertThat(attempt.get("interactions")).hasSize(1));
    }

    @Test
    void answers_alone_are_an_attempt_that_is_incomplete() {
        var attempts =
                attempts(answer("sco-1", "q1", "05", true) + answer("sco-1", "q2", "06", true));
        assertThat(statuses(attempts)).containsExactly("incomplete");
        assertThat(attempts.getFirst().get("interactions")).hasSize(2);
        assertThat(attempts.getFirst().get("startedDateTime").asString())
                .isEqualTo("2026-11-20T16:05:00");
    }

    @Test
    void an_answer_is_of_the_activity_above_it_that_other_statements_tell_of() {
        var quizOfCourse = answer("quiz", "q1", "05", true).replace("\"course\"", "\"sco-0\"");
        var attempts = attempts(of("sco-0", "passed", "30", "") + quizOfCourse);
        assertThat(statuses(attempts)).containsExactly("passed");
        assertThat(attempts.getFirst().at("/interactions/0/id").asString()).isEqualTo("quiz/q1");
    }

    @Test
    void an_answer_that_names_no_activity_is_refused_and_its_neighbours_go_in() {
        var lost = answer("sco-0", "q1", "05", true).replaceAll("\"contextActivities\".*", "}}");
        var done = run(of("sco-0", "passed", "30", "") + lost, SILENT);
        assertThat(done.counts().created()).isEqualTo(1);
        var refused = scene.rows(done).getLast();
        assertThat(refused.line()).isEqualTo(2);
        assertThat(refused.faults().getFirst().message()).contains("context.contextActivities");
    }

    @Test
    void the_same_statements_again_change_nothing_and_more_of_them_replace_where_they_may() {
        var begun =
                registered(
                        of("sco-0", "initialized", "00", "") + answer("sco-0", "q1", "05", true));
        assertThat(run(begun, SILENT).counts().created()).isEqualTo(1);
        assertThat(run(begun, SILENT).counts().unchanged()).isEqualTo(1);
        var ended = begun + registered(of("sco-0", "passed", "10", ""));
        assertThat(run(ended, SILENT).counts().unchanged()).isEqualTo(1);
        var replace = new Options(false, Policy.REPLACE_IF_NEWER, false, false, false, 0);
        assertThat(run(ended, replace).counts().updated()).isEqualTo(1);
        assertThat(statuses(scene.attempts())).containsExactly("passed");
    }

    @Test
    void rows_are_paged_although_attempts_end_in_another_order_than_they_were_decided() {
        var statements = new StringBuilder();
        for (int person = 0; person < 5; person++) {
            var passed = of("sco-0", "passed", "1" + person, "").replace("ada", "user" + person);
            statements.append(passed);
        }
        for (int person = 4; person >= 0; person--) {
            var late = of("sco-0", "terminated", "2" + person, "");
            statements.append(late.replace("ada", "user" + person));
        }
        var done = run(statements.toString(), SILENT);
        var lines = new ArrayList<Long>();
        var cursor = Optional.<String>empty();
        do {
            var page = scene.imports.rows(done, "c", 2, cursor);
            page.items().stream().map(RowVerdict::line).forEach(lines::add);
            cursor = page.nextCursor();
        } while (cursor.isPresent());
        assertThat(lines).containsExactly(5L, 4L, 3L, 2L, 1L);
    }
}
