package io.coursewire.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.coursewire.api.TestApi.TestClient;
import io.coursewire.kernel.ClientId;
import io.coursewire.runtime.launch.GivenCourse;
import io.coursewire.storage.TestDatabase;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Attempts as files, over real HTTP.
class ExportsApiTest {
    @RegisterExtension static final TestDatabase db = TestDatabase.migrated();

    private static final RunningApi api = TestApi.over(db);
    private TestClient client;

    @BeforeEach
    void twoAttempts() {
        var course = GivenCourse.scorm12(db.jdbi(), Optional.empty(), 1);
        client = TestApi.withKey(api, course.client().value());
        for (var status : new String[] {"failed", "passed"}) {
            api.post(
                    client.key(),
                    client.path() + "/attempts",
                    "{\"user\":{\"username\":\"ada\"},\"item\":{\"externalId\":\"sco-0\"},\"status\":\""
                            + status
                            + "\",\"interactions\":[{\"id\":\"=1+1\",\"learnerResponse\":\"a\\n\\\"b\\\"\"}]}");
        }
    }

    private String export(String path) {
        var reply = api.get(client.key(), client.path() + "/exports/" + path);
        assertThat(reply.status()).isEqualTo(200);
        return new String(reply.response().body(), StandardCharsets.UTF_8);
    }

    @Test
    void the_headers_of_an_export_alone_tell_no_length() {
        var head =
                api.send(
                        client.key(),
                        client.path() + "/exports/attempts.csv",
                        request -> request.method("HEAD", BodyPublishers.noBody()));
        assertThat(head.status()).isEqualTo(200);
        assertThat(head.header("Content-Type")).isEqualTo("text/csv; charset=utf-8");
        assertThat(head.header("Content-Length")).isNull();
        assertThat(head.header("Coursewire-Unknown-Length")).isNull();
        assertThat(api.get(client.key(), client.path() + "/attempts").status()).isEqualTo(200);
    }

    @Test
    void an_export_has_the_attempts_of_the_list_with_its_filters() {
        var passed = api.get(client.key(), client.path() + "/attempts?status=passed").json();
        assertThat(export("attempts.ndjson").lines()).hasSize(2);
        assertThat(export("attempts.ndjson?status=passed").strip())
                .isEqualTo(passed.get("items").get(0).toString());
        var csv = export("attempts.csv?status=passed");
        assertThat(csv).startsWith("\uFEFFclientId,userId,username,");
        assertThat(csv).contains(",passed,").doesNotContain(",failed,");
        assertThat(api.get(client.key(), client.path() + "/exports/attempts.csv?state=x").status())
                .isEqualTo(400);
    }

    @Test
    void a_link_works_without_a_key_until_it_expires_and_cannot_be_forged() {
        var made =
                api.post(
                                client.key(),
                                client.path()
                                        + "/exports?format=ndjson&status=passed&expiresInSeconds=600",
                                "")
                        .json();
        var path = made.get("url").asString();
        var followed = api.get("none", path);
        assertThat(followed.status()).isEqualTo(200);
        assertThat(new String(followed.response().body(), StandardCharsets.UTF_8))
                .isEqualTo(export("attempts.ndjson?status=passed"));
        assertThat(api.get("none", path.substring(0, path.length() - 2)).status()).isEqualTo(404);
        assertThat(api.get("none", path.replace("/exports/", "/exports/A")).status())
                .isEqualTo(404);
        var past = InstantSource.fixed(Instant.EPOCH);
        var expired =
                new ExportLinks(TestApi.SECRET_KEY, past)
                        .make(new ClientId(client.id()), "csv", "", Duration.ofMinutes(1));
        assertThat(api.get("none", "/api/v1/exports/" + expired.token()).status()).isEqualTo(410);
    }
}
