package io.coursewire.api;

import io.helidon.webserver.CloseConnectionException;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;

/// An answer that is written while it is sent. Closing it is not its end, as whoever writes closes it after a failure
/// too; only [#end] is. When the caller goes away it is nobody's failure but the connection's.
final class Sending extends FilterOutputStream {
    private interface Step {
        void run() throws IOException;
    }

    Sending(OutputStream out) {
        super(out);
    }

    private static void send(Step step) {
        try {
            step.run();
        } catch (IOException | UncheckedIOException e) {
            throw gone(e);
        }
    }

    /// What there is to throw when the caller cannot be reached any more.
    static CloseConnectionException gone(Exception e) {
        return new CloseConnectionException("the caller went away", e);
    }

    @Override
    public void write(int one) {
        send(() -> out.write(one));
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        // An empty chunk would be the end.
        if (length > 0) {
            send(() -> out.write(bytes, offset, length));
        }
    }

    @Override
    public void flush() {
        send(out::flush);
    }

    @Override
    public void close() {
        flush();
    }

    void end() {
        send(out::close);
    }
}
