package io.coursewire.app.remote;

import io.coursewire.kernel.Json;
import io.coursewire.kernel.Uuid;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.LongConsumer;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// A server's API, as the commands use it. Paths are below `/api/v1`. Everything but a success is an
/// {@link ApiRefusal} with a message for people.
public final class ApiClient implements AutoCloseable {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration ANSWER_TIMEOUT = Duration.ofMinutes(1);
    private static final Duration UPLOAD_TIMEOUT = Duration.ofHours(1);
    private static final int BODY_BYTES_MAX = 16 * 1024 * 1024;

    private final HttpClient http = HttpClient.newBuilder().connectTimeout(CONNECT_TIMEOUT).build();
    private final URI server;
    private final String key;

    public ApiClient(URI server, String key) {
        this.server = server;
        this.key = key;
    }

    public JsonNode get(String path) {
        return parse(getBytes(path));
    }

    /// The answer's exact bytes.
    public byte[] getBytes(String path) {
        return send(request(path, ANSWER_TIMEOUT).GET().build());
    }

    public JsonNode put(String path, JsonNode body) {
        return parse(send(json(path).PUT(text(body)).build()));
    }

    /// Creates something, once: the request carries an idempotency key of its own.
    public JsonNode post(String path, JsonNode body) {
        return parse(
                send(
                        json(path)
                                .header("Idempotency-Key", Uuid.next().toString())
                                .POST(text(body))
                                .build()));
    }

    public void delete(String path) {
        send(request(path, ANSWER_TIMEOUT).DELETE().build());
    }

    /// Streams a file; `sent` hears how many bytes have gone out so far.
    public JsonNode upload(String path, Path file, String mediaType, LongConsumer sent)
            throws FileNotFoundException {
        var request =
                request(path, UPLOAD_TIMEOUT)
                        .header("Content-Type", mediaType)
                        .POST(new CountedUpload(BodyPublishers.ofFile(file), sent))
                        .build();
        return parse(send(request));
    }

    @Override
    public void close() {
        http.shutdownNow();
        http.close();
    }

    private HttpRequest.Builder json(String path) {
        return request(path, ANSWER_TIMEOUT).header("Content-Type", "application/json");
    }

    private HttpRequest.Builder request(String path, Duration timeout) {
        return HttpRequest.newBuilder(URI.create(server + "/api/v1" + path))
                .timeout(timeout)
                .header("Authorization", "Bearer " + key)
                .header("Accept", "application/json");
    }

    private static BodyPublisher text(JsonNode body) {
        return BodyPublishers.ofString(body.toString());
    }

    private byte[] send(HttpRequest request) {
        try {
            var answer =
                    http.send(
                            request,
                            BodyHandlers.limiting(BodyHandlers.ofByteArray(), BODY_BYTES_MAX));
            if (answer.statusCode() / 100 != 2) {
                throw ApiRefusal.of(
                        answer.statusCode(), new String(answer.body(), StandardCharsets.UTF_8));
            }
            return answer.body();
        } catch (ConnectException e) {
            throw ApiRefusal.unreachable(server.toString(), reason(e));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UncheckedIOException(new IOException("interrupted", e));
        }
    }

    // The client leaves out the message of what it was caused by.
    private static String reason(ConnectException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnresolvedAddressException) {
                return "there is no host of that name";
            }
        }
        return failure.getMessage() == null ? "connection refused" : failure.getMessage();
    }

    private static JsonNode parse(byte[] body) {
        try {
            return body.length == 0 ? Json.MAPPER.nullNode() : Json.MAPPER.readTree(body);
        } catch (JacksonException _) {
            throw ApiRefusal.unreadable(200, new String(body, StandardCharsets.UTF_8));
        }
    }
}
