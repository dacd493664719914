package io.coursewire.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coursewire.Patience;
import io.coursewire.kernel.CannotStart;
import io.coursewire.kernel.InvalidInput;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseTest {
    @RegisterExtension static final TestDatabase db = TestDatabase.bare();

    @Test
    void arrays_and_instants_go_there_and_back_unchanged_whatever_the_time_zone() {
        var ids = new UUID[] {UUID.randomUUID(), UUID.randomUUID()};
        var times = new Instant[] {Instant.parse("2026-09-26T14:30:00.123456Z"), Instant.EPOCH};
        db.jdbi()
                .useHandle(
                        h -> {
                            var row =
                                    h.createQuery(
                                                    "SELECT :ids AS ids, :times AS times, :times[1] AS t,"
                                                            + " current_setting('TimeZone') AS zone")
                                            .bind("ids", ids)
                                            .bind("times", times)
                                            .map(
                                                    (r, ctx) -> {
                                                        assertThat(
                                                                        (UUID[])
                                                                                r.getArray("ids")
                                                                                        .getArray())
                                                                .isEqualTo(ids);
                                                        assertThat(r.getTimestamp("t").toInstant())
                                                                .isEqualTo(times[0]);
                                                        return r.getString("zone");
                                                    })
                                            .one();
                            assertThat(row).isEqualTo("Pacific/Chatham");
                        });
    }

    @Test
    void payloads_are_compressed_by_the_fastest_of_the_ways_that_the_server_has() {
        var ways =
                db.jdbi()
                        .withHandle(
                                h ->
                                        h.createQuery(
                                                        "SELECT setting FROM pg_settings WHERE name = 'default_toast_compression'"
                                                                + " AND setting = CASE WHEN 'lz4' = ANY (enumvals) THEN 'lz4' ELSE 'pglz' END")
                                                .mapTo(String.class)
                                                .list());
        assertThat(ways).hasSize(1);
    }

    @Test
    void texts_in_arrays_stay_as_they_are() {
        var texts = new ArrayList<String>();
        Collections.addAll(texts, "", "NULL", null, "{a,\"b\"}", "back\\slash", "zażółć 𝄞\n\t'");
        List<String> back =
                db.jdbi()
                        .withHandle(
                                h ->
                                        h.createQuery(
                                                        "SELECT text FROM unnest(:list, :array) AS t (text, number) WHERE number > 1")
                                                .bindArray("list", String.class, texts)
                                                .bindArray(
                                                        "array", Long.class, 1L, 2L, 3L, 4L, 5L, 6L)
                                                .mapTo(String.class)
                                                .list());
        assertThat(back).containsExactlyElementsOf(texts.subList(1, 6));
    }

    @Test
    void every_session_has_limits() {
        try (var database = Database.open(db.address())) {
            var limits =
                    database.jdbi()
                            .withHandle(
                                    h ->
                                            h.createQuery(
                                                            """
                                                            SELECT name || '=' || setting FROM pg_settings WHERE name IN
                                                            ('statement_timeout', 'lock_timeout', 'idle_in_transaction_session_timeout')
                                                            """)
                                                    .mapTo(String.class)
                                                    .list());
            assertThat(limits)
                    .containsExactlyInAnyOrder(
                            "statement_timeout=30000",
                            "lock_timeout=10000",
                            "idle_in_transaction_session_timeout=60000");
        }
    }

    @Test
    void a_wrong_password_is_told_without_telling_it() {
        var address = new DatabaseAddress(db.address().jdbcUrl(), "coursewire", "hunter2");
        assertThatThrownBy(() -> Database.open(address))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("password authentication failed")
                .hasMessageNotContaining("hunter2");
    }

    @Test
    void a_database_in_another_encoding_is_refused() {
        db.jdbi()
                .useHandle(
                        h ->
                                h.execute(
                                        "CREATE DATABASE latin ENCODING 'LATIN1' LOCALE_PROVIDER libc"
                                                + " LOCALE 'C' TEMPLATE template0"));
        var latin = db.address().jdbcUrl().replaceAll("/[^/]*$", "/latin");
        assertThatThrownBy(
                        () ->
                                Database.open(
                                        new DatabaseAddress(
                                                latin,
                                                db.address().user(),
                                                db.address().password())))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("LATIN1")
                .hasMessageContaining("ENCODING 'UTF8'");
    }

    @Test
    void a_database_that_cannot_be_written_to_is_refused_at_the_start() {
        setReadOnly(true);
        try {
            assertThatThrownBy(() -> Database.open(db.address()))
                    .isInstanceOf(CannotStart.class)
                    .hasMessageContaining("read-only");
        } finally {
            setReadOnly(false);
        }
    }

    @Test
    void one_that_was_read_only_for_a_while_is_written_to_again() {
        setReadOnly(false);
        try (var database = Database.open(db.address())) {
            database.jdbi().useHandle(h -> h.execute("CREATE TABLE written (one int)"));
            database.jdbi().useHandle(h -> h.execute("SET default_transaction_read_only = on"));
            // Each that fails on it is given up, whichever connections have it.
            Patience.await(
                    "a write",
                    () -> {
                        try {
                            database.jdbi().useHandle(h -> h.execute("DELETE FROM written"));
                            return readOnlyConnections(database) == 0;
                        } catch (RuntimeException e) {
                            return false;
                        }
                    });
        }
    }

    private static long readOnlyConnections(Database database) {
        return database.jdbi()
                .withHandle(
                        h ->
                                h.createQuery(
                                                "SELECT setting FROM pg_settings WHERE name = 'default_transaction_read_only' AND setting = 'on'")
                                        .mapTo(String.class)
                                        .list())
                .size();
    }

    private static void setReadOnly(boolean on) {
        db.jdbi()
                .useHandle(
                        h -> {
                            h.execute("SET default_transaction_read_only = off");
                            h.execute(
                                    "ALTER DATABASE %s SET default_transaction_read_only = %s"
                                            .formatted(name(), on));
                        });
    }

    private static String name() {
        return db.address().jdbcUrl().replaceAll(".*/([^/?]*).*", "$1");
    }

    @Test
    void an_outage_is_told_from_a_refused_statement() {
        assertThat(Database.isOutage(new RuntimeException(new SQLException("x", "57P01"))))
                .isTrue();
        assertThat(Database.isOutage(new SQLException("x", "08006"))).isTrue();
        assertThat(Database.isOutage(new SQLException("x", "23505"))).isFalse();
        assertThat(Database.isOutage(new IllegalStateException())).isFalse();
    }

    @Test
    void what_may_succeed_at_another_time_is_told_from_what_is_at_fault_itself() {
        for (String passing : List.of("08006", "40P01", "55P03", "57014", "25006")) {
            assertThat(Database.isPassing(new RuntimeException(new SQLException("x", passing))))
                    .as(passing)
                    .isTrue();
        }
        for (String lasting : List.of("22P05", "23514", "54000", "P0001")) {
            assertThat(Database.isPassing(new SQLException("x", lasting))).as(lasting).isFalse();
        }
        assertThat(Database.isPassing(new IllegalStateException())).isFalse();
    }

    @Test
    void an_address_is_read_in_both_forms() {
        var plain = parse("postgresql://ann:s%40cret@db.example:6432/course?sslmode=require");
        assertThat(plain.jdbcUrl())
                .isEqualTo("jdbc:postgresql://db.example:6432/course?sslmode=require");
        assertThat(plain.user()).isEqualTo("ann");
        assertThat(plain.password()).isEqualTo("s@cret");
        assertThat(parse("jdbc:postgresql://db/course").jdbcUrl())
                .isEqualTo("jdbc:postgresql://db/course");
        assertThat(
                        DatabaseAddress.parse(
                                "postgres://ann:a@db/course", Optional.of("bob"), Optional.of("b")))
                .isEqualTo(new DatabaseAddress("jdbc:postgresql://db/course", "bob", "b"));
    }

    @Test
    void a_failed_statement_tells_nothing_of_the_values_in_it() {
        db.jdbi()
                .useHandle(
                        h -> {
                            h.execute(
                                    "CREATE TEMPORARY TABLE guarded (value text CHECK (value = 'x'))");
                            var insert =
                                    h.createUpdate("INSERT INTO guarded VALUES (:value)")
                                            .bind("value", "hunter2");
                            assertThatThrownBy(insert::execute)
                                    .hasMessageContaining("check constraint")
                                    .hasStackTraceContaining("guarded")
                                    .satisfies(e -> assertThat(trace(e)).doesNotContain("hunter2"));
                        });
    }

    private static String trace(Throwable failure) {
        var text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text));
        return text.toString();
    }

    @Test
    void an_address_never_shows_its_secrets() {
        assertThat(parse("postgresql://ann:hunter2@db/course?sslpassword=hunter3"))
                .hasToString("jdbc:postgresql://db/course");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "db",
                "mysql://db/course",
                "postgresql://db",
                "postgresql://db/",
                "postgresql:///course",
                "postgresql://a b/course",
                "http://db/course",
                "jdbc:postgresql:course",
            })
    void what_is_not_an_address_is_refused_with_an_example(String text) {
        assertThatThrownBy(() -> parse(text))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("postgresql://host:5432/database");
    }

    private static DatabaseAddress parse(String url) {
        return DatabaseAddress.parse(url, Optional.empty(), Optional.empty());
    }
}
