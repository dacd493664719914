package io.coursewire.storage;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;
import org.postgresql.PGConnection;

/// Rows in the text form of COPY, the fastest way of many rows into a table.
public final class CopyRows {
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NULL = {'\\', 'N'};

    private final Buffer out = new Buffer();
    private boolean inRow;
    private int rows;

    /// A value whose text holds nothing that COPY would read otherwise: a number, an id, a word, an instant.
    public CopyRows plain(Object value) {
        separate();
        out.writeBytes(value.toString().getBytes(StandardCharsets.US_ASCII));
        return this;
    }

    /// A plain value that may be absent.
    public CopyRows optional(Optional<?> value) {
        return value.isPresent() ? plain(value.get()) : nothing();
    }

    /// Any text, or null.
    public CopyRows text(String value) {
        if (value == null) {
            return nothing();
        }
        separate();
        for (byte b : value.getBytes(StandardCharsets.UTF_8)) {
            escape(b);
        }
        return this;
    }

    /// Bytes, or null.
    public CopyRows bytes(byte[] value) {
        if (value == null) {
            return nothing();
        }
        separate();
        out.hex(value);
        return this;
    }

    public void endRow() {
        out.write('\n');
        inRow = false;
        rows++;
    }

    /// Sends the rows in the transaction of the handle, by a `COPY ... FROM STDIN`.
    public void into(Handle db, String copy) {
        if (rows == 0) {
            return;
        }
        try {
            db.getConnection().unwrap(PGConnection.class).getCopyAPI().copyIn(copy, out.read());
        } catch (SQLException e) {
            throw new UnableToExecuteStatementException(e, null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private CopyRows nothing() {
        separate();
        out.writeBytes(NULL);
        return this;
    }

    private void separate() {
        if (inRow) {
            out.write('\t');
        }
        inRow = true;
    }

    private void escape(byte b) {
        switch (b) {
            case '\\' -> letter('\\');
            case '\t' -> letter('t');
            case '\n' -> letter('n');
            case '\r' -> letter('r');
            default -> out.write(b);
        }
    }

    private void letter(char letter) {
        out.write('\\');
        out.write(letter);
    }

    /// Grows without copies at the end: one batch is some hundred kilobytes.
    private static final class Buffer extends ByteArrayOutputStream {
        Buffer() {
            super(64 * 1024);
        }

        void hex(byte[] value) {
            byte[] digits = new byte[3 + 2 * value.length];
            digits[0] = '\\';
            digits[1] = '\\';
            digits[2] = 'x';
            for (int i = 0; i < value.length; i++) {
                digits[3 + 2 * i] = HEX[(value[i] >> 4) & 0xf];
                digits[4 + 2 * i] = HEX[value[i] & 0xf];
            }
            writeBytes(digits);
        }

        ByteArrayInputStream read() {
            return new ByteArrayInputStream(buf, 0, count);
        }
    }
}
