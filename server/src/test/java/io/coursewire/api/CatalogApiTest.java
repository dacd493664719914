package io.coursewire.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.coursewire.api.TestApi.TestClient;
import io.coursewire.storage.TestDatabase;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

/// Clients, users, activities and keys over real HTTP; every answer is held against the OpenAPI document.
class CatalogApiTest {
    @RegisterExtension static final TestDatabase db = TestDatabase.migrated();

    private static final RunningApi api = TestApi.over(db);
    private TestClient client;

    @BeforeEach
    void aClient() {
        client = TestApi.givenClient(api);
    }

    private RunningApi.Reply get(String path) {
        return api.get(client.key(), client.path() + path);
    }

    private RunningApi.Reply put(String path, String body) {
        return api.put(client.key(), client.path() + path, body);
    }

    private RunningApi.Reply post(String path, String body) {
        return api.post(client.key(), client.path() + path, body);
    }

    private RunningApi.Reply patch(String path, String body) {
        return api.patch(client.key(), client.path() + path, body);
    }

    private static Stream<String> pointers(RunningApi.Reply reply) {
        assertThat(reply.status()).as(reply.json().toString()).isEqualTo(400);
        return reply.json().get("errors").values().stream()
                .map(error -> error.get("pointer").asString());
    }

    @Test
    void a_client_answers_as_it_was_put_with_every_setting() {
        var reply =
                put(
                        "",
                        """
                        {"name":"Company XYZ","defaultLanguage":"FR-ca","returnOrigins":["https://LMS.example/"],
                         "settings":{"scorm12.untouchedStatus":"incomplete","scorm12.strictLimits":true}}
                        """);
        assertThat(reply.status()).isEqualTo(200);
        assertThat(get("").json()).isEqualTo(reply.json());
        assertThat(reply.json().toString())
                .isEqualTo(
                        "{\"clientId\":\""
                                + client.id()
                                + "\",\"name\":\"Company XYZ\",\"defaultLanguage\":\"fr-CA\",\"returnOrigins\":[\"https://lms.example\"],"
                                + "\"settings\":{\"scorm12.untouchedStatus\":\"incomplete\",\"scorm12.failedIsComplete\":true,"
                                + "\"scorm12.strictLimits\":true,\"scorm2004.untouchedStatus\":\"completed\"}}");
    }

    @Test
    void what_is_wrong_with_a_client_is_named() {
        assertThat(pointers(put("", "{}"))).containsExactlyInAnyOrder("/name", "/defaultLanguage");
        assertThat(
                        pointers(
                                put(
                                        "",
                                        """
                                        {"name":"","defaultLanguage":"e","returnOrigins":["https://x.example/y",7],
                                         "settings":{"scorm12.untouched":1,"scorm12.failedIsComplete":"yes","scorm2004.untouchedStatus":"passed"}}
                                        """)))
                .containsExactlyInAnyOrder(
                        "/name",
                        "/defaultLanguage",
                        "/returnOrigins",
                        "/returnOrigins/1",
                        "/settings/scorm12.untouched",
                        "/settings/scorm12.failedIsComplete",
                        "/settings/scorm2004.untouchedStatus");
        assertThat(pointers(api.put(TestApi.ADMIN, "/api/v1/clients/Company", "{}")))
                .containsExactly("clientId");
    }

    @Test
    void an_admin_lists_all_clients_and_a_client_its_own() {
        var other = TestApi.givenClient(api);
        var own = api.get(client.key(), "/api/v1/clients").json();
        assertThat(ids(own, "clientId")).containsExactly(client.id());
        assertThat(own.get("nextCursor").isNull()).isTrue();
        assertThat(ids(api.get(TestApi.ADMIN, "/api/v1/clients?limit=500").json(), "clientId"))
                .contains(client.id(), other.id());
    }

    private static List<String> ids(JsonNode page, String name) {
        return page.get("items").values().stream().map(item -> item.get(name).asString()).toList();
    }

    @Test
    void a_user_is_new_once_and_replaced_after() {
        var first = put("/users/sleyhane", "{\"firstName\":\"Siobhán\",\"language\":\"en-IE\"}");
        var second = put("/users/sleyhane", "{\"lastName\":\"Leyhane\"}");
        assertThat(first.status()).isEqualTo(201);
        assertThat(second.status()).isEqualTo(200);
        assertThat(second.json().get("id")).isEqualTo(first.json().get("id"));
        assertThat(second.json().get("firstName").isNull()).isTrue();
        assertThat(get("/users/sleyhane").json()).isEqualTo(second.json());
    }

    @Test
    void usernames_of_all_kinds_go_through_a_path() {
        for (var username :
                List.of(
                        "a@b.example",
                        "Jürgen Müller",
                        "李雷",
                        "a/b",
                        "50%",
                        "a+b",
                        "x;y=1",
                        "..",
                        "😀")) {
            var path =
                    "/users/"
                            + URLEncoder.encode(username, StandardCharsets.UTF_8)
                                    .replace("+", "%20")
                                    .replace(".", "%2E");
            assertThat(put(path, "{}").json().path("username").asString())
                    .as(username)
                    .isEqualTo(username);
            assertThat(get(path).json().get("username").asString()).isEqualTo(username);
        }
        assertThat(get("/users?limit=3").json().get("nextCursor").isNull()).isFalse();
    }

    @Test
    void usernames_that_nobody_could_tell_apart_or_store_are_refused() {
        for (var path :
                List.of(
                        "%20x",
                        "x%20",
                        "%00",
                        "a%00b",
                        "a%0Ab",
                        "%E2%80%8B",
                        "x".repeat(256),
                        "anonymised-1")) {
            assertThat(pointers(put("/users/" + path, "{}"))).as(path).containsExactly("username");
            assertThat(get("/users/" + path).status()).as(path).isIn(400, 404);
        }
        assertThat(put("/users/%ff", "{}").status()).isEqualTo(400);
    }

    @Test
    void pages_lead_through_all_users_and_no_further() {
        for (int i = 0; i < 7; i++) {
            put("/users/user-" + i, "{}");
        }
        var first = get("/users?limit=4").json();
        var second = get("/users?limit=4&cursor=" + first.get("nextCursor").asString()).json();
        assertThat(ids(first, "username")).containsExactly("user-0", "user-1", "user-2", "user-3");
        assertThat(ids(second, "username")).containsExactly("user-4", "user-5", "user-6");
        assertThat(second.get("nextCursor").isNull()).isTrue();
        assertThat(pointers(get("/users?cursor=x"))).containsExactly("cursor");
        assertThat(pointers(get("/activities?cursor=eA"))).containsExactly("cursor");
    }

    @Test
    void a_forgotten_user_is_gone_and_the_name_is_free() {
        var before = put("/users/sleyhane", "{\"email\":\"s@example.com\"}").json().get("id");
        assertThat(api.delete(client.key(), client.path() + "/users/sleyhane").status())
                .isEqualTo(204);
        assertThat(get("/users/sleyhane").status()).isEqualTo(404);
        assertThat(api.delete(client.key(), client.path() + "/users/sleyhane").status())
                .isEqualTo(404);
        assertThat(put("/users/sleyhane", "{}").json().get("id")).isNotEqualTo(before);
    }

    @Test
    void training_without_a_package_comes_back_in_the_default_language() {
        var made =
                post(
                        "/activities",
                        """
                        {"titles":{"fr":"Premiers secours","en":"First aid"},"type":"course","externalId":"first-aid",
                         "items":[{"title":"Morning","type":"event","externalId":"am"},{"titles":{"de":"Prüfung"},"type":"assessment","externalId":"test"}]}
                        """);
        assertThat(made.status()).isEqualTo(201);
        assertThat(made.json().at("/activity/title").asString()).isEqualTo("First aid");
        assertThat(made.json().at("/items/1/title").asString()).isEqualTo("Prüfung");
        var read = get("/activities/" + made.json().at("/activity/id").asString()).json();
        assertThat(read.at("/titles/fr").asString()).isEqualTo("Premiers secours");
        assertThat(read.at("/items/0/titles/und").asString()).isEqualTo("Morning");
        assertThat(get("/activities").json().get("items").get(0)).isEqualTo(read);
        put("", "{\"name\":\"Company\",\"defaultLanguage\":\"fr-CA\"}");
        assertThat(get("/activities").json().at("/items/0/title").asString())
                .isEqualTo("Premiers secours");
    }

    @Test
    void a_title_may_be_texts_by_language_too() {
        var body =
                """
                {"title":{"en":"First aid"},"type":"course","externalId":"e","items":[{"title":{"en":"A"},"type":"event","externalId":"a"}]}
                """;
        var made =
                api.send(
                        client.key(),
                        client.path() + "/activities",
                        request ->
                                request.header("Content-Type", "application/json")
                                        .POST(BodyPublishers.ofString(body)));
        assertThat(made.json().at("/activity/title").asString()).isEqualTo("First aid");
        assertThat(made.json().at("/items/0/title").asString()).isEqualTo("A");
    }

    @Test
    void what_is_wrong_with_training_is_named() {
        assertThat(pointers(post("/activities", "{}")))
                .containsExactlyInAnyOrder("/title", "/type", "/externalId", "/items");
        assertThat(
                        pointers(
                                post(
                                        "/activities",
                                        """
                                        {"title":{"nonsense!":"x"},"type":"cours","externalId":7,
                                         "items":[{"title":"a","type":"event","externalId":"same"},{"title":"b","type":"event","externalId":"same","extra":1}]}
                                        """)))
                .contains(
                        "/title", "/type", "/externalId", "/items/1/externalId", "/items/1/extra");
        assertThat(post("/activities", "{\"type\":\"cours\"}").json().toString())
                .contains("Did you mean \\\"course\\\"?");
    }

    @Test
    void titles_are_changed_under_the_name_that_they_are_shown_by() {
        var made =
                post(
                                "/activities",
                                """
                                {"title":"T","type":"course","externalId":"e","items":[{"title":"a","type":"event","externalId":"a"}]}
                                """)
                        .json();
        var path = "/activities/" + made.at("/activity/id").asString();
        var changed =
                patch(
                        path,
                        "{\"titles\":{\"en\":\"New\",\"de\":\"Neu\"},\"items\":[{\"id\":\"%s\",\"titles\":{\"en\":\"A\"}}]}"
                                .formatted(made.at("/items/0/id").asString()));
        assertThat(changed.json().get("titles").toString())
                .isEqualTo("{\"de\":\"Neu\",\"en\":\"New\"}");
        assertThat(changed.json().at("/items/0/titles/en").asString()).isEqualTo("A");
        assertThat(pointers(patch(path, "{\"title\":\"X\",\"titles\":{\"en\":\"X\"}}")))
                .containsExactly("/titles");
        assertThat(pointers(patch(path, "{\"titles\":{\"e n\":\"X\"}}"))).contains("/titles");
        assertThat(pointers(patch(path, "{\"titles\":{}}"))).containsExactly("/titles");
    }

    @Test
    void a_change_of_labels_is_whole_or_nothing() {
        var made =
                post(
                                "/activities",
                                """
                                {"title":"T","type":"course","externalId":"e",
                                 "items":[{"title":"a","type":"event","externalId":"a"},{"title":"b","type":"event","externalId":"b"}]}
                                """)
                        .json();
        var path = "/activities/" + made.at("/activity/id").asString();
        var item = made.at("/items/0/id").asString();
        var changed =
                patch(
                        path,
                        "{\"titles\":{\"en\":\"New\"},\"items\":[{\"id\":\"%s\",\"type\":\"video\"}]}"
                                .formatted(item));
        assertThat(changed.json().get("title").asString()).isEqualTo("New");
        assertThat(changed.json().at("/items/0/type").asString()).isEqualTo("video");
        assertThat(changed.json().at("/items/0/title").asString()).isEqualTo("a");
        var taken =
                patch(
                        path,
                        "{\"title\":\"X\",\"items\":[{\"id\":\"%s\",\"externalId\":\"b\"}]}"
                                .formatted(item));
        assertThat(taken.status()).isEqualTo(409);
        assertThat(
                        pointers(
                                patch(
                                        path,
                                        "{\"items\":[{\"id\":\"0e4936c1-82d5-49c5-89e7-3c784dfd1b35\"}]}")))
                .containsExactly("/items");
        assertThat(pointers(patch(path, "{\"items\":[{\"id\":\"7\"},{}]}")))
                .containsExactly("/items/0/id", "/items/1/id");
        assertThat(get(path).json()).isEqualTo(changed.json());
        assertThat(patch("/activities/0e4936c1-82d5-49c5-89e7-3c784dfd1b35", "{}").status())
                .isEqualTo(404);
    }

    @Test
    void a_key_works_until_it_is_revoked_and_is_shown_once() {
        var made = post("/keys", "{\"name\":\"LMS\"}").json();
        var key = made.get("key").asString();
        assertThat(api.get(key, client.path()).status()).isEqualTo(200);
        assertThat(get("/keys").json().toString())
                .contains("LMS")
                .doesNotContain(key.substring(key.length() - 43));
        assertThat(api.delete(key, client.path() + "/keys/" + made.get("id").asString()).status())
                .isEqualTo(204);
        assertThat(api.get(key, client.path()).status()).isEqualTo(401);
        assertThat(
                        api.delete(
                                        client.key(),
                                        client.path() + "/keys/" + made.get("id").asString())
                                .status())
                .isEqualTo(404);
    }

    @Test
    void a_key_with_one_character_changed_is_no_key() {
        var key = client.key();
        for (int at : List.of(4, key.length() - 60, key.length() - 20)) {
            var changed =
                    key.substring(0, at)
                            + (key.charAt(at) == 'A' ? 'B' : 'A')
                            + key.substring(at + 1);
            assertThat(api.get(changed, client.path()).status()).as(changed).isEqualTo(401);
        }
        for (var nothing :
                List.of(
                        "",
                        "cwk.",
                        key.substring(0, key.length() - 1),
                        key + "A",
                        TestApi.ADMIN + "x")) {
            assertThat(api.get(nothing, client.path()).status()).isEqualTo(401);
        }
    }

    @Test
    void no_key_is_stored_in_the_clear() {
        var secret = client.key().substring(client.key().length() - 43);
        var stored =
                db.jdbi()
                        .withHandle(
                                handle ->
                                        handle.createQuery(
                                                        "SELECT k::text FROM api_key k UNION ALL SELECT a::text FROM admin_key a")
                                                .mapTo(String.class)
                                                .list());
        assertThat(stored)
                .isNotEmpty()
                .noneMatch(row -> row.contains(secret) || row.contains(TestApi.ADMIN));
    }
}
