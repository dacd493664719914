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

    private static java.util.List<String> tables(TestDatabase database) {
        return database.jdbi()
                .withHandle(
                        h ->
                                h.createQuery(
                                                "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public' ORDER BY 1")
                                        .mapTo(String.class)
                                        .list());
    }
}
