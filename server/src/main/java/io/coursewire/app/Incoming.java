package io.coursewire.app;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataReader;
import io.helidon.http.DirectHandler;
import io.helidon.http.RequestException;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;

/// What arrives on one connection, at its [Pace], and never more of it in memory than a chunk of bounded size. Helidon
/// takes a chunk of a body into memory as a whole, and the line before it, however large they are, also of a request
/// that it has refused.
final class Incoming extends DataReader {
    static final int CHUNK_BYTES_MAX = 1024 * 1024;
    static final int CHUNK_LINE_BYTES_MAX = 1024;

    private final Pace pace;
    private boolean refused;

    // What is to come instead cannot be subclassed.
    @SuppressWarnings("removal")
    private Incoming(DataReader from, Pace pace) {
        super(() -> pace.next(from));
        this.pace = pace;
    }

    static Incoming of(DataReader from, Pace.Waiting waiting) {
        return new Incoming(from, new Pace(waiting));
    }

    Pace pace() {
        return pace;
    }

    @Override
    public BufferData readBuffer(int length) {
        check(length <= CHUNK_BYTES_MAX);
        return super.readBuffer(length);
    }

    @Override
    public String readLine() {
        check(refused || findNewLine(CHUNK_LINE_BYTES_MAX) < CHUNK_LINE_BYTES_MAX);
        return super.readLine();
    }

    /// Where a chunk was refused nothing after it can be told apart.
    private void check(boolean fits) {
        if (refused) {
            throw new CloseConnectionException("a chunk of the body was refused");
        }
        if (!fits) {
            refused = true;
            throw RequestException.builder()
                    .type(DirectHandler.EventType.BAD_REQUEST)
                    .status(Status.REQUEST_ENTITY_TOO_LARGE_413)
                    .setKeepAlive(false)
                    .message("A chunk of the body may have at most " + CHUNK_BYTES_MAX + " bytes.")
                    .build();
        }
    }
}
