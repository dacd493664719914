package io.coursewire.bench.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// The subscriber's server: answers every webhook at once and says which version of whose attempt it told of.
public final class Receiver implements AutoCloseable {
    private static final int BACKLOG = 512;
    private static final int UUID_CHARS = 36;
    private static final byte[] PARTICIPANT =
            "\"user\":{\"id\":\"".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] ANSWER =
            "HTTP/1.1 204 No Content\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    /// Hears of each webhook, on many threads.
    public interface Listener {
        void arrived(String participant, long version, int bodyBytes);
    }

    private final ServerSocket server;
    private final Listener listener;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();

    private Receiver(ServerSocket server, Listener listener) {
        this.server = server;
        this.listener = listener;
    }

    /// Listens on the loopback address when it returns.
    public static Receiver start(Listener listener) throws IOException {
        var server = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
        var receiver = new Receiver(server, listener);
        Thread.ofVirtual().name("receiver").start(receiver::accept);
        return receiver;
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + server.getLocalPort() + "/webhooks");
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = server.accept();
                sockets.add(socket);
                Thread.ofVirtual().name("receiver-connection").start(() -> serve(socket));
            }
        } catch (SocketException _) {
            // Closed.
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            socket.setTcpNoDelay(true);
            var reader = new MessageReader(socket.getInputStream());
            var out = socket.getOutputStream();
            while (reader.next()) {
                tell(reader);
                out.write(ANSWER);
            }
        } catch (IOException _) {
            // The sender is gone; what it did not get answered it sends again.
        } finally {
            sockets.remove(socket);
        }
    }

    private void tell(MessageReader webhook) {
        String version = webhook.header("coursewire-attempt-version");
        if (!version.isEmpty()) {
            listener.arrived(
                    webhook.afterInBody(PARTICIPANT, UUID_CHARS),
                    Long.parseLong(version),
                    webhook.bodyLength());
        }
    }
}
