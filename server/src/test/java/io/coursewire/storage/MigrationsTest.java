package io.coursewire.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coursewire.kernel.CannotStart;
import java.util.ArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class MigrationsTest {
    @RegisterExtension static final TestDatabase bare = TestDatabase.bare();
    @RegisterExtension static final TestDatabase migrated = TestDatabase.migrated();
    @RegisterExtension static final TestDatabase newer = TestDatabase.migrated();
    @RegisterExtension static final TestDatabase empty = TestDatabase.bare();

    @Test
    void several_nodes_may_start_at_once_on_an_empty_database() throws Exception {
        try (var nodes = Executors.newVirtualThreadPerTaskExecutor()) {
            var starts = new ArrayList<Future<?>>();
            for (int node = 0; node < 5; node++) {
                starts.add(nodes.submit(() -> Migrations.apply(bare.address())));
            }
            for (var start : starts) {
                start.get();
            }
        }
        assertThat(tables(bare))
                .contains("client", "attempt", "launch")
                .isEqualTo(tables(migrated));
    }

    @Test
    void a_changed_migration_is_refused() {
        migrated.jdbi()
                .useHandle(
                        h ->
                                h.execute(
                                        "UPDATE flyway_schema_history SET checksum = 1 WHERE version = '1'"));
        assertThatThrownBy(() -> Migrations.apply(migrated.address()))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("were made by another build of Coursewire")
                .hasMessageContaining("migration version 1")
                .hasMessageNotContaining("Need more flexibility");
    }

    @Test
    void tables_of_a_newer_build_are_refused() {
        newer.jdbi()
                .useHandle(
                        h ->
                                h.execute(
                                        """
                                        INSERT INTO flyway_schema_history
                                        SELECT max(installed_rank) + 1, '999', 'future', 'SQL', 'V999__future.sql', 1, 'us', now(), 1, true
                                        FROM flyway_schema_history
                                        """));
        assertThatThrownBy(() -> Migrations.apply(newer.address()))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("were made by another build of Coursewire")
                .hasMessageContaining("999");
    }

    @Test
    void an_account_that_may_not_make_tables_is_told_what_to_grant() {
        bare.jdbi()
                .useHandle(
                        h -> {
                            h.execute("DROP ROLE IF EXISTS weak");
                            h.execute("CREATE ROLE weak LOGIN PASSWORD 'weak'");
                        });
        var weak = new DatabaseAddress(empty.address().jdbcUrl(), "weak", "weak");
        assertThatThrownBy(() -> Migrations.apply(weak))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("permission denied for schema public")
                .hasMessageContaining("ALTER SCHEMA public OWNER TO \"weak\"")
                .hasMessageNotContaining("SQL State");
    }

    // Partitions are made by the day, which may change between two starts.
    private static java.util.List<String> tables(TestDatabase database) {
        return database.jdbi()
                .withHandle(
                        h ->
                                h.createQuery(
                                                "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'v') AND NOT relispartition ORDER BY 1")
                                        .mapTo(String.class)
                                        .list());
    }
}
