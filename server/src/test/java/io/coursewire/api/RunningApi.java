package io.coursewire.api;

import io.coursewire.kernel.ClientId;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http1.Http1Config;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The API's routes on a real server at a free port, and a client to call them with.
public final class RunningApi implements AfterAllCallback, AutoCloseable {
    public static final ClientId CLIENT = new ClientId("companyxyz");
    private static final JsonMapper JSON = new JsonMapper();

    private final HttpClient http = HttpClient.newHttpClient();
    private final WebServer server;
    private Optional<OpenApiConformance> conformance = Optional.empty();

    /// A server whose every answer is held against its OpenAPI document.
    static RunningApi conforming(Api api) {
        var running = new RunningApi(api);
        running.conformance =
                Optional.of(new OpenApiConformance(running.get("none", "/openapi.json").json()));
        return running;
    }

    public RunningApi(Api api) {
        this(api, HttpRouting.builder());
    }

    /// Beside what is not a route of the API.
    RunningApi(Api api, HttpRouting.Builder routing) {
        api.addTo(routing);
        this.server =
                WebServer.builder()
                        .host("127.0.0.1")
                        .port(0)
                        .shutdownHook(false)
                        .addProtocol(
                                Http1Config.builder().addSendListener(new UnknownLength()).build())
                        .directHandlers(ProblemForBrokenRequests.handlers())
                        .routing(routing)
                        .build()
                        .start();
    }

    public int port() {
        return server.port();
    }

    /// What came back: its status, headers and, if it has one, its JSON.
    public record Reply(int status, HttpResponse<byte[]> response) {
        public JsonNode json() {
            return JSON.readTree(response.body());
        }

        public String header(String name) {
            return response.headers().firstValue(name).orElse(null);
        }
    }

    public Reply get(String key, String path) {
        return send(request(key, path));
    }

    public Reply post(String key, String path, String body) {
        return send("POST", request(key, path), body);
    }

    public Reply put(String key, String path, String body) {
        return send("PUT", request(key, path), body);
    }

    public Reply patch(String key, String path, String body) {
        return send("PATCH", request(key, path), body);
    }

    private Reply send(String method, HttpRequest.Builder request, String body) {
        var reply =
                send(
                        request.header("Content-Type", "application/json")
                                .method(method, BodyPublishers.ofString(body)));
        if (reply.status() < 300) {
            conformance.ifPresent(
                    document -> document.checkTaken(method, reply.response().uri(), body));
        }
        return reply;
    }

    public Reply delete(String key, String path) {
        return send(request(key, path).DELETE());
    }

    public Reply send(String key, String path, UnaryOperator<HttpRequest.Builder> how) {
        return send(how.apply(request(key, path)));
    }

    public HttpRequest.Builder request(String key, String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                .header("Authorization", "Bearer " + key);
    }

    public Reply send(HttpRequest.Builder builder) {
        try {
            var request = builder.build();
            var response = http.send(request, BodyHandlers.ofByteArray());
            var reply = new Reply(response.statusCode(), response);
            conformance.ifPresent(
                    document -> document.check(request.method(), request.uri(), reply));
            return reply;
        } catch (IOException e) {
            throw new IllegalStateException("no answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    @Override
    public void afterAll(ExtensionContext context) {
        close();
    }

    @Override
    public void close() {
        server.stop();
        http.close();
    }
}
