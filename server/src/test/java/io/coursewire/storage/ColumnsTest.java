package io.coursewire.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ColumnsTest {
    private static final int ROWS_MAX = 50;

    @RegisterExtension static final TestDatabase db = TestDatabase.bare();

    private record Row(
            String text,
            UUID id,
            Integer small,
            Long large,
            Boolean flag,
            BigDecimal decimal,
            Instant instant,
            List<Byte> bytes) {}

    @RepeatedTest(20)
    void rows_of_any_values_come_back_as_they_were_sent(RepetitionInfo repetition) {
        var random = new Random(repetition.getCurrentRepetition());
        var rows = Stream.generate(() -> row(random)).limit(random.nextInt(ROWS_MAX)).toList();
        var returned = db.jdbi().withHandle(h -> sentAndReadBack(h, rows));
        assertThat(returned).isEqualTo(rows);
    }

    @Test
    void instants_are_rounded_to_microseconds_as_the_database_rounds_them() {
        var times = List.of("1999-12-31T23:59:59.999999600Z", "1970-01-01T00:00:00.000000400Z");
        var rounded =
                db.jdbi()
                        .withHandle(
                                h ->
                                        new Columns<>(
                                                        h.createQuery(
                                                                "SELECT t = s::timestamptz FROM unnest(:times, :texts) AS n (t, s)"),
                                                        times)
                                                .bind("times", Instant.class, Instant::parse)
                                                .bind("texts", String.class, time -> time)
                                                .statement()
                                                .mapTo(Boolean.class)
                                                .list());
        assertThat(rounded).containsExactly(true, true);
    }

    @Test
    void a_type_without_a_column_is_refused_at_once() {
        db.jdbi()
                .useHandle(
                        h -> {
                            var columns =
                                    new Columns<>(h.createQuery("SELECT :days"), List.of("today"));
                            assertThatThrownBy(
                                            () -> columns.bind("days", LocalDate.class, _ -> null))
                                    .isInstanceOf(IllegalArgumentException.class)
                                    .hasMessageContaining("LocalDate");
                        });
    }

    private static List<Row> sentAndReadBack(Handle h, List<Row> rows) {
        return new Columns<>(
                        h.createQuery(
                                """
                                SELECT * FROM unnest(:texts, :ids, :smalls, :larges, :flags, :decimals, :instants, :bytes)
                                    AS r (text, id, small, large, flag, decimal, instant, bytes)
                                """),
                        rows)
                .bind("texts", String.class, Row::text)
                .bind("ids", UUID.class, Row::id)
                .bind("smalls", Integer.class, Row::small)
                .bind("larges", Long.class, Row::large)
                .bind("flags", Boolean.class, Row::flag)
                .bind("decimals", BigDecimal.class, Row::decimal)
                .bind("instants", Instant.class, Row::instant)
                .bind("bytes", byte[].class, row -> array(row.bytes()))
                .statement()
                .map((row, _) -> read(row))
                .list();
    }

    private static Row read(ResultSet row) throws SQLException {
        var time = row.getObject("instant", OffsetDateTime.class);
        return new Row(
                row.getString("text"),
                row.getObject("id", UUID.class),
                row.getObject("small", Integer.class),
                row.getObject("large", Long.class),
                row.getObject("flag", Boolean.class),
                row.getBigDecimal("decimal"),
                time == null ? null : time.toInstant(),
                list(row.getBytes("bytes")));
    }

    private static Row row(Random random) {
        return new Row(
                perhaps(random, () -> text(random)),
                perhaps(random, () -> new UUID(random.nextLong(), random.nextLong())),
                perhaps(random, random::nextInt),
                perhaps(random, random::nextLong),
                perhaps(random, random::nextBoolean),
                perhaps(random, () -> decimal(random)),
                perhaps(random, () -> instant(random)),
                perhaps(random, () -> list(bytes(random))));
    }

    private static <V> V perhaps(Random random, Supplier<V> value) {
        return random.nextInt(4) == 0 ? null : value.get();
    }

    private static String text(Random random) {
        var pieces =
                List.of("", "a", "\"", "\\", "{", "}", ",", "NULL", "'", "é", "漢", "😀", " ", "\n");
        return String.join(
                "",
                Collections.nCopies(random.nextInt(4), pieces.get(random.nextInt(pieces.size()))));
    }

    private static BigDecimal decimal(Random random) {
        return new BigDecimal(new BigInteger(random.nextInt(120), random), random.nextInt(20))
                .multiply(BigDecimal.valueOf(random.nextInt(3) - 1L));
    }

    private static Instant instant(Random random) {
        return Instant.EPOCH
                .plus(Duration.ofDays(random.nextInt(-400_000, 400_000)))
                .plusNanos(1_000L * random.nextInt());
    }

    private static byte[] bytes(Random random) {
        byte[] bytes = new byte[random.nextInt(300)];
        random.nextBytes(bytes);
        return random.nextBoolean() ? bytes : "{\"a\":1}".getBytes(StandardCharsets.UTF_8);
    }

    private static List<Byte> list(byte[] bytes) {
        return bytes == null
                ? null
                : IntStream.range(0, bytes.length).mapToObj(i -> bytes[i]).toList();
    }

    private static byte[] array(List<Byte> bytes) {
        if (bytes == null) {
            return null;
        }
        byte[] array = new byte[bytes.size()];
        for (int i = 0; i < array.length; i++) {
            array[i] = bytes.get(i);
        }
        return array;
    }
}
