package io.coursewire.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.coursewire.api.TestApi.TestClient;
import io.coursewire.runtime.launch.GivenCourse;
import io.coursewire.storage.TestDatabase;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// A field that is null counts as left out, as some libraries write every field that they know.
class NullsApiTest {
    @RegisterExtension static final TestDatabase db = TestDatabase.migrated();

    private static final RunningApi api = TestApi.over(db);
    private GivenCourse course;
    private TestClient client;

    @BeforeEach
    void aCourse() {
        course = GivenCourse.scorm12(db.jdbi(), Optional.empty(), 1);
        client = TestApi.withKey(api, course.client().value());
    }

    private RunningApi.Reply send(String method, String path, String body) {
        return api.send(
                client.key(),
                client.path() + path,
                request ->
                        request.header("Content-Type", "application/json")
                                .method(method, BodyPublishers.ofString(body)));
    }

    private static Stream<String> pointers(RunningApi.Reply reply) {
        assertThat(reply.status()).as(reply.json().toString()).isEqualTo(400);
        return reply.json().get("errors").values().stream()
                .map(error -> error.get("pointer").asString());
    }

    @Test
    void names_beside_nulls_lead_to_whom_and_what_they_name() {
        var user = "\"user\":{\"id\":\"%s\",\"username\":null}".formatted(course.user());
        var item = "\"item\":{\"id\":null,\"externalId\":\"sco-0\"}";
        var activity =
                "\"activity\":{\"id\":\"%s\",\"externalId\":null}".formatted(course.activity());
        for (var body :
                List.of(
                        "{%s,%s,\"activity\":null}".formatted(user, item),
                        "{%s,\"item\":null,%s,\"mode\":null}".formatted(user, activity))) {
            assertThat(send("POST", "/launches", body).status()).as(body).isEqualTo(201);
        }
        var result = "{%s,%s,%s,\"status\":\"passed\",\"scoreRaw\":null}";
        assertThat(send("POST", "/attempts", result.formatted(user, item, activity)).status())
                .isEqualTo(201);
    }

    @Test
    void nulls_name_nobody_and_nothing() {
        var ada = "\"user\":{\"username\":\"ada\"}";
        assertThat(
                        pointers(
                                send(
                                        "POST",
                                        "/launches",
                                        "{%s,\"item\":null,\"activity\":null}".formatted(ada))))
                .containsExactly("");
        assertThat(
                        pointers(
                                send(
                                        "POST",
                                        "/attempts",
                                        "{\"user\":{\"id\":null},\"item\":{\"externalId\":null},\"status\":\"passed\"}")))
                .containsExactlyInAnyOrder("/user", "/item");
        var move = "/attempts/" + course.items().getFirst() + "/moves";
        assertThat(pointers(send("POST", move, "{\"reason\":\"r\",\"user\":null,\"item\":null}")))
                .containsExactly("");
    }

    @Test
    void a_title_that_is_null_does_not_stand_in_the_way_of_titles() {
        var path = "/activities/" + course.activity();
        var changed = send("PATCH", path, "{\"title\":null,\"titles\":{\"en\":\"New\"}}");
        assertThat(changed.json().at("/titles/en").asString()).isEqualTo("New");
        assertThat(send("PATCH", path, "{\"titles\":null,\"title\":\"Newer\"}").json().at("/title"))
                .hasToString("\"Newer\"");
        assertThat(send("PATCH", path, "{\"titles\":null}").json().at("/title"))
                .hasToString("\"Newer\"");
    }
}
