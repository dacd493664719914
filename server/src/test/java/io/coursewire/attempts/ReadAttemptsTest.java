package io.coursewire.attempts;

import static org.assertj.core.api.Assertions.assertThat;

import io.coursewire.attempts.ReadAttempts.After;
import io.coursewire.attempts.ReadAttempts.Listed;
import io.coursewire.kernel.AttemptId;
import io.coursewire.kernel.ClientId;
import io.coursewire.storage.TestDatabase;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.function.Predicate;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Attempts of both sources, many at the same instant, in one list by update time, then id.
class ReadAttemptsTest {
    @RegisterExtension static final TestDatabase db = TestDatabase.migrated();

    private static final ClientId CLIENT = new ClientId("acme");
    private static final Instant FIRST = Instant.parse("2026-11-29T22:59:59.999999Z");
    private static final List<Row> ROWS = rows(new Random(20261129));

    private record Row(AttemptId id, DataSource source, Instant updated) {}

    private static final String INSERT =
            """
            INSERT INTO attempt (client_id, attempt_id, user_id, activity_id, item_id, attempt_number, data_source, status,
                                 final, rule, completion, success, presence, payload, created_at, updated_at)
            """;

    private final ReadAttempts read = new ReadAttempts(db.jdbi());

    @BeforeAll
    static void store() {
        db.jdbi().useTransaction(ReadAttemptsTest::store);
    }

    @Test
    void pages_of_any_size_make_up_the_whole_in_order() {
        for (int limit : new int[] {1, 7, 1_000}) {
            assertThat(pages(AttemptFilter.ALL, limit)).isEqualTo(expected(_ -> true));
        }
    }

    @Test
    void a_list_since_an_instant_begins_with_it() {
        for (Row row : ROWS) {
            var filter = since(row.updated());
            assertThat(pages(filter, 100))
                    .isEqualTo(expected(r -> !r.updated().isBefore(row.updated())));
        }
    }

    @Test
    void a_list_of_one_source_has_that_only() {
        for (DataSource source : DataSource.values()) {
            assertThat(pages(of(source), 3)).isEqualTo(expected(r -> r.source() == source));
        }
    }

    @Test
    void a_page_reads_no_more_than_itself_of_many_that_were_given_at_once() {
        var plan = db.jdbi().inTransaction(ReadAttemptsTest::planBesideMany);
        assertThat(plan)
                .anyMatch(line -> line.contains("attempt_given"))
                .noneMatch(line -> line.contains("Sort Key: a.given_at"));
    }

    private static List<String> planBesideMany(Handle handle) {
        handle.execute(
                INSERT
                        + """
                        SELECT 'acme', gen_random_uuid(), user_id, activity_id, item_id, 1000 + n, 'offline', 'passed', true,
                               'none', 'completed', 'passed', 'left', '', now(), now()
                        FROM item, participant, generate_series(1, 20000) AS n
                        """);
        handle.execute("ANALYZE attempt");
        var plan =
                handle.createQuery("EXPLAIN " + AttemptReadStore.list(AttemptFilter.ALL))
                        .bind("client", CLIENT.value())
                        .bind("from", FIRST)
                        .bind("afterTime", FIRST)
                        .bind("afterId", new UUID(0, 0))
                        .bind("limit", 100)
                        .bind("bytesMax", ReadAttempts.PAGE_BYTES_MAX)
                        .mapTo(String.class)
                        .list();
        handle.rollback();
        return plan;
    }

    private List<AttemptId> pages(AttemptFilter filter, int limit) {
        var ids = new ArrayList<AttemptId>();
        Optional<After> after = Optional.empty();
        while (true) {
            List<Listed> page = read.list(CLIENT, filter, after, limit);
            page.forEach(one -> ids.add(one.place().id()));
            if (page.size() < limit) {
                return ids;
            }
            after = Optional.of(page.getLast().place());
        }
    }

    private static List<AttemptId> expected(Predicate<Row> wanted) {
        return ROWS.stream()
                .filter(wanted)
                .sorted(Comparator.comparing(Row::updated).thenComparing(r -> r.id().toString()))
                .map(Row::id)
                .toList();
    }

    private static AttemptFilter since(Instant instant) {
        return filter(Optional.empty(), Optional.of(instant));
    }

    private static AttemptFilter of(DataSource source) {
        return filter(Optional.of(source), Optional.empty());
    }

    private static AttemptFilter filter(Optional<DataSource> source, Optional<Instant> since) {
        return new AttemptFilter(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                source,
                since);
    }

    // Few instants, on both sides of the edge of a slot and far away.
    private static List<Row> rows(Random random) {
        var rows = new ArrayList<Row>();
        for (int i = 0; i < 60; i++) {
            long micros = random.nextInt(3) + (random.nextInt(4) == 0 ? 3_600_000_000L : 0);
            rows.add(
                    new Row(
                            new AttemptId(new UUID(random.nextLong(), random.nextLong())),
                            DataSource.values()[random.nextInt(DataSource.values().length)],
                            FIRST.plus(micros, ChronoUnit.MICROS)));
        }
        return rows;
    }

    private static void store(Handle handle) {
        var user = UUID.randomUUID();
        var item = UUID.randomUUID();
        var activity = UUID.randomUUID();
        handle.execute(
                """
                INSERT INTO client (client_id, name, default_language, created_at, updated_at)
                VALUES ('acme', 'Acme', 'en', now(), now())
                """);
        handle.execute(
                """
                INSERT INTO participant (client_id, user_id, username, created_at, updated_at)
                VALUES ('acme', ?, 'mira', now(), now())
                """,
                user);
        handle.execute(
                """
                INSERT INTO activity (client_id, activity_id, titles, type, external_id, created_at, updated_at)
                VALUES ('acme', ?, '{}', 'course', 'bees', now(), now())
                """,
                activity);
        handle.execute(
                """
                INSERT INTO item (client_id, item_id, activity_id, position, titles, type, external_id)
                VALUES ('acme', ?, ?, 1, '{}', 'test', 'dance')
                """,
                item,
                activity);
        var insert =
                handle.prepareBatch(
                        INSERT
                                + """
                                VALUES ('acme', :id, :user, :activity, :item, :number, :source, 'passed', true, 'none',
                                        'completed', 'passed', 'left', '', now(), :updated)
                                """);
        for (int i = 0; i < ROWS.size(); i++) {
            insert.bind("id", ROWS.get(i).id().value())
                    .bind("user", user)
                    .bind("activity", activity)
                    .bind("item", item)
                    .bind("number", i + 1)
                    .bind("source", ROWS.get(i).source().word())
                    .bind("updated", ROWS.get(i).updated())
                    .add();
        }
        insert.execute();
    }
}
