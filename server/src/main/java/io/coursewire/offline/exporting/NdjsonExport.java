package io.coursewire.offline.exporting;

import io.coursewire.attempts.Payload;
import java.io.IOException;
import java.io.OutputStream;

/// An AttemptStatus per line, the bytes that a webhook carries.
record NdjsonExport(OutputStream out) implements ExportForm {
    @Override
    public void add(Payload attempt) throws IOException {
        out.write(attempt.bytes());
        out.write('\n');
    }

    @Override
    public void close() throws IOException {
        out.flush();
    }
}
