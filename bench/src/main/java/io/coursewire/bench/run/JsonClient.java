package io.coursewire.bench.run;

import io.coursewire.bench.load.BenchFailed;
import io.coursewire.kernel.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// JSON over HTTP with one origin, for what is prepared before anything is measured.
record JsonClient(HttpClient http, URI origin, List<String> headers) {
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(30);

    JsonNode put(String path, JsonNode body) throws IOException, InterruptedException {
        return send("PUT", path, "application/json", text(body));
    }

    JsonNode post(String path, JsonNode body) throws IOException, InterruptedException {
        return send("POST", path, "application/json", text(body));
    }

    JsonNode send(String method, String path, String mediaType, BodyPublisher body)
            throws IOException, InterruptedException {
        var request =
                HttpRequest.newBuilder(origin.resolve(path))
                        .timeout(ANSWER_TIMEOUT)
                        .header("Content-Type", mediaType)
                        .method(method, body);
        if (!headers.isEmpty()) {
            request.headers(headers.toArray(String[]::new));
        }
        var answer = http.send(request.build(), BodyHandlers.ofString());
        if (answer.statusCode() / 100 != 2) {
            throw new BenchFailed(
                    "%s %s was answered %d: %s"
                            .formatted(method, path, answer.statusCode(), answer.body()));
        }
        return Json.MAPPER.readTree(answer.body());
    }

    private static BodyPublisher text(JsonNode body) {
        return BodyPublishers.ofString(body.toString());
    }
}
