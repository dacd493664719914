package io.coursewire.app;

import io.coursewire.api.BodyEncodings;
import io.coursewire.api.ProblemForBrokenRequests;
import io.coursewire.kernel.CannotStart;
import io.helidon.common.mapper.MapperManager;
import io.helidon.http.DirectHandler;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.RequestException;
import io.helidon.http.ServerRequestHeaders;
import io.helidon.http.media.ReadableEntity;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import io.helidon.webserver.http1.Http1Config;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;

/// One of the server's two HTTP origins.
final class Origin implements AutoCloseable {
    static final int HEADER_BYTES_MAX = 16 * 1024;
    static final int CONNECTIONS_MAX = 10_000;
    static final int REQUESTS_AT_ONCE_MAX = 2_000;
    static final Duration IDLE_MAX = Duration.ofMinutes(5);

    /// How long a request may be waited for altogether, and a second more for each so many bytes of it.
    static final Duration WAIT_MAX = Duration.ofSeconds(60);

    /// How long what is left of a body is taken after its answer, so that the sender comes to read that.
    static final Duration LEFTOVER_MAX = Duration.ofSeconds(30);

    private static final Duration CUT_OFF_PAUSE = Duration.ofSeconds(1);
    static final Duration FINISH_MAX = Duration.ofSeconds(20);

    static {
        rememberMappers();
    }

    private final WebServer server;
    private final Repeat cutOffs;
    private final int port;

    private Origin(WebServer server, Pace.Waiting waiting) {
        this.server = server;
        this.cutOffs = Repeat.every(CUT_OFF_PAUSE, "cutting off slow callers", waiting::cutOffLate);
        this.port = server.port();
    }

    /// Listens when it returns. Port 0 is any free port.
    static Origin start(String name, String host, int port, HttpRouting.Builder routing) {
        return start(name, host, port, routing, WAIT_MAX);
    }

    static Origin start(
            String name, String host, int port, HttpRouting.Builder routing, Duration waitMax) {
        checkName(host);
        var waiting = new Pace.Waiting(waitMax);
        var server =
                WebServer.builder()
                        .name(name)
                        .host(host)
                        .port(port)
                        .protocolsDiscoverServices(false)
                        .addConnectionSelector(
                                EveryConnection.of(
                                        Http1Config.builder().maxHeadersSize(HEADER_BYTES_MAX),
                                        waiting))
                        .maxTcpConnections(CONNECTIONS_MAX)
                        .maxConcurrentRequests(REQUESTS_AT_ONCE_MAX)
                        .idleConnectionTimeout(IDLE_MAX)
                        .shutdownGracePeriod(FINISH_MAX)
                        .shutdownHook(false)
                        .contentEncoding(BodyEncodings.taken())
                        .directHandlers(ProblemForBrokenRequests.handlers())
                        .routing(routing.addFilter(Origin::answer))
                        .build();
        // It logs why it cannot start, and goes on as if it could.
        if (!server.start().isRunning()) {
            throw new CannotStart(
                    "Cannot listen on %s, port %d, for the %s origin: %s. Free it, or choose another: --host, --port, --content-port."
                            .formatted(host, port, name, reason(host, port)));
        }
        return new Origin(server, waiting);
    }

    // Each header that is read as a number asks for the mappers. Until they are set, Helidon
    // searches its registry of services for them every time, at an eighth of what a commit costs in
    // all.
    @SuppressWarnings("removal")
    private static void rememberMappers() {
        MapperManager.global(MapperManager.create());
    }

    // Helidon answers "Connection: close" and keeps the connection open. While a body is still to
    // be read, closing it would take the answer away from the sender.
    private static void answer(
            FilterChain chain, RoutingRequest request, RoutingResponse response) {
        refuseDoubtfulLength(request.headers());
        chain.proceed();
        if (request.content().hasEntity() && !request.content().consumed()) {
            takeLeftover(request.content());
        }
        Pace.here().end();
        if (request.headers().contains(HeaderValues.CONNECTION_CLOSE)) {
            throw new CloseConnectionException("the caller asked for it");
        }
    }

    // RFC 9112, section 6.3: whoever reads it otherwise, such as a proxy, would take a part of it
    // for the next request.
    private static void refuseDoubtfulLength(ServerRequestHeaders headers) {
        List<String> lengths = headers.values(HeaderNames.CONTENT_LENGTH);
        boolean clear =
                lengths.isEmpty()
                        || (lengths.size() == 1
                                && lengths.getFirst().matches("\\d+")
                                && !headers.contains(HeaderNames.TRANSFER_ENCODING));
        if (!clear) {
            throw RequestException.builder()
                    .type(DirectHandler.EventType.BAD_REQUEST)
                    .setKeepAlive(false)
                    .message("the length of the body is in doubt")
                    .build();
        }
    }

    private static void takeLeftover(ReadableEntity body) {
        Pace.here().endWithin(LEFTOVER_MAX);
        try {
            body.consume();
        } catch (RuntimeException e) {
            throw new CloseConnectionException("the rest of a request does not come", e);
        }
    }

    private static void checkName(String host) {
        try {
            InetAddress.getByName(host);
        } catch (UnknownHostException e) {
            throw new CannotStart(
                    "Cannot listen on %s: there is no such address. Give one of this machine's to --host, or 0.0.0.0 for all of them."
                            .formatted(host),
                    e);
        }
    }

    private static String reason(String host, int port) {
        try (var socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getByName(host), port));
            return "it was taken a moment ago";
        } catch (IOException e) {
            return e.getMessage();
        }
    }

    /// The one it listens, or listened, on.
    int port() {
        return port;
    }

    /// Takes no more requests and lets those in progress finish.
    @Override
    public void close() {
        server.stop();
        cutOffs.close();
    }
}
