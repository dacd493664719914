package io.coursewire.offline.importing;

import static org.assertj.core.api.Assertions.assertThat;

import io.coursewire.Patience;
import io.coursewire.attempts.AttemptKey;
import io.coursewire.kernel.AttemptId;
import io.coursewire.storage.LockQueue;
import io.coursewire.storage.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.Executors;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// Several nodes, and what one node does at once, keep out of each other's way. Real PostgreSQL.
class WorkingAtOnceTest {
    @RegisterExtension static final TestDatabase db = TestDatabase.migrated();

    private static final String ROW =
            "recordId,username,itemExternalId,status,completedDateTime\n"
                    + "7,ada,sco-0,passed,2026-11-20T10:00:00\n";

    @TempDir Path data;
    private ImportScene scene;
    private volatile Instant now = Instant.now();

    @BeforeEach
    void aScene() {
        scene = new ImportScene(db.jdbi(), data);
    }

    @Test
    void an_import_is_not_taken_over_however_long_its_node_is_at_it() {
        InstantSource source = () -> now;
        var clock = source.withZone(ZoneOffset.UTC);
        var other = scene.runner(clock, _ -> true);
        var job = scene.submit(ROW, Options.DEFAULT, "{}");
        var taken = new boolean[1];
        scene.runner(
                        clock,
                        _ -> {
                            now = now.plus(RunImports.LEASE).plusSeconds(1);
                            Patience.await(
                                    "a lease that is renewed", () -> lease(job).isAfter(now));
                            taken[0] = other.runOne();
                            return true;
                        })
                .runOne();
        assertThat(taken[0]).isFalse();
        assertThat(scene.imports.find(scene.client, job.id()).orElseThrow().state())
                .isEqualTo(Import.State.DONE);
    }

    @Test
    void an_import_whose_file_is_gone_fails_and_says_so() throws IOException {
        var job = scene.submit(ROW, Options.DEFAULT, "{}");
        Files.delete(scene.files.path(job.id()));
        var failed = scene.finish(job);
        assertThat(failed.state()).isEqualTo(Import.State.FAILED);
        assertThat(failed.failure().orElseThrow()).contains("file is not there any more");
        assertThat(scene.runImports.runOne()).isFalse();
    }

    @Test
    void telling_waits_for_an_import_that_changes_the_attempt_and_not_in_a_circle()
            throws Exception {
        scene.run(ROW, Options.DEFAULT);
        var id = AttemptId.parse(scene.attempts().getFirst().get("attemptId").asString());
        var key = new AttemptKey(scene.client, id.orElseThrow());
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var told =
                    db.jdbi()
                            .inTransaction(
                                    h -> {
                                        hold(h, key);
                                        var telling = threads.submit(scene.tellImported::round);
                                        LockQueue.awaitOneFor(h, db);
                                        new TellingStore().drop(h, key.client(), List.of(key.id()));
                                        return telling;
                                    });
            assertThat(told.get()).isZero();
        }
        assertThat(scene.told).isEmpty();
    }

    private static Instant lease(Import job) {
        return db.jdbi()
                .withHandle(
                        h ->
                                h.createQuery(
                                                "SELECT lease_until FROM offline_import WHERE import_id = :import")
                                        .bind("import", job.id().value())
                                        .mapTo(OffsetDateTime.class)
                                        .one()
                                        .toInstant());
    }

    private static void hold(Handle h, AttemptKey attempt) {
        h.execute(
                "SELECT FROM attempt WHERE client_id = ? AND attempt_id = ? FOR NO KEY UPDATE",
                attempt.client().value(),
                attempt.id().value());
    }
}
