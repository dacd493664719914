package io.coursewire.app.demo;

import io.coursewire.kernel.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import tools.jackson.databind.JsonNode;

/// HTTP with the origin of player and content.
record ContentOrigin(HttpClient http, URI root) {
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(30);
    private static final int BODY_BYTES_MAX = 16 * 1024 * 1024;

    JsonNode post(String path, JsonNode body) {
        var request =
                HttpRequest.newBuilder(root.resolve(path))
                        .timeout(ANSWER_TIMEOUT)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(body.toString()))
                        .build();
        return Json.MAPPER.readTree(send(request));
    }

    byte[] get(String path) {
        return send(HttpRequest.newBuilder(root.resolve(path)).timeout(ANSWER_TIMEOUT).build());
    }

    private byte[] send(HttpRequest request) {
        try {
            var answer =
                    http.send(
                            request,
                            BodyHandlers.limiting(BodyHandlers.ofByteArray(), BODY_BYTES_MAX));
            if (answer.statusCode() / 100 != 2) {
                throw new PlayRefused(answer.statusCode(), text(answer));
            }
            return answer.body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UncheckedIOException(new IOException("interrupted", e));
        }
    }

    private static String text(HttpResponse<byte[]> answer) {
        return new String(answer.body(), StandardCharsets.UTF_8);
    }
}
