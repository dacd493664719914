package io.coursewire.storage;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jdbi.v3.core.argument.Argument;
import org.jdbi.v3.core.statement.StatementContext;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.Oid;
import org.postgresql.jdbc.PgArray;
import org.postgresql.util.ByteConverter;

/// Values of one column as a parameter for `unnest`, in PostgreSQL's binary form of arrays: the driver
/// would write most types as text, which is escaped here and parsed there, value by value.
final class BinaryArray implements Argument {
    private record Form<T>(int array, int element, Function<T, byte[]> bytes) {
        byte[] of(Object value) {
            @SuppressWarnings("unchecked")
            var typed = (T) value;
            return bytes.apply(typed);
        }
    }

    private static final long EPOCH_SECONDS =
            Instant.parse("2000-01-01T00:00:00Z").getEpochSecond();

    private static final Map<Type, Form<?>> FORMS =
            Map.of(
                    byte[].class,
                    new Form<byte[]>(Oid.BYTEA_ARRAY, Oid.BYTEA, Function.identity()),
                    String.class,
                    new Form<String>(
                            Oid.TEXT_ARRAY, Oid.TEXT, s -> s.getBytes(StandardCharsets.UTF_8)),
                    UUID.class,
                    new Form<>(Oid.UUID_ARRAY, Oid.UUID, BinaryArray::uuid),
                    Integer.class,
                    new Form<Integer>(
                            Oid.INT4_ARRAY,
                            Oid.INT4,
                            n -> ByteBuffer.allocate(4).putInt(n).array()),
                    Long.class,
                    new Form<>(Oid.INT8_ARRAY, Oid.INT8, BinaryArray::number),
                    Boolean.class,
                    new Form<Boolean>(
                            Oid.BOOL_ARRAY, Oid.BOOL, b -> new byte[] {(byte) (b ? 1 : 0)}),
                    BigDecimal.class,
                    new Form<BigDecimal>(Oid.NUMERIC_ARRAY, Oid.NUMERIC, ByteConverter::numeric),
                    Instant.class,
                    new Form<>(Oid.TIMESTAMPTZ_ARRAY, Oid.TIMESTAMPTZ, BinaryArray::instant));

    private final Form<?> form;
    private final List<?> values;

    private BinaryArray(Form<?> form, List<?> values) {
        this.form = form;
        this.values = values;
    }

    /// Empty for types whose form this does not know. Values may be null.
    static Optional<Argument> of(Type elementType, List<?> values) {
        return Optional.ofNullable(FORMS.get(elementType))
                .map(form -> new BinaryArray(form, values));
    }

    @Override
    public void apply(int position, PreparedStatement statement, StatementContext context)
            throws SQLException {
        var connection = statement.getConnection().unwrap(BaseConnection.class);
        statement.setArray(position, new PgArray(connection, form.array(), bytes()));
    }

    // Dimensions, whether some are null, type; length and lower bound of the one dimension; then
    // each value after its length, which is -1 for null.
    private byte[] bytes() {
        var array = new ByteArrayOutputStream(20 + 20 * values.size());
        try (var out = new DataOutputStream(array)) {
            out.writeInt(values.isEmpty() ? 0 : 1);
            out.writeInt(values.stream().anyMatch(Objects::isNull) ? 1 : 0);
            out.writeInt(form.element());
            if (!values.isEmpty()) {
                out.writeInt(values.size());
                out.writeInt(1);
            }
            for (var value : values) {
                write(out, value);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("memory cannot be written to", e);
        }
        return array.toByteArray();
    }

    private void write(DataOutputStream out, Object value) throws IOException {
        if (value == null) {
            out.writeInt(-1);
            return;
        }
        byte[] bytes = form.of(value);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static byte[] uuid(UUID id) {
        return ByteBuffer.allocate(16)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array();
    }

    private static byte[] number(long number) {
        return ByteBuffer.allocate(8).putLong(number).array();
    }

    private static byte[] instant(Instant instant) {
        return number(micros(instant));
    }

    /// Microseconds since 2000, rounded as PostgreSQL rounds what it parses.
    static long micros(Instant instant) {
        return (instant.getEpochSecond() - EPOCH_SECONDS) * 1_000_000
                + Math.round(instant.getNano() / 1_000.0);
    }
}
