package io.coursewire.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.coursewire.api.TestApi.TestClient;
import io.coursewire.attempts.ReadAttempts;
import io.coursewire.runtime.launch.GivenCourse;
import io.coursewire.storage.TestDatabase;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Results that are entered and corrected, over real HTTP.
class OfflineApiTest {
    @RegisterExtension static final TestDatabase db = TestDatabase.migrated();

    private static final RunningApi api = TestApi.over(db);
    private TestClient client;

    @BeforeEach
    void aCourse() {
        var course = GivenCourse.scorm12(db.jdbi(), Optional.empty(), 1);
        client = TestApi.withKey(api, course.client().value());
    }

    private RunningApi.Reply enter(String fields) {
        return api.post(
                client.key(),
                client.path() + "/attempts",
                "{\"user\":{\"username\":\"ada\"},\"item\":{\"externalId\":\"sco-0\"}"
                        + fields
                        + "}");
    }

    private RunningApi.Reply correct(RunningApi.Reply attempt, String fields) {
        return api.patch(
                client.key(),
                client.path() + "/attempts/" + attempt.json().get("attemptId").asString(),
                "{" + fields + "}");
    }

    private static Stream<String> pointers(RunningApi.Reply reply) {
        assertThat(reply.status()).as(reply.json().toString()).isEqualTo(400);
        return reply.json().get("errors").values().stream()
                .map(error -> error.get("pointer").asString());
    }

    @Test
    void a_page_of_large_attempts_ends_early_and_the_next_one_goes_on() {
        var ids = new ArrayList<String>();
        for (int n = 0; n < 3; n++) {
            ids.add(enter(",\"status\":\"passed\"").json().get("attemptId").asString());
        }
        db.jdbi()
                .useHandle(
                        h ->
                                h.execute(
                                        "UPDATE attempt SET payload = payload || convert_to(repeat(' ', ?::integer), 'UTF8') WHERE client_id = ?",
                                        ReadAttempts.PAGE_BYTES_MAX / 2,
                                        client.id()));
        var first = api.get(client.key(), client.path() + "/attempts").json();
        assertThat(first.get("items")).hasSize(2);
        var cursor = first.get("nextCursor").asString();
        var second = api.get(client.key(), client.path() + "/attempts?cursor=" + cursor).json();
        assertThat(second.get("nextCursor").isNull()).isTrue();
        assertThat(
                        Stream.of(first, second)
                                .flatMap(page -> page.get("items").values().stream())
                                .map(item -> item.get("attemptId").asString()))
                .containsExactlyElementsOf(ids);
    }

    @Test
    void an_entered_result_is_an_attempt_like_any_other() {
        var entered =
                enter(
                        """
                        ,"status":"passed","scoreRaw":17,"scoreMinimum":0,"scoreMaximum":20,
                        "startedDateTime":"2026-11-20T15:00:00+01:00","completedDateTime":"2026-11-20T15:30:00",
                        "durationSeconds":1800,
                        "interactions":[{"id":"Q1","questionType":"choice","learnerResponse":"b","result":"correct",
                                         "weighting":1,"latencySeconds":12.5,"timestamp":"2026-11-20T15:10:00"}]
                        """);
        assertThat(entered.status()).as(entered.json().toString()).isEqualTo(201);
        var attempt = entered.json();
        assertThat(attempt.get("status").asString()).isEqualTo("passed");
        assertThat(attempt.get("attemptNumber").asInt()).isEqualTo(1);
        assertThat(attempt.get("dataSource").asString()).isEqualTo("offline");
        assertThat(attempt.get("startedDateTime").asString()).isEqualTo("2026-11-20T14:00:00");
        assertThat(attempt.get("completedDateTime").asString()).isEqualTo("2026-11-20T15:30:00");
        assertThat(attempt.at("/interactions/0/learnerResponse").asString()).isEqualTo("b");
        var id = attempt.get("attemptId").asString();
        assertThat(api.get(client.key(), client.path() + "/attempts/" + id).json())
                .isEqualTo(attempt);
    }

    @Test
    void what_follows_from_the_points_is_said() {
        var derived = enter(",\"status\":\"passed\",\"scoreRaw\":17,\"scoreMaximum\":20");
        assertThat(derived.json().get("scoreScaled").decimalValue()).isEqualByComparingTo("0.85");
        assertThat(derived.header("Coursewire-Derived")).isEqualTo("scoreScaled");
        var given =
                enter(
                        ",\"status\":\"passed\",\"scoreScaled\":0.7667,\"scoreRaw\":2,\"scoreMaximum\":5");
        assertThat(given.json().get("scoreScaled").decimalValue()).isEqualByComparingTo("0.7667");
        assertThat(given.header("Coursewire-Derived")).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "scoreRaw,1e-2000000000",
        "scoreScaled,1e-30000000",
        "durationSeconds,1e-1000000",
        "scoreMinimum,1e-99999"
    })
    void a_number_far_from_the_point_is_refused(String name, String number) {
        var given = ",\"status\":\"passed\",\"" + name + "\":" + number;
        assertThat(pointers(enter(given))).contains("/" + name);
    }

    @Test
    void what_follows_from_the_points_is_said_to_a_repetition_too() {
        for (var replayed : Arrays.asList(null, "true")) {
            var reply =
                    api.send(
                            client.key(),
                            client.path() + "/attempts",
                            request ->
                                    request.header("Content-Type", "application/json")
                                            .header("Idempotency-Key", "result-1")
                                            .POST(
                                                    BodyPublishers.ofString(
                                                            "{\"user\":{\"username\":\"ada\"},\"item\":{\"externalId\":\"sco-0\"},\"status\":\"passed\",\"scoreRaw\":17,\"scoreMaximum\":20}")));
            assertThat(reply.header("Idempotency-Replayed")).isEqualTo(replayed);
            assertThat(reply.header("Coursewire-Derived")).isEqualTo("scoreScaled");
        }
    }

    @Test
    void numbers_are_given_or_next_and_never_doubled() {
        assertThat(enter(",\"status\":\"failed\",\"attemptNumber\":3").status()).isEqualTo(201);
        assertThat(enter(",\"status\":\"failed\"").json().get("attemptNumber").asInt())
                .isEqualTo(4);
        var taken = enter(",\"status\":\"failed\",\"attemptNumber\":3");
        assertThat(taken.status()).isEqualTo(409);
        assertThat(taken.json().get("detail").asString()).contains("next");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/status               | \"status\":\"active\"",
                "/status               | \"status\":\"pased\"",
                "/scoreScaled          | \"status\":\"passed\",\"scoreScaled\":1.2",
                "/scoreMaximum         | \"status\":\"passed\",\"scoreRaw\":9,\"scoreMaximum\":5",
                "/scoreRaw             | \"status\":\"passed\",\"scoreRaw\":1,\"scoreMinimum\":2",
                "/completedDateTime    | \"status\":\"passed\",\"completedDateTime\":\"2026-02-30T10:00:00\"",
                "/completedDateTime    | \"status\":\"passed\",\"completedDateTime\":\"2999-01-01T10:00:00\"",
                "/completedDateTime    | \"status\":\"incomplete\",\"completedDateTime\":\"2026-01-01T10:00:00\"",
                "/completedDateTime    | \"status\":\"passed\",\"startedDateTime\":\"2026-01-02T10:00:00\",\"completedDateTime\":\"2026-01-01T10:00:00\"",
                "/durationSeconds      | \"status\":\"passed\",\"durationSeconds\":-1",
                "/attemptNumber        | \"status\":\"passed\",\"attemptNumber\":0",
                "/interactions/0/result| \"status\":\"passed\",\"interactions\":[{\"id\":\"a\",\"result\":\"wrong\"}]",
                "/scoreRow             | \"status\":\"passed\",\"scoreRow\":1",
            })
    void a_result_that_cannot_be_is_refused_by_field(String pointer, String fields) {
        assertThat(pointers(enter("," + fields))).containsExactly(pointer);
    }

    @Test
    void a_correction_changes_what_it_names_and_keeps_the_rest() {
        var entered =
                enter(
                        ",\"status\":\"failed\",\"scoreRaw\":8,\"scoreMaximum\":20,\"completedDateTime\":\"2026-11-20T15:30:00\"");
        var corrected =
                correct(
                        entered,
                        "\"reason\":\"Marked wrongly\",\"status\":\"passed\",\"scoreRaw\":18");
        assertThat(corrected.status()).as(corrected.json().toString()).isEqualTo(200);
        var attempt = corrected.json();
        assertThat(attempt.get("status").asString()).isEqualTo("passed");
        assertThat(attempt.get("scoreScaled").decimalValue()).isEqualByComparingTo("0.9");
        assertThat(attempt.get("scoreMaximum").decimalValue()).isEqualByComparingTo("20");
        assertThat(attempt.get("completedDateTime").asString()).isEqualTo("2026-11-20T15:30:00");
        assertThat(corrected.header("Coursewire-Derived")).isEqualTo("scoreScaled");
        var lowered = correct(entered, "\"reason\":\"Withdrawn\",\"status\":\"incomplete\"").json();
        assertThat(lowered.get("completedDateTime").isNull()).isTrue();
        var again = correct(entered, "\"reason\":\"Given back\",\"status\":\"passed\"").json();
        assertThat(again.get("completedDateTime").asString()).isEqualTo("2026-11-20T15:30:00");
    }

    @Test
    void a_correction_needs_a_reason_and_a_result_that_can_be() {
        var entered = enter(",\"status\":\"failed\",\"scoreRaw\":8,\"scoreMaximum\":20");
        assertThat(pointers(correct(entered, "\"status\":\"passed\""))).containsExactly("/reason");
        assertThat(pointers(correct(entered, "\"reason\":\"r\",\"scoreRaw\":21")))
                .containsExactly("/scoreMaximum");
    }

    @Test
    void what_stood_before_a_correction_stays_readable_with_reason_and_author() {
        var entered = enter(",\"status\":\"failed\",\"scoreRaw\":8,\"scoreMaximum\":20");
        correct(entered, "\"reason\":\"Marked wrongly\",\"scoreRaw\":18");
        correct(entered, "\"reason\":\"Passed, then\",\"status\":\"passed\"");
        var history =
                api.get(
                                client.key(),
                                client.path()
                                        + "/attempts/"
                                        + entered.json().get("attemptId").asString()
                                        + "/history")
                        .json()
                        .get("items");
        assertThat(history.findValuesAsString("cause"))
                .containsExactly("entered", "corrected", "corrected");
        assertThat(history.at("/0/attempt")).isEqualTo(entered.json());
        assertThat(history.at("/1/attempt/status").asString()).isEqualTo("failed");
        assertThat(history.at("/1/attempt/scoreRaw").asInt()).isEqualTo(18);
        assertThat(history.at("/1/reason").asString()).isEqualTo("Marked wrongly");
        assertThat(history.at("/2/attempt/status").asString()).isEqualTo("passed");
        assertThat(history.at("/2/version").asInt())
                .isGreaterThan(history.at("/1/version").asInt());
    }

    @Test
    void participants_who_are_there_twice_become_one_and_an_attempt_goes_where_it_belongs() {
        var grace = client.path() + "/users/grace";
        api.put(client.key(), grace, "{}");
        enter(",\"status\":\"failed\"");
        var second = enter(",\"status\":\"passed\"").json().get("attemptId").asString();
        var moved =
                api.post(
                        client.key(),
                        client.path() + "/attempts/" + second + "/moves",
                        "{\"reason\":\"Entered for the wrong person\",\"user\":{\"username\":\"grace\"}}");
        assertThat(moved.status()).as(moved.json().toString()).isEqualTo(200);
        assertThat(moved.json().at("/user/username").asString()).isEqualTo("grace");
        assertThat(moved.json().get("attemptNumber").asInt()).isEqualTo(1);
        var merged =
                api.post(
                        client.key(),
                        grace + "/merges",
                        "{\"reason\":\"One person\",\"into\":{\"username\":\"ada\"}}");
        assertThat(merged.json().get("moved").asInt()).isEqualTo(1);
        var all = api.get(client.key(), client.path() + "/attempts?username=ada").json();
        assertThat(all.get("items").findValuesAsString("attemptNumber"))
                .containsExactlyInAnyOrder("1", "2");
        assertThat(
                        api.get(client.key(), client.path() + "/attempts/" + second + "/history")
                                .json()
                                .get("items")
                                .findValuesAsString("cause"))
                .containsExactly("entered", "moved", "merged");
        assertThat(
                        api.post(
                                        client.key(),
                                        client.path() + "/users/ada/merges",
                                        "{\"reason\":\"r\",\"into\":{\"username\":\"ada\"}}")
                                .status())
                .isEqualTo(400);
    }
}
