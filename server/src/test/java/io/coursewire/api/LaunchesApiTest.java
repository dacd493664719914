package io.coursewire.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.coursewire.api.TestApi.TestClient;
import io.coursewire.kernel.Cursor;
import io.coursewire.runtime.launch.GivenCourse;
import io.coursewire.storage.TestDatabase;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Launch links, and the attempts that they make, over real HTTP.
class LaunchesApiTest {
    @RegisterExtension static final TestDatabase db = TestDatabase.migrated();

    private static final RunningApi api = TestApi.over(db);
    private GivenCourse course;
    private TestClient client;

    @BeforeEach
    void aCourse() {
        course = GivenCourse.scorm12(db.jdbi(), Optional.empty(), 1);
        client = TestApi.withKey(api, course.client().value());
    }

    private RunningApi.Reply launch(String body) {
        return api.post(client.key(), client.path() + "/launches", body);
    }

    private String attempts(String query) {
        return api.get(client.key(), client.path() + "/attempts" + query).json().toString();
    }

    private static Stream<String> pointers(RunningApi.Reply reply) {
        assertThat(reply.status()).as(reply.json().toString()).isEqualTo(400);
        return reply.json().get("errors").values().stream()
                .map(error -> error.get("pointer").asString());
    }

    @Test
    void a_launch_names_people_and_training_by_id_or_by_name() {
        var item = course.items().getFirst();
        for (var body :
                List.of(
                        "{\"user\":{\"username\":\"ada\"},\"activity\":{\"externalId\":\"org\"}}",
                        "{\"user\":{\"id\":\""
                                + course.user()
                                + "\"},\"activity\":{\"id\":\""
                                + course.activity()
                                + "\"}}",
                        "{\"user\":{\"username\":\"ada\"},\"item\":{\"externalId\":\"sco-0\"}}",
                        "{\"user\":{\"username\":\"ada\"},\"item\":{\"id\":\""
                                + item
                                + "\"},\"activity\":{\"externalId\":\"org\"},\"mode\":\"normal\"}")) {
            var reply = launch(body);
            assertThat(reply.status()).as(reply.json().toString()).isEqualTo(201);
            assertThat(reply.json().get("attemptNumber").asInt()).isEqualTo(1);
        }
    }

    @Test
    void an_attempt_that_nobody_opened_is_explained_too() {
        var launched =
                launch("{\"user\":{\"username\":\"ada\"},\"activity\":{\"externalId\":\"org\"}}");
        var attempt = client.path() + "/attempts/" + launched.json().get("attemptId").asString();
        var reply = api.get(client.key(), attempt + "/explanation");
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.json().get("status").asString()).isEqualTo("notStarted");
        assertThat(reply.json().get("rule").asString()).isEqualTo("none");
        assertThat(reply.json().at("/launches/0/launchId").asString())
                .isEqualTo(launched.json().get("launchId").asString());
        assertThat(reply.json().get("commits")).isEmpty();
    }

    @Test
    void the_attempt_of_a_launch_is_read_and_found() {
        var launched =
                launch(
                                "{\"user\":{\"username\":\"ada\"},\"activity\":{\"externalId\":\"org\"},\"expiresInSeconds\":60}")
                        .json();
        var id = launched.get("attemptId").asString();
        assertThat(Instant.parse(launched.get("expiresAt").asString()))
                .isBefore(Instant.now().plusSeconds(61));
        var read = api.get(client.key(), client.path() + "/attempts/" + id).json();
        assertThat(read.get("status").asString()).isEqualTo("notStarted");
        assertThat(
                        attempts(
                                "?username=ada&status=notStarted&dataSource=online&userId="
                                        + course.user()
                                        + "&activityId="
                                        + course.activity()
                                        + "&itemId="
                                        + course.items().getFirst()))
                .isEqualTo("{\"items\":[" + read + "],\"nextCursor\":null}");
        for (var nothing :
                List.of(
                        "?username=eve",
                        "?status=passed",
                        "?dataSource=offline",
                        "?updatedSince=2099-01-01T00:00:00Z",
                        "?itemId=" + course.activity())) {
            assertThat(attempts(nothing)).isEqualTo("{\"items\":[],\"nextCursor\":null}");
        }
        assertThat(attempts("?updatedSince=2020-01-01T00:00:00")).contains(id);
        assertThat(attempts("?updatedSince=0001-01-01T00:00:00Z")).contains(id);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "%2B999999999-12-31T23:59:59Z",
                "-999999999-01-01T00:00:00Z",
                "%2B10000-01-01T00:00:00Z",
                "0000-12-31T00:00:00Z"
            })
    void a_time_that_the_database_has_not_is_refused(String time) {
        var reply = api.get(client.key(), client.path() + "/attempts?updatedSince=" + time);
        assertThat(reply.status()).isEqualTo(400);
        var cursor = Cursor.of(time.replace("%2B", "+"), course.user()).text();
        assertThat(api.get(client.key(), client.path() + "/attempts?cursor=" + cursor).status())
                .isEqualTo(400);
    }

    @Test
    void every_attempt_is_on_one_page_of_the_list() {
        for (int i = 0; i < 5; i++) {
            launch(
                    "{\"user\":{\"username\":\"ada\"},\"activity\":{\"externalId\":\"org\"},\"attempt\":\"new\"}");
        }
        var first = api.get(client.key(), client.path() + "/attempts?limit=3").json();
        var second =
                api.get(
                                client.key(),
                                client.path()
                                        + "/attempts?limit=3&cursor="
                                        + first.get("nextCursor").asString())
                        .json();
        assertThat(
                        Stream.of(first, second)
                                .flatMap(page -> page.get("items").values().stream())
                                .map(item -> item.get("attemptNumber").asInt()))
                .containsExactly(1, 2, 3, 4, 5);
        assertThat(second.get("nextCursor").isNull()).isTrue();
    }

    @Test
    void what_is_wrong_with_a_launch_is_named() {
        assertThat(pointers(launch("{}"))).containsExactlyInAnyOrder("/user", "");
        assertThat(
                        pointers(
                                launch(
                                        "{\"user\":{},\"item\":{\"id\":\"x\",\"externalId\":\"y\"},\"mode\":\"revue\",\"attempt\":\"old\",\"expiresInSeconds\":0,\"returnUrl\":\"javascript:alert(1)\",\"lang\":\"en\"}")))
                .containsExactlyInAnyOrder(
                        "/user",
                        "/item",
                        "/item/id",
                        "/mode",
                        "/attempt",
                        "/expiresInSeconds",
                        "/returnUrl",
                        "/lang");
        assertThat(
                        pointers(
                                launch(
                                        "{\"user\":{\"username\":\"eve\"},\"activity\":{\"externalId\":\"org\"}}")))
                .containsExactly("/user");
        assertThat(
                        pointers(
                                launch(
                                        "{\"user\":{\"username\":\"ada\"},\"activity\":{\"externalId\":\"no\"}}")))
                .containsExactly("/activity");
        assertThat(
                        pointers(
                                launch(
                                        "{\"user\":{\"username\":\"ada\"},\"item\":{\"externalId\":\"no\"},\"activity\":{\"externalId\":\"org\"}}")))
                .containsExactly("/item");
    }

    @Test
    void a_return_url_must_be_on_an_origin_of_the_client() {
        var body =
                "{\"user\":{\"username\":\"ada\"},\"activity\":{\"externalId\":\"org\"},\"returnUrl\":\"%s\"}";
        assertThat(launch(body.formatted("https://lms.example/done?x=1")).status()).isEqualTo(201);
        assertThat(launch(body.formatted("https://LMS.example:443/done")).status()).isEqualTo(201);
        var refused = launch(body.formatted("https://evil.example/"));
        assertThat(pointers(refused)).containsExactly("/returnUrl");
        assertThat(refused.json().get("detail").asString()).contains("https://lms.example");
    }

    @Test
    void an_ambiguous_external_id_is_409_with_the_candidates() {
        var other =
                api.post(
                                client.key(),
                                client.path() + "/activities",
                                "{\"title\":\"Other\",\"type\":\"course\",\"externalId\":\"org\",\"items\":[{\"title\":\"I\",\"type\":\"event\",\"externalId\":\"sco-0\"}]}")
                        .json();
        var reply =
                launch("{\"user\":{\"username\":\"ada\"},\"activity\":{\"externalId\":\"org\"}}");
        assertThat(reply.status()).isEqualTo(409);
        assertThat(reply.json().get("type").asString()).endsWith("/ambiguous");
        assertThat(
                        reply.json().get("candidates").values().stream()
                                .map(candidate -> candidate.get("id").asString()))
                .containsExactlyInAnyOrder(
                        course.activity().toString(), other.at("/activity/id").asString());
        var item = launch("{\"user\":{\"username\":\"ada\"},\"item\":{\"externalId\":\"sco-0\"}}");
        assertThat(item.json().get("candidates").get(0).get("activityId").asString())
                .isEqualTo(course.activity().toString());
    }

    @Test
    void what_cannot_be_opened_is_a_conflict_that_says_why() {
        api.post(
                client.key(),
                client.path() + "/activities",
                "{\"title\":\"Paper\",\"type\":\"course\",\"externalId\":\"paper\",\"items\":[{\"title\":\"I\",\"type\":\"event\",\"externalId\":\"i\"}]}");
        var body = "{\"user\":{\"username\":\"ada\"},\"activity\":{\"externalId\":\"%s\"}%s}";
        for (var conflict :
                List.of(
                        body.formatted("paper", ""),
                        body.formatted("org", ",\"attempt\":\"resume\""),
                        body.formatted("org", ",\"mode\":\"review\""))) {
            assertThat(launch(conflict).status()).as(conflict).isEqualTo(409);
        }
    }

    @Test
    void a_launch_is_revoked_once_known_and_never_for_another_client() {
        var id =
                launch("{\"user\":{\"username\":\"ada\"},\"activity\":{\"externalId\":\"org\"}}")
                        .json()
                        .get("launchId")
                        .asString();
        var other = TestApi.givenClient(api);
        assertThat(api.delete(other.key(), other.path() + "/launches/" + id).status())
                .isEqualTo(404);
        assertThat(api.delete(client.key(), client.path() + "/launches/" + id).status())
                .isEqualTo(204);
        assertThat(
                        api.delete(client.key(), client.path() + "/launches/" + course.activity())
                                .status())
                .isEqualTo(404);
    }

    @Test
    void a_launch_asked_for_twice_with_one_key_is_one_launch() {
        var body =
                "{\"user\":{\"username\":\"ada\"},\"activity\":{\"externalId\":\"org\"},\"attempt\":\"new\"}";
        var urls =
                Stream.generate(
                                () ->
                                        api.send(
                                                client.key(),
                                                client.path() + "/launches",
                                                r ->
                                                        r.header("Idempotency-Key", "one")
                                                                .header(
                                                                        "Content-Type",
                                                                        "application/json")
                                                                .POST(
                                                                        BodyPublishers.ofString(
                                                                                body))))
                        .limit(3)
                        .map(reply -> reply.json().get("launchUrl").asString())
                        .distinct();
        assertThat(urls).hasSize(1);
        assertThat(attempts(""))
                .contains("\"attemptNumber\":1")
                .doesNotContain("\"attemptNumber\":2");
    }
}
