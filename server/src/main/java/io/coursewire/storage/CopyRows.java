package io.coursewire.storage;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;
import org.postgresql.util.ByteConverter;

/// Rows in the binary form of COPY, the fastest way of many rows into a table. They are sent while they are
/// added, so that the database takes in some while others are made; no other statement may come between. They
/// count after [#end] only; without it they are taken back.
public final class CopyRows implements AutoCloseable {
    private static final byte[] SIGNATURE = {
        'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xff, '\r', '\n', 0
    };
    private static final int CHUNK_BYTES = 32 * 1024;
    private static final int NULL = -1;
    private static final short END = -1;

    private final Handle db;
    private final String copy;
    private final short columns;
    private byte[] chunk = new byte[2 * CHUNK_BYTES];
    private int length;
    private int left;
    private CopyIn sending;

    /// `copy` is a `COPY ... FROM STDIN (FORMAT binary)` of so many columns. Nothing is sent before the first
    /// row.
    public CopyRows(Handle db, String copy, int columns) {
        this.db = db;
        this.copy = copy;
        this.columns = (short) columns;
    }

    /// Begins the next row. Every column is to be given a value, in order and of its own type.
    public CopyRows row() {
        checkRow();
        if (sending == null) {
            begin();
        } else if (length >= CHUNK_BYTES) {
            send();
        }
        left = columns;
        write(columns);
        return this;
    }

    /// Any text, or null.
    public CopyRows text(String value) {
        return value == null ? nothing() : bytes(value.getBytes(StandardCharsets.UTF_8));
    }

    public CopyRows uuid(UUID value) {
        value(16);
        write(value.getMostSignificantBits());
        write(value.getLeastSignificantBits());
        return this;
    }

    public CopyRows uuid(Optional<UUID> value) {
        return value.isPresent() ? uuid(value.get()) : nothing();
    }

    public CopyRows integer(int value) {
        value(4);
        write(value);
        return this;
    }

    public CopyRows bigint(long value) {
        value(8);
        write(value);
        return this;
    }

    public CopyRows bigint(Optional<Long> value) {
        return value.isPresent() ? bigint(value.get()) : nothing();
    }

    public CopyRows bool(boolean value) {
        value(1);
        reserve(1);
        chunk[length++] = (byte) (value ? 1 : 0);
        return this;
    }

    public CopyRows numeric(Optional<BigDecimal> value) {
        return value.isPresent() ? bytes(ByteConverter.numeric(value.get())) : nothing();
    }

    public CopyRows instant(Optional<Instant> value) {
        return value.isPresent() ? bigint(BinaryArray.micros(value.get())) : nothing();
    }

    /// Bytes, or null.
    public CopyRows bytes(byte[] value) {
        if (value == null) {
            return nothing();
        }
        value(value.length);
        reserve(value.length);
        System.arraycopy(value, 0, chunk, length, value.length);
        length += value.length;
        return this;
    }

    /// Sends what is left; answers how many rows went in.
    public long end() {
        checkRow();
        if (sending == null) {
            return 0;
        }
        write(END);
        send();
        try {
            return sending.endCopy();
        } catch (SQLException e) {
            throw new UnableToExecuteStatementException(e, null);
        }
    }

    @Override
    public void close() {
        if (sending != null && sending.isActive()) {
            try {
                sending.cancelCopy();
            } catch (SQLException e) {
                throw new UnableToExecuteStatementException(e, null);
            }
        }
    }

    private void begin() {
        try {
            sending = db.getConnection().unwrap(PGConnection.class).getCopyAPI().copyIn(copy);
        } catch (SQLException e) {
            throw new UnableToExecuteStatementException(e, null);
        }
        System.arraycopy(SIGNATURE, 0, chunk, 0, SIGNATURE.length);
        length = SIGNATURE.length;
        write(0L); // neither flags nor more of a header
    }

    private void send() {
        try {
            sending.writeToCopy(chunk, 0, length);
            length = 0;
        } catch (SQLException e) {
            throw new UnableToExecuteStatementException(e, null);
        }
    }

    private void checkRow() {
        if (left != 0) {
            throw new IllegalStateException("a row lacks " + left + " of its columns");
        }
    }

    private CopyRows nothing() {
        value(NULL);
        return this;
    }

    // Each value comes after its length.
    private void value(int bytes) {
        left--;
        write(bytes);
    }

    private void write(short value) {
        reserve(2);
        ByteConverter.int2(chunk, length, value);
        length += 2;
    }

    private void write(int value) {
        reserve(4);
        ByteConverter.int4(chunk, length, value);
        length += 4;
    }

    private void write(long value) {
        reserve(8);
        ByteConverter.int8(chunk, length, value);
        length += 8;
    }

    private void reserve(int bytes) {
        if (length + bytes > chunk.length) {
            chunk = Arrays.copyOf(chunk, Math.max(2 * chunk.length, length + bytes));
        }
    }
}
