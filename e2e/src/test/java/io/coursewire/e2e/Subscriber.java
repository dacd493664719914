package io.coursewire.e2e;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.coursewire.kernel.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/// A subscriber's server that trusts nobody: it checks each signature with the library that Standard Webhooks publishes.
final class Subscriber implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /// One webhook whose signature holds.
    record Told(String id, String event, byte[] body) {
        JsonNode json() {
            return Json.MAPPER.readTree(body);
        }
    }

    private final HttpServer server;
    private final List<Told> told = new CopyOnWriteArrayList<>();
    private final List<String> unverified = new CopyOnWriteArrayList<>();
    private volatile String secret = "";
    private volatile CountDownLatch open = new CountDownLatch(0);

    Subscriber() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::receive);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/hooks";
    }

    void secret(String value) {
        secret = value;
    }

    /// From now on requests are left without an answer, and what they told is forgotten.
    void hold() {
        open = new CountDownLatch(1);
    }

    void release() {
        open.countDown();
    }

    List<Told> told() {
        return List.copyOf(told);
    }

    List<String> unverified() {
        return List.copyOf(unverified);
    }

    /// The first webhook of that event, once it has come.
    Told await(String event) {
        return await(each -> each.event().equals(event));
    }

    /// The first webhook of that kind, once it has come.
    Told await(Predicate<Told> kind) {
        Await.until(PATIENCE, () -> told.stream().anyMatch(kind));
        return told.stream().filter(kind).findFirst().orElseThrow();
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void receive(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (open.getCount() > 0) {
                open.await();
                return;
            }
            var body = exchange.getRequestBody().readAllBytes();
            var headers = HttpHeaders.of(exchange.getRequestHeaders(), (_, _) -> true);
            try {
                new Webhook(secret).verify(new String(body, StandardCharsets.UTF_8), headers);
                told.add(
                        new Told(
                                header(headers, "webhook-id"),
                                header(headers, "coursewire-event"),
                                body));
            } catch (WebhookVerificationException e) {
                unverified.add(e.getMessage());
            }
            exchange.sendResponseHeaders(204, -1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String header(HttpHeaders headers, String name) {
        return headers.firstValue(name).orElse("");
    }
}
