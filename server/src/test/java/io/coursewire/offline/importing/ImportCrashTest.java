package io.coursewire.offline.importing;

import static org.assertj.core.api.Assertions.assertThat;

import io.coursewire.ChildJvm;
import io.coursewire.Patience;
import io.coursewire.storage.TestDatabase;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// kill -9 in the middle of an import of 100,000 rows: gone on with, nothing is doubled or missing.
@Tag("slow")
class ImportCrashTest {
    @RegisterExtension static final TestDatabase db = TestDatabase.migrated();

    private static final int ROWS = 100_000;
    private static final int PEOPLE = 2_000;
    private static final int BATCHES_BEFORE = 20;

    @TempDir Path data;

    @Test
    void what_was_killed_is_gone_on_with() throws Exception {
        var scene = new ImportScene(db.jdbi(), data);
        var options = new Options(false, Policy.KEEP, false, true, false, 50);
        var job = scene.submit(file(), options, "{}");
        var address = db.address();
        try (var child =
                ChildJvm.start(
                        ImportChild.class,
                        address.jdbcUrl(),
                        address.user(),
                        address.password(),
                        data.toString())) {
            for (int batch = 0; batch < BATCHES_BEFORE; batch++) {
                assertThat(child.nextLine()).isEqualTo("batch");
            }
            child.kill();
        }
        long before = scene.imports.find(scene.client, job.id()).orElseThrow().counts().done();
        assertThat(before).isBetween(20_000L, ROWS - 1L);
        resume(scene);
        var done = scene.imports.find(scene.client, job.id()).orElseThrow();
        assertThat(done.state()).isEqualTo(Import.State.DONE);
        assertThat(done.counts().created()).isEqualTo(ROWS);
        assertThat(count("attempt")).isEqualTo(ROWS);
        assertThat(count("offline_record")).isEqualTo(ROWS);
        assertThat(count("offline_telling")).isEqualTo(ROWS);
        assertThat(numbered()).isEqualTo(ROWS / PEOPLE);
    }

    // Its lease is over by the clock of this node. The database may still be undoing what the
    // killed one had begun.
    private void resume(ImportScene scene) {
        var later = Clock.offset(Clock.systemUTC(), RunImports.LEASE.plus(Duration.ofSeconds(5)));
        Patience.await("the import to go on with", () -> scene.runner(later).runOne());
    }

    private static String file() {
        var rows = new StringBuilder("username,itemExternalId,status,scoreRaw,recordId\n");
        for (int i = 0; i < ROWS; i++) {
            rows.append("user").append(i % PEOPLE).append(",sco-").append(i / PEOPLE % 2);
            rows.append(",passed,").append(i % 100).append(",r").append(i).append('\n');
        }
        return rows.toString();
    }

    private static int count(String table) {
        return db.jdbi()
                .withHandle(
                        handle ->
                                handle.createQuery("SELECT count(*) FROM " + table)
                                        .mapTo(Integer.class)
                                        .one());
    }

    /// Attempts of the participant and both items that have most, all with numbers from 1 without gaps.
    private static int numbered() {
        return db.jdbi()
                        .withHandle(
                                handle ->
                                        handle.createQuery(
                                                        """
                                                SELECT sum(count) FROM (
                                                    SELECT count(*) AS count, max(attempt_number) AS highest
                                                    FROM attempt GROUP BY user_id, item_id) AS of_pair
                                                WHERE count = highest GROUP BY count LIMIT 1
                                                """)
                                                .mapTo(Integer.class)
                                                .one())
                / PEOPLE;
    }
}
