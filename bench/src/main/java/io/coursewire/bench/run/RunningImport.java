package io.coursewire.bench.run;

import io.coursewire.bench.load.BenchFailed;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.node.JsonNodeFactory;

/// A file of results that a server takes in, as it does by default, for a client whose participants play meanwhile.
record RunningImport(JsonClient api, String client, String id) {
    private static final String CLIENT = "/api/v1/clients/bench-scorm_12-0";
    private static final int PEOPLE = 20_000;
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    static RunningImport start(Coursewire server, HttpClient http, Path folder, int rows)
            throws IOException, InterruptedException {
        var api =
                new JsonClient(
                        http, server.api(), List.of("Authorization", "Bearer " + server.key()));
        var activity =
                NODES.objectNode()
                        .put("title", "Paper")
                        .put("type", "course")
                        .put("externalId", "paper");
        activity.putArray("items")
                .addObject()
                .put("title", "Paper test")
                .put("type", "assessment")
                .put("externalId", "paper-test");
        api.post(CLIENT + "/activities", activity);
        var id =
                api.send(
                                "POST",
                                CLIENT + "/imports?createUsers=true",
                                "text/csv",
                                BodyPublishers.ofFile(file(folder, rows)))
                        .path("id")
                        .asString();
        return new RunningImport(api, CLIENT, id);
    }

    private static Path file(Path folder, int rows) throws IOException {
        var file = folder.resolve("history.csv");
        try (var text = Files.newBufferedWriter(file)) {
            text.write("username,itemExternalId,status,scoreRaw,completedDateTime,recordId\n");
            for (int row = 0; row < rows; row++) {
                text.write(
                        "reader%05d,paper-test,passed,%d,2026-0%d-01 09:15:00,r%d%n"
                                .formatted(row % PEOPLE, row % 101, 1 + row % 9, row));
            }
        }
        return file;
    }

    /// Throws when it was not under way all the time.
    void check() throws IOException, InterruptedException {
        var now =
                api.send(
                        "GET",
                        client + "/imports/" + id,
                        "application/json",
                        BodyPublishers.noBody());
        System.err.printf(
                Locale.ROOT, "%,d rows were imported meanwhile%n", now.path("done").asLong());
        if (!now.path("state").asString().equals("running")) {
            throw new BenchFailed("the import ended before the rounds did: give it more rows");
        }
    }
}
