package io.coursewire.app;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.coursewire.webhooks.sending.VerifySignature;
import io.coursewire.webhooks.sending.VerifySignature.SignatureHeaders;
import io.coursewire.webhooks.sending.WebhookSecret;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/// A subscriber's server on this machine: takes webhooks, verifies them and hands them on.
public final class Receiver implements AutoCloseable {
    public static final int BODY_BYTES_MAX = 8 * 1024 * 1024;

    private static final int BACKLOG_DEFAULT = 0;

    /// One request. `fault` says why its signature does not hold; it is empty when it does, or when no
    /// secret is known.
    public record Received(
            Map<String, String> headers, byte[] body, boolean verified, Optional<String> fault) {
        /// By a lower-case name; the empty text when it was not sent.
        public String header(String name) {
            return headers.getOrDefault(name, "");
        }
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Consumer<Received> consumer;
    private volatile Optional<VerifySignature> verify = Optional.empty();

    private Receiver(HttpServer server, Consumer<Received> consumer) {
        this.server = server;
        this.consumer = consumer;
    }

    /// Listens on the loopback address; port 0 is any free one. `consumer` is called on many threads,
    /// before the answer is sent.
    public static Receiver start(int port, Consumer<Received> consumer) throws IOException {
        var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        var receiver = new Receiver(HttpServer.create(address, BACKLOG_DEFAULT), consumer);
        receiver.server.setExecutor(receiver.threads);
        receiver.server.createContext("/", receiver::handle);
        receiver.server.start();
        return receiver;
    }

    /// From now on requests are verified; what does not hold is answered 401.
    public Receiver verifying(WebhookSecret secret) {
        verify = Optional.of(new VerifySignature(secret));
        return this;
    }

    public int port() {
        return server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.close();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readNBytes(BODY_BYTES_MAX + 1);
            if (body.length > BODY_BYTES_MAX) {
                exchange.sendResponseHeaders(413, -1);
                return;
            }
            Map<String, String> headers = lowerCase(exchange.getRequestHeaders());
            Optional<String> fault =
                    verify.flatMap(v -> v.fault(signature(headers), body, Instant.now()));
            consumer.accept(
                    new Received(headers, body, verify.isPresent() && fault.isEmpty(), fault));
            exchange.sendResponseHeaders(fault.isEmpty() ? 204 : 401, -1);
        }
    }

    private static SignatureHeaders signature(Map<String, String> headers) {
        return new SignatureHeaders(
                headers.getOrDefault("webhook-id", ""),
                headers.getOrDefault("webhook-timestamp", ""),
                headers.getOrDefault("webhook-signature", ""));
    }

    private static Map<String, String> lowerCase(Headers headers) {
        Map<String, String> result = new TreeMap<>();
        headers.forEach(
                (name, values) ->
                        result.put(
                                name.toLowerCase(java.util.Locale.ROOT),
                                String.join(", ", values)));
        return result;
    }
}
