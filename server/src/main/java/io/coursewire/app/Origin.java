package io.coursewire.app;

import io.coursewire.api.ProblemForBrokenRequests;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import java.time.Duration;

/// One of the server's two HTTP origins.
final class Origin implements AutoCloseable {
    static final int HEADER_BYTES_MAX = 16 * 1024;
    static final Duration IDLE_MAX = Duration.ofMinutes(5);
    static final Duration FINISH_MAX = Duration.ofSeconds(20);

    private final WebServer server;

    private Origin(WebServer server) {
        this.server = server;
    }

    /// Listens when it returns. Port 0 is any free port.
    static Origin start(String name, String host, int port, HttpRouting.Builder routing) {
        var server =
                WebServer.builder()
                        .name(name)
                        .host(host)
                        .port(port)
                        .idleConnectionTimeout(IDLE_MAX)
                        .shutdownGracePeriod(FINISH_MAX)
                        .shutdownHook(false)
                        .directHandlers(ProblemForBrokenRequests.handlers())
                        .routing(routing)
                        .build();
        return new Origin(server.start());
    }

    int port() {
        return server.port();
    }

    /// Takes no more requests and lets those in progress finish.
    @Override
    public void close() {
        server.stop();
    }
}
