package io.coursewire.bench.run;

import io.coursewire.app.demo.BundledCourse;
import io.coursewire.bench.load.Flow;
import io.coursewire.bench.load.Journey;
import io.coursewire.bench.load.Player;
import io.coursewire.bench.load.Standard;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final JsonClient api;
    private final JsonClient content;
    private final Standard standard;
    private final Flow flow;
    private final Progress progress;

    Prepare(Coursewire server, HttpClient http, Standard standard, Flow flow, Progress progress) {
        this.api =
                new JsonClient(
                        http, server.api(), List.of("Authorization", "Bearer " + server.key()));
        this.content = new JsonClient(http, server.content(), List.of());
        this.standard = standard;
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
                String path = "/api/v1/clients/" + clientId(client);
                String activity = client(clientId(client), path, receiver);
                for (int i = 0; i < plan.participantsPerClient(); i++) {
                    opening.add(open(threads, path, activity, "participant-" + i));
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

    private String clientId(int number) {
        return "bench-" + standard.name().toLowerCase(Locale.ROOT) + "-" + number;
    }

    private Future<Player> open(
            ExecutorService threads, String client, String activity, String username) {
        return threads.submit(() -> open(client, activity, username));
    }

    /// Answers the id of its activity.
    private String client(String id, String path, URI receiver)
            throws IOException, InterruptedException {
        api.put(path, NODES.objectNode().put("name", id).put("defaultLanguage", "en"));
        String activity = importCourse(path);
        ObjectNode webhook = NODES.objectNode().put("url", receiver.toString());
        webhook.putArray("events").add("*");
        api.post(path + "/webhooks", webhook);
        return activity;
    }

    private String importCourse(String client) throws IOException, InterruptedException {
        Path zip = Files.createTempFile("coursewire-bench-", ".zip");
        try {
            switch (standard) {
                case SCORM_12 -> BundledCourse.writeZip(zip);
                case SCORM_2004 -> SequencedCourse.writeZip(zip);
            }
            return api.send(
                            "POST",
                            client + "/packages",
                            "application/zip",
                            BodyPublishers.ofFile(zip))
                    .at("/activity/id")
                    .asString();
        } finally {
            Files.delete(zip);
        }
    }

    private Player open(String client, String activity, String username)
            throws IOException, InterruptedException {
        String user =
                api.put(client + "/users/" + username, NODES.objectNode()).path("id").asString();
        ObjectNode asked = NODES.objectNode();
        asked.putObject("user").put("username", username);
        asked.putObject("activity").put("id", activity);
        JsonNode launch = api.post(client + "/launches", asked);
        Journey journey = flow.journey(user);
        // The opening is the attempt's first version.
        flow.depart(journey);
        String launchPath = URI.create(launch.path("launchUrl").asString()).getRawPath();
        String play = content.post(launchPath, NODES.objectNode()).path("location").asString();
        JsonNode session = content.post(play + "/sessions", NODES.objectNode());
        return new Player(
                content.origin(),
                play + "/sessions/" + session.path("sessionId").asString() + "/commits",
                journey,
                standard);
    }
}
