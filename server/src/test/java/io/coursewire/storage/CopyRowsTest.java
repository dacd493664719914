package io.coursewire.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class CopyRowsTest {
    private static final String COPY =
            "COPY pg_temp.copied (t, u, i, b, f, n, at, bytes) FROM STDIN (FORMAT binary)";
    private static final String TABLE =
            """
            CREATE TEMPORARY TABLE copied (
                t text, u uuid, i integer, b bigint, f boolean, n numeric, at timestamptz, bytes bytea)
            ON COMMIT DROP
            """;
    private static final UUID ID = UUID.fromString("f57a8e5c-0000-4000-8000-0000000000ff");
    private static final Instant AT = Instant.parse("1999-12-31T23:59:59.123456Z");

    @RegisterExtension static final TestDatabase db = TestDatabase.bare();

    @Test
    void values_of_every_type_arrive_as_they_were_sent() {
        db.jdbi()
                .useTransaction(
                        h -> {
                            h.execute(TABLE);
                            try (var rows = new CopyRows(h, COPY, 8)) {
                                rows.row()
                                        .text("a\tb\\N\nü€")
                                        .uuid(ID)
                                        .integer(-7)
                                        .bigint(Long.MIN_VALUE)
                                        .bool(true)
                                        .numeric(Optional.of(new BigDecimal("-12.3400")))
                                        .instant(Optional.of(AT))
                                        .bytes(new byte[] {0, '\\', -1});
                                assertThat(rows.end()).isEqualTo(1);
                            }
                            h.createQuery("SELECT * FROM copied")
                                    .map(
                                            (row, _) -> {
                                                assertThat(row.getString("t"))
                                                        .isEqualTo("a\tb\\N\nü€");
                                                assertThat(row.getObject("u", UUID.class))
                                                        .isEqualTo(ID);
                                                assertThat(row.getInt("i")).isEqualTo(-7);
                                                assertThat(row.getLong("b"))
                                                        .isEqualTo(Long.MIN_VALUE);
                                                assertThat(row.getBoolean("f")).isTrue();
                                                assertThat(row.getBigDecimal("n"))
                                                        .isEqualTo("-12.3400");
                                                assertThat(
                                                                row.getObject(
                                                                                "at",
                                                                                OffsetDateTime
                                                                                        .class)
                                                                        .toInstant())
                                                        .isEqualTo(AT);
                                                assertThat(row.getBytes("bytes"))
                                                        .containsExactly(0, '\\', -1);
                                                return row;
                                            })
                                    .one();
                        });
    }

    @Test
    void what_is_absent_is_null() {
        db.jdbi()
                .useTransaction(
                        h -> {
                            h.execute(TABLE);
                            try (var rows = new CopyRows(h, COPY, 8)) {
                                rows.row()
                                        .text(null)
                                        .uuid(Optional.empty())
                                        .integer(0)
                                        .bigint(Optional.empty())
                                        .bool(false)
                                        .numeric(Optional.empty())
                                        .instant(Optional.empty())
                                        .bytes(null);
                                rows.end();
                            }
                            assertThat(
                                            h.createQuery(
                                                            "SELECT num_nulls(t, u, b, n, at, bytes) FROM copied")
                                                    .mapTo(Integer.class)
                                                    .one())
                                    .isEqualTo(6);
                        });
    }

    @Test
    void many_large_rows_go_in_while_they_are_made() {
        int count = 3_000;
        var large = "x".repeat(500);
        db.jdbi()
                .useTransaction(
                        h -> {
                            h.execute(TABLE);
                            try (var rows = new CopyRows(h, COPY, 8)) {
                                for (int i = 0; i < count; i++) {
                                    add(rows, i, i == 1_000 ? large.repeat(1_000) : large);
                                }
                                assertThat(rows.end()).isEqualTo(count);
                            }
                            assertThat(numbers(h)).hasSize(count).doesNotHaveDuplicates();
                        });
    }

    @Test
    void rows_that_were_not_ended_are_taken_back_and_the_transaction_goes_on() {
        db.jdbi()
                .useHandle(
                        h -> {
                            h.execute(TABLE.replace("ON COMMIT DROP", ""));
                            assertThatThrownBy(() -> breakOff(h))
                                    .isInstanceOf(IllegalStateException.class)
                                    .hasMessage("no more");
                            assertThat(numbers(h)).isEmpty();
                            h.execute("DROP TABLE copied");
                        });
    }

    @Test
    void a_row_that_lacks_a_column_is_refused_before_it_is_sent() {
        db.jdbi()
                .useHandle(
                        h -> {
                            h.execute(TABLE.replace("ON COMMIT DROP", ""));
                            try (var rows = new CopyRows(h, COPY, 8)) {
                                rows.row().text("only one");
                                assertThatThrownBy(rows::end)
                                        .isInstanceOf(IllegalStateException.class)
                                        .hasMessageContaining("lacks 7");
                            }
                            h.execute("DROP TABLE copied");
                        });
    }

    @Test
    void without_rows_nothing_is_sent() {
        db.jdbi()
                .useHandle(
                        h -> {
                            try (var rows = new CopyRows(h, "COPY nowhere FROM STDIN", 1)) {
                                assertThat(rows.end()).isZero();
                            }
                        });
    }

    private static void breakOff(Handle h) {
        try (var rows = new CopyRows(h, COPY, 8)) {
            add(rows, 1, "x");
            throw new IllegalStateException("no more");
        }
    }

    private static void add(CopyRows rows, int number, String text) {
        rows.row()
                .text(text)
                .uuid(ID)
                .integer(number)
                .bigint(number)
                .bool(false)
                .numeric(Optional.of(BigDecimal.ONE))
                .instant(Optional.of(AT))
                .bytes(new byte[0]);
    }

    private static List<Integer> numbers(Handle h) {
        return h.createQuery("SELECT i FROM copied").mapTo(Integer.class).list();
    }
}
