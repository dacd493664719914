package io.coursewire.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.coursewire.api.TestApi.TestClient;
import io.coursewire.kernel.ClientId;
import io.coursewire.runtime.launch.GivenCourse;
import io.coursewire.storage.TestDatabase;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

/// Who was there twice is one from then on: the emptied participant leads to the other. Over real HTTP.
class MergesApiTest {
    @RegisterExtension static final TestDatabase db = TestDatabase.migrated();

    private static final RunningApi api = TestApi.over(db);
    private TestClient client;

    @BeforeEach
    void aCourseAndGraceWhoIsAda() {
        var course = GivenCourse.scorm12(db.jdbi(), Optional.empty(), 1);
        client = TestApi.withKey(api, course.client().value());
        put("/users/grace", "{\"externalId\":\"E-1\",\"email\":\"grace@company.example\"}");
    }

    private JsonNode put(String path, String body) {
        return api.put(client.key(), client.path() + path, body).json();
    }

    private JsonNode get(String path) {
        return api.get(client.key(), client.path() + path).json();
    }

    private RunningApi.Reply post(String path, String body) {
        return api.post(client.key(), client.path() + path, body);
    }

    private RunningApi.Reply merge(String from, String into) {
        return post(
                "/users/" + from + "/merges",
                "{\"reason\":\"One person\",\"into\":{\"username\":\"%s\"}}".formatted(into));
    }

    private JsonNode enter(String username, String status) {
        var entered =
                post(
                        "/attempts",
                        """
                        {"user":{"username":"%s"},"item":{"externalId":"sco-0"},"status":"%s"}
                        """
                                .formatted(username, status));
        assertThat(entered.status()).as(entered.json().toString()).isEqualTo(201);
        return entered.json();
    }

    private List<String> usernames(String query) {
        return get("/attempts" + query).get("items").findValuesAsString("username");
    }

    @Test
    void the_emptied_participant_says_into_whom_and_why() {
        assertThat(get("/users/grace").get("mergedInto").isNull()).isTrue();
        assertThat(merge("grace", "ada").status()).isEqualTo(200);
        var merged = get("/users/grace").get("mergedInto");
        assertThat(merged.get("username").asString()).isEqualTo("ada");
        assertThat(merged.get("id")).isEqualTo(get("/users/ada").get("id"));
        assertThat(merged.get("reason").asString()).isEqualTo("One person");
        assertThat(merged.get("author").asString()).isNotEmpty();
        assertThat(put("/users/grace", "{}").at("/mergedInto/username").asString())
                .isEqualTo("ada");
        assertThat(get("/users").get("items").findValuesAsString("username"))
                .contains("ada", "grace");
    }

    @Test
    void a_merge_that_is_asked_for_again_under_its_key_answers_the_same() {
        enter("grace", "failed");
        var body = "{\"reason\":\"One person\",\"into\":{\"username\":\"ada\"}}";
        for (var replayed : Arrays.asList(null, "true")) {
            var reply =
                    api.send(
                            client.key(),
                            client.path() + "/users/grace/merges",
                            request ->
                                    request.header("Content-Type", "application/json")
                                            .header("Idempotency-Key", "merge-1")
                                            .POST(BodyPublishers.ofString(body)));
            assertThat(reply.status()).isEqualTo(200);
            assertThat(reply.json().get("moved").asInt()).isEqualTo(1);
            assertThat(reply.header("Idempotency-Replayed")).isEqualTo(replayed);
        }
    }

    @Test
    void what_is_said_of_the_emptied_one_is_said_of_the_other() {
        enter("grace", "failed");
        var id = get("/users/grace").get("id").asString();
        merge("grace", "ada");
        assertThat(enter("grace", "passed").at("/user/username").asString()).isEqualTo("ada");
        assertThat(usernames("?username=grace")).hasSize(2).containsOnly("ada");
        assertThat(usernames("?userId=" + id)).hasSize(2).containsOnly("ada");
        var launch =
                post(
                        "/launches",
                        "{\"user\":{\"id\":\"%s\"},\"item\":{\"externalId\":\"sco-0\"}}"
                                .formatted(id));
        assertThat(
                        get("/attempts/" + launch.json().get("attemptId").asString())
                                .at("/user/username")
                                .asString())
                .isEqualTo("ada");
    }

    @Test
    void imports_find_the_other_by_every_name_of_the_emptied_one() {
        var id = get("/users/grace").get("id").asString();
        merge("grace", "ada");
        var csv =
                "username,userId,userExternalId,itemExternalId,status,recordId\n"
                        + "grace,,,sco-0,passed,1\n,%s,,sco-0,passed,2\n,,E-1,sco-0,passed,3\nada,%s,,sco-0,passed,4\n"
                                .formatted(id, id);
        var job =
                api.send(
                        client.key(),
                        client.path() + "/imports?announce=false&createUsers=true",
                        request ->
                                request.header("Content-Type", "text/csv")
                                        .POST(BodyPublishers.ofString(csv)));
        TestApi.runImports(db.jdbi());
        var done = get("/imports/" + job.json().get("id").asString());
        assertThat(done.get("created").asInt()).as(done.toString()).isEqualTo(4);
        assertThat(usernames("")).hasSize(4).containsOnly("ada");
    }

    @Test
    void a_link_that_was_made_before_leads_to_the_other() {
        var launch =
                post(
                        "/launches",
                        "{\"user\":{\"username\":\"grace\"},\"item\":{\"externalId\":\"sco-0\"}}");
        assertThat(launch.status()).isEqualTo(201);
        merge("grace", "ada");
        assertThat(usersOfLinks()).containsExactly(get("/users/ada").get("id").asString());
    }

    private List<String> usersOfLinks() {
        var id = new ClientId(client.path().substring(client.path().lastIndexOf('/') + 1));
        return db.jdbi()
                .withHandle(
                        handle ->
                                handle.createQuery(
                                                "SELECT user_id FROM launch WHERE client_id = :client")
                                        .bind("client", id.value())
                                        .mapTo(String.class)
                                        .list());
    }

    @Test
    void nobody_is_merged_twice_and_who_leads_to_one_leads_on_with_him() {
        put("/users/eve", "{}");
        merge("grace", "ada");
        assertThat(merge("grace", "eve").status()).isEqualTo(409);
        assertThat(merge("ada", "grace").status()).isEqualTo(400);
        assertThat(merge("ada", "eve").status()).isEqualTo(200);
        assertThat(enter("grace", "passed").at("/user/username").asString()).isEqualTo("eve");
        assertThat(get("/users/grace").at("/mergedInto/username").asString()).isEqualTo("eve");
    }

    @Test
    void to_forget_the_other_is_to_forget_both() {
        var attempt = enter("grace", "passed").get("attemptId").asString();
        merge("grace", "ada");
        assertThat(api.delete(client.key(), client.path() + "/users/ada").status()).isEqualTo(204);
        assertThat(api.get(client.key(), client.path() + "/users/grace").status()).isEqualTo(404);
        assertThat(get("/attempts/" + attempt + "/history").toString())
                .doesNotContain("\"grace\"", "\"ada\"")
                .contains("anonymised-");
    }

    @Test
    void to_forget_the_emptied_one_frees_the_name_and_takes_it_out_of_what_was() {
        var attempt = enter("grace", "passed").get("attemptId").asString();
        merge("grace", "ada");
        assertThat(get("/attempts/" + attempt + "/history").toString()).contains("\"grace\"");
        api.delete(client.key(), client.path() + "/users/grace");
        assertThat(get("/attempts/" + attempt + "/history").toString())
                .doesNotContain("\"grace\"")
                .contains("\"ada\"");
        put("/users/grace", "{}");
        assertThat(enter("grace", "passed").at("/user/username").asString()).isEqualTo("grace");
    }
}
