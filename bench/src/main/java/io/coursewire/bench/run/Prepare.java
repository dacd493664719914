package io.coursewire.bench.run;

import io.coursewire.app.demo.BundledCourse;
import io.coursewire.bench.load.Flow;
import io.coursewire.bench.load.Journey;
import io.coursewire.bench.load.Player;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Brings organizations, a course, participants and their open sessions into a server, all through its
/// public routes.
final class Prepare {
    private static final int AT_ONCE = 16;
    private static final String COURSE = BundledCourse.ITEM;
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final JsonClient api;
    private final JsonClient content;
    private final Flow flow;
    private final Progress progress;

    Prepare(Coursewire server, HttpClient http, Flow flow, Progress progress) {
        this.api =
                new JsonClient(
                        http, server.api(), List.of("Authorization", "Bearer " + server.key()));
        this.content = new JsonClient(http, server.content(), List.of());
        this.flow = flow;
        this.progress = progress;
    }

    /// Every player's session is open and its attempt.started has arrived when it returns.
    List<Player> prepare(Plan plan, URI receiver)
            throws IOException, InterruptedException, ExecutionException {
        var players = new ArrayList<Player>();
        try (var threads = Executors.newFixedThreadPool(AT_ONCE)) {
            var opening = new ArrayList<Future<Player>>();
            for (int client = 0; client < plan.clients(); client++) {
                String path = client("bench-" + client, receiver);
                for (int i = 0; i < plan.participantsPerClient(); i++) {
                    opening.add(open(threads, path, "participant-" + i));
                }
            }
            for (Future<Player> each : opening) {
                players.add(each.get());
                progress.show("opening sessions: %d of %d", players.size(), opening.size());
            }
        }
        flow.awaitArrivals();
        return players;
    }

    private Future<Player> open(ExecutorService threads, String client, String username) {
        return threads.submit(() -> open(client, username));
    }

    private String client(String id, URI receiver) throws IOException, InterruptedException {
        String path = "/api/v1/clients/" + id;
        api.put(path, NODES.objectNode().put("name", id).put("defaultLanguage", "en"));
        importCourse(path);
        ObjectNode webhook = NODES.objectNode().put("url", receiver.toString());
        webhook.putArray("events").add("*");
        api.post(path + "/webhooks", webhook);
        return path;
    }

    private void importCourse(String client) throws IOException, InterruptedException {
        Path zip = Files.createTempFile("coursewire-bench-", ".zip");
        try {
            BundledCourse.writeZip(zip);
            api.send("POST", client + "/packages", "application/zip", BodyPublishers.ofFile(zip));
        } finally {
            Files.delete(zip);
        }
    }

    private Player open(String client, String username) throws IOException, InterruptedException {
        api.put(client + "/users/" + username, NODES.objectNode());
        JsonNode launch =
                api.post(
                        client + "/launches",
                        object(
                                Map.of(
                                        "user",
                                        Map.of("username", username),
                                        "item",
                                        Map.of("externalId", COURSE))));
        Journey journey = flow.journey(launch.path("attemptId").asString());
        // The opening is the attempt's first version.
        flow.depart(journey);
        String launchPath = URI.create(launch.path("launchUrl").asString()).getRawPath();
        String play = content.post(launchPath, NODES.objectNode()).path("location").asString();
        JsonNode session = content.post(play + "/sessions", NODES.objectNode());
        return new Player(
                content.origin(),
                play + "/sessions/" + session.path("sessionId").asString() + "/commits",
                journey);
    }

    private static JsonNode object(Map<String, Map<String, String>> members) {
        ObjectNode object = NODES.objectNode();
        members.forEach(
                (name, values) -> {
                    ObjectNode inner = object.putObject(name);
                    values.forEach(inner::put);
                });
        return object;
    }
}
