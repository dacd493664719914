package io.coursewire.e2e;

import io.coursewire.app.remote.ApiClient;
import io.coursewire.kernel.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import tools.jackson.databind.JsonNode;

/// An organization in the product, and what an integrator does for it through the public API.
record Organization(ApiClient api, String id) {
    static final String RETURN_ORIGIN = "http://portal.example";

    private static final String PARTICIPANT = "sleyhane";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    record Launch(String id, String url, String attemptId) {}

    static Organization create(ApiClient api, String id) {
        var organization = new Organization(api, id);
        api.put(
                "/clients/" + id,
                json(
                        "{'name': 'E2E', 'defaultLanguage': 'en', 'returnOrigins': ['"
                                + RETURN_ORIGIN
                                + "']}"));
        api.put(
                organization.path("/users/" + PARTICIPANT),
                json("{'firstName': 'Sean', 'lastName': 'Leyhane'}"));
        return organization;
    }

    /// Brings a package in; returns its activity's id.
    String bring(Path zip) throws IOException {
        return api.upload(path("/packages"), zip, "application/zip", _ -> {})
                .get("activity")
                .get("id")
                .asString();
    }

    /// Tells a subscriber of everything that happens to attempts.
    void tell(Subscriber subscriber) {
        var events =
                "['attempt.started', 'attempt.updated', 'attempt.completed', 'activity.completed']";
        var made =
                api.post(
                        path("/webhooks"),
                        json("{'url': '" + subscriber.url() + "', 'events': " + events + "}"));
        subscriber.secret(made.get("secret").asString());
    }

    Launch launch(String activityId) {
        return launch(activityId, "");
    }

    /// `more` are further members of the request, after a comma.
    Launch launch(String activityId, String more) {
        var made =
                api.post(
                        path("/launches"),
                        json(
                                "{'user': {'username': '%s'}, 'activity': {'id': '%s'}%s}"
                                        .formatted(PARTICIPANT, activityId, more)));
        return new Launch(
                made.get("launchId").asString(),
                made.get("launchUrl").asString(),
                made.path("attemptId").asString(""));
    }

    void revoke(Launch launch) {
        api.delete(path("/launches/" + launch.id()));
    }

    /// The AttemptStatus, byte for byte.
    byte[] attempt(Launch launch) {
        return api.getBytes(path("/attempts/" + launch.attemptId()));
    }

    JsonNode status(Launch launch) {
        return Json.MAPPER.readTree(attempt(launch));
    }

    /// The titles of an activity's items, in their order.
    List<String> titles(String activityId) {
        return api.get(path("/activities/" + activityId))
                .get("items")
                .valueStream()
                .map(item -> item.get("title").asString())
                .toList();
    }

    /// The attempts at an activity's items, oldest change first.
    List<JsonNode> attempts(String activityId) {
        return api.get(path("/attempts?activityId=" + activityId))
                .get("items")
                .valueStream()
                .toList();
    }

    /// An attempt at the item with this title, once it has this status.
    JsonNode awaitAttempt(String activityId, String title, int number, String status) {
        var found = new AtomicReference<JsonNode>();
        Await.until(
                PATIENCE,
                () -> {
                    attempts(activityId).stream()
                            .filter(a -> a.get("item").get("title").asString().equals(title))
                            .filter(a -> a.get("attemptNumber").asInt() == number)
                            .filter(a -> a.get("status").asString().equals(status))
                            .forEach(found::set);
                    return found.get() != null;
                });
        return found.get();
    }

    /// Waits until the attempt has this status.
    void awaitStatus(Launch launch, String status) {
        Await.until(PATIENCE, () -> status(launch).get("status").asString().equals(status));
    }

    private String path(String rest) {
        return "/clients/" + id + rest;
    }

    private static JsonNode json(String singleQuoted) {
        return Json.MAPPER.readTree(singleQuoted.replace('\'', '"'));
    }
}
