package io.coursewire.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.coursewire.api.TestApi.TestClient;
import io.coursewire.kernel.Uuid;
import io.coursewire.storage.TestDatabase;
import io.helidon.http.Method;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Nobody learns from any route that another client exists.
class TenantIsolationTest {
    @RegisterExtension static final TestDatabase db = TestDatabase.migrated();

    private static final Api routes = TestApi.api(db.jdbi());
    private static final RunningApi api = TestApi.over(db, routes);
    private static final TestClient own = TestApi.givenClient(api);
    private static final TestClient other = TestApi.givenClient(api);
    private static final String otherUser =
            api.put(other.key(), other.path() + "/users/victim", "{}").json().get("id").asString();
    private static final String otherActivity =
            api.post(
                            other.key(),
                            other.path() + "/activities",
                            "{\"title\":\"T\",\"type\":\"course\",\"externalId\":\"theirs\",\"items\":[{\"title\":\"I\",\"type\":\"event\",\"externalId\":\"theirs-1\"}]}")
                    .json()
                    .at("/activity/id")
                    .asString();

    private static List<Route> clientRoutes() {
        return routes.routes().stream()
                .filter(
                        route ->
                                route.scope() == Scope.CLIENT
                                        || route.scope() == Scope.CLIENT_OR_NEW)
                .toList();
    }

    private static RunningApi.Reply call(Route route, String client) {
        return call(route, client, otherActivity, "victim");
    }

    private static RunningApi.Reply call(Route route, String client, String id, String username) {
        var path =
                route.path()
                        .replace("{clientId}", client)
                        .replace("{username}", username)
                        .replaceAll("\\{\\w+}", id);
        return api.send(
                own.key(),
                path,
                r ->
                        r.header("Content-Type", "application/json")
                                .method(
                                        route.method().text(),
                                        BodyPublishers.ofString(
                                                "{\"name\":\"x\",\"defaultLanguage\":\"en\"}")));
    }

    @Test
    void every_route_answers_for_a_foreign_client_as_for_none() {
        assertThat(clientRoutes()).hasSizeGreaterThan(12);
        for (var route : clientRoutes()) {
            var foreign = call(route, other.id());
            var absent = call(route, "nobody");
            assertThat(foreign.status()).as(route.toString()).isEqualTo(404);
            assertThat(absent.status()).as(route.toString()).isEqualTo(404);
            assertThat(withoutId(foreign)).isEqualTo(withoutId(absent));
        }
        assertThat(api.get(other.key(), other.path() + "/users/victim").status()).isEqualTo(200);
    }

    @Test
    void every_id_of_a_foreign_client_answers_below_the_own_one_as_an_id_of_nobody() {
        for (var route : clientRoutes()) {
            boolean upsert =
                    route.path().endsWith("/users/{username}") && route.method().equals(Method.PUT);
            if (route.path().substring(Route.CLIENT_BASE.length()).contains("/{") && !upsert) {
                var foreign = call(route, own.id(), otherActivity, "victim");
                var nobodys = call(route, own.id(), Uuid.next().toString(), "nobody");
                // A body is read before its path is looked up.
                assertThat(foreign.status()).as(route.toString()).isIn(400, 404);
                assertThat(withoutId(foreign)).as(route.toString()).isEqualTo(withoutId(nobodys));
            }
        }
    }

    @Test
    void foreign_ids_inside_a_body_name_nothing() {
        api.put(own.key(), own.path() + "/users/mine", "{}");
        var body = "{\"user\":{%s},\"activity\":{%s}}";
        for (var launch :
                List.of(
                        body.formatted("\"id\":\"" + otherUser + "\"", "\"externalId\":\"theirs\""),
                        body.formatted("\"username\":\"mine\"", "\"id\":\"" + otherActivity + "\""),
                        body.formatted("\"username\":\"mine\"", "\"externalId\":\"theirs\""))) {
            var reply = api.post(own.key(), own.path() + "/launches", launch);
            assertThat(reply.status()).as(launch).isEqualTo(400);
            assertThat(reply.json().at("/errors/0/message").asString()).contains("of this client");
        }
    }

    @Test
    void lists_hold_nothing_of_another_client() {
        for (var path : List.of("/users", "/activities", "/keys", "/attempts")) {
            var page = api.get(own.key(), own.path() + path).json().toString();
            assertThat(page)
                    .as(path)
                    .doesNotContain("victim", "theirs", otherUser, otherActivity, other.id());
        }
        assertThat(api.get(own.key(), "/api/v1/clients").json().toString())
                .doesNotContain(other.id());
    }

    private static String withoutId(RunningApi.Reply reply) {
        return reply.json().toString().replaceAll("\"requestId\":\"[^\"]+\"", "");
    }
}
