package io.coursewire.bench.load;

import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.URI;
import java.time.Duration;

/// One kept-alive connection that sends a request and waits for its answer.
final class Connection implements AutoCloseable {
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(30);

    private final Socket socket;
    private final OutputStream out;
    private final MessageReader reader;

    private Connection(Socket socket) throws IOException {
        this.socket = socket;
        this.out = socket.getOutputStream();
        this.reader = new MessageReader(socket.getInputStream());
    }

    static Connection open(URI origin) throws IOException {
        SocketAddress address = new InetSocketAddress(origin.getHost(), origin.getPort());
        var socket = new Socket();
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(Math.toIntExact(ANSWER_TIMEOUT.toMillis()));
        socket.connect(address);
        return new Connection(socket);
    }

    /// The answer, valid until the next exchange.
    MessageReader exchange(byte[] request) throws IOException {
        out.write(request);
        if (!reader.next()) {
            throw new EOFException("the server closed the connection instead of answering");
        }
        return reader;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
