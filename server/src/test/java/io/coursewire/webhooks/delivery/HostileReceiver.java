package io.coursewire.webhooks.delivery;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;

/// A subscriber's server on raw sockets, which answers each request as it is told, however badly.
public final class HostileReceiver implements AutoCloseable {
    /// One request as it arrived.
    public record Request(String path, Map<String, String> headers, byte[] body) {
        public String header(String name) {
            return headers.get(name);
        }

        public String text() {
            return new String(body, StandardCharsets.UTF_8);
        }
    }

    /// What is done with the connection once a request has arrived.
    @FunctionalInterface
    public interface Behaviour {
        /// Returns whether the connection stays open for another request.
        boolean answer(Socket connection, OutputStream out) throws Exception;
    }

    private final ServerSocket server;
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
    private volatile Optional<SSLContext> tls = Optional.empty();
    private volatile Function<Request, Behaviour> behaviour = _ -> status(204);

    public HostileReceiver() {
        try {
            server = new ServerSocket(0, 1_000, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        Thread.ofVirtual().start(this::accept);
    }

    public static Behaviour status(int code, String... headers) {
        return raw(
                "HTTP/1.1 "
                        + code
                        + " X\r\n"
                        + String.join(
                                "", java.util.Arrays.stream(headers).map(h -> h + "\r\n").toList())
                        + (code == 204 ? "" : "content-length: 0\r\n")
                        + "\r\n");
    }

    public static Behaviour body(int code, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return raw(
                "HTTP/1.1 " + code + " X\r\ncontent-length: " + bytes.length + "\r\n\r\n" + text);
    }

    public static Behaviour raw(String answer) {
        return (_, out) -> {
            out.write(answer.getBytes(StandardCharsets.UTF_8));
            return true;
        };
    }

    public void behave(Behaviour always) {
        behaviour = _ -> always;
    }

    public void behave(Function<Request, Behaviour> byRequest) {
        behaviour = byRequest;
    }

    /// Speaks TLS from the next connection on.
    public void secure(SSLContext context) {
        tls = Optional.of(context);
    }

    public List<Request> requests() {
        return requests;
    }

    public int port() {
        return server.getLocalPort();
    }

    public String url() {
        return "http%s://127.0.0.1:%d/hook".formatted(tls.isPresent() ? "s" : "", port());
    }

    public int openConnections() {
        return connections.size();
    }

    @Override
    public void close() {
        try {
            server.close();
            for (Socket connection : connections) {
                connection.close();
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket connection = server.accept();
                connections.add(connection);
                Thread.ofVirtual().start(() -> serve(connection));
            } catch (IOException e) {
                return;
            }
        }
    }

    private Socket secured(Socket connection) {
        return tls.map(context -> secured(connection, context)).orElse(connection);
    }

    private static Socket secured(Socket connection, SSLContext context) {
        try {
            var secured =
                    (SSLSocket)
                            context.getSocketFactory()
                                    .createSocket(connection, "127.0.0.1", 0, true);
            secured.setUseClientMode(false);
            return secured;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private void serve(Socket connection) {
        try (Socket spoken = secured(connection)) {
            spoken.setTcpNoDelay(true);
            var in = new BufferedInputStream(spoken.getInputStream());
            boolean open = true;
            while (open) {
                Request request = read(in);
                if (request == null) {
                    return;
                }
                requests.add(request);
                OutputStream out = spoken.getOutputStream();
                open = behaviour.apply(request).answer(spoken, out);
                out.flush();
            }
        } catch (SocketException | SSLException e) {
            // The other side gave up, which is what many a test is about.
        } catch (Exception e) {
            throw new IllegalStateException(e);
        } finally {
            connections.remove(connection);
        }
    }

    private static Request read(InputStream in) throws IOException {
        String start = line(in);
        if (start == null) {
            return null;
        }
        Map<String, String> headers = new HashMap<>();
        for (String line = line(in); line != null && !line.isEmpty(); line = line(in)) {
            int colon = line.indexOf(':');
            if (colon < 0) {
                return null;
            }
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        byte[] body = in.readNBytes(Integer.parseInt(headers.getOrDefault("content-length", "0")));
        return new Request(start.split(" ")[1], headers, body);
    }

    private static String line(InputStream in) throws IOException {
        var line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                return null;
            }
            line.append((char) c);
        }
        return line.toString().stripTrailing();
    }
}
