package io.coursewire.bench.run;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;

/// Many subscribers on one port, told apart by their paths; some may be slow.
final class SubscribersServer implements AutoCloseable {
    private static final int BACKLOG = 1_024;

    /// Hears of each webhook as it arrives, on many threads, and says how long its subscriber takes to
    /// answer.
    interface Subscribers {
        Duration arrived(String path, byte[] body);
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Subscribers subscribers;

    private SubscribersServer(HttpServer server, Subscribers subscribers) {
        this.server = server;
        this.subscribers = subscribers;
    }

    static SubscribersServer start(Subscribers subscribers) throws IOException {
        var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        var started = new SubscribersServer(HttpServer.create(address, BACKLOG), subscribers);
        started.server.setExecutor(started.threads);
        started.server.createContext("/", started::take);
        started.server.start();
        return started;
    }

    URI url(String path) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            var wait = subscribers.arrived(exchange.getRequestURI().getPath(), body);
            LockSupport.parkNanos(wait.toNanos());
            exchange.sendResponseHeaders(204, -1);
        }
    }
}
