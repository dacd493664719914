package io.coursewire;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/// Requests that no HTTP client sends, and answers as they are on the wire.
public final class RawHttp {
    private static final int PATIENCE_MILLIS = 30_000;

    private RawHttp() {}

    /// All that comes until the server closes the connection.
    public static String answer(int port, String request) throws IOException {
        try (var socket = ask(port, request)) {
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /// Asks for the headers of a path, and for nothing else after it, over one connection: the two status lines.
    public static String[] headAndNext(int port, String path) throws IOException {
        var host = " HTTP/1.1\r\nHost: x\r\n\r\n";
        try (var socket = ask(port, "HEAD " + path + host + "GET /nothing" + host);
                var lines =
                        new BufferedReader(
                                new InputStreamReader(
                                        socket.getInputStream(), StandardCharsets.UTF_8))) {
            var first = lines.readLine();
            while (!lines.readLine().isEmpty()) {
                // The other headers.
            }
            return new String[] {first, lines.readLine()};
        }
    }

    /// The first line of the answer.
    public static String status(int port, String request) throws IOException {
        try (var socket = ask(port, request);
                var lines =
                        new BufferedReader(
                                new InputStreamReader(
                                        socket.getInputStream(), StandardCharsets.UTF_8))) {
            return lines.readLine();
        }
    }

    private static Socket ask(int port, String request) throws IOException {
        var socket = new Socket("127.0.0.1", port);
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
        return socket;
    }
}
