package io.coursewire.offline.importing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coursewire.Patience;
import io.coursewire.attempts.AttemptKey;
import io.coursewire.kernel.AttemptId;
import io.coursewire.storage.LockQueue;
import io.coursewire.storage.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// Several nodes, and what one node does at once, keep out of each other's way. Real PostgreSQL.
class WorkingAtOnceTest {
    @RegisterExtension static final TestDatabase db = TestDatabase.migrated();

    private static final String DISK_FULL =
            """
            CREATE FUNCTION disk_full() RETURNS trigger LANGUAGE plpgsql AS
            $$ BEGIN RAISE EXCEPTION 'disk full' USING ERRCODE = '53100'; END $$
            """;
    private static final String ROW =
            "recordId,username,itemExternalId,status,completedDateTime\n"
                    + "7,ada,sco-0,passed,2026-11-20T10:00:00\n";

    private static final Options REPLACING =
            new Options(false, Policy.REPLACE_IF_NEWER, false, false, false, 1_000);

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
    void an_import_that_breaks_off_again_and_again_without_coming_further_fails()
            throws IOException {
        var job = scene.submit(ROW, Options.DEFAULT, "{}");
        var file = scene.files.path(job.id());
        Files.delete(file);
        Files.createSymbolicLink(file, Path.of("/proc/self/mem"));
        InstantSource source = () -> now;
        var runner = scene.runner(source.withZone(ZoneOffset.UTC));
        for (int begun = 1; begun <= RunImports.BEGUN_MAX; begun++) {
            assertThatThrownBy(runner::runOne).isInstanceOf(UncheckedIOException.class);
            now = now.plus(RunImports.LEASE).plusSeconds(1);
        }
        assertThat(runner.runOne()).isTrue();
        var failed = scene.imports.find(scene.client, job.id()).orElseThrow();
        assertThat(failed.state()).isEqualTo(Import.State.FAILED);
        assertThat(failed.failure().orElseThrow()).contains("begun 5 times");
        assertThat(runner.runOne()).isFalse();
    }

    @Test
    void what_the_database_could_not_do_for_a_while_is_not_held_against_an_import() {
        var job = scene.submit(ROW, Options.DEFAULT, "{}");
        db.jdbi()
                .useHandle(
                        handle -> {
                            handle.execute(DISK_FULL);
                            handle.execute(
                                    "CREATE TRIGGER disk_full BEFORE INSERT ON attempt EXECUTE FUNCTION disk_full()");
                        });
        InstantSource source = () -> now;
        var runner = scene.runner(source.withZone(ZoneOffset.UTC));
        for (int begun = 0; begun <= RunImports.BEGUN_MAX; begun++) {
            assertThatThrownBy(runner::runOne).hasMessageContaining("disk full");
            now = now.plus(RunImports.LEASE).plusSeconds(1);
        }
        db.jdbi().useHandle(handle -> handle.execute("DROP FUNCTION disk_full CASCADE"));
        assertThat(runner.runOne()).isTrue();
        var done = scene.imports.find(scene.client, job.id()).orElseThrow();
        assertThat(done.state()).isEqualTo(Import.State.DONE);
        assertThat(done.counts().created()).isEqualTo(1);
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

    @Test
    void imports_of_the_same_records_their_undoing_and_their_telling_never_deadlock()
            throws Exception {
        var people = IntStream.range(0, 40).mapToObj(n -> "person" + n).toList();
        people.forEach(scene::participant);
        scene.run(file(people, 1), Options.DEFAULT);
        long before = deadlocks();
        var last = scene.run(file(people, 2), REPLACING);
        for (int day = 3; day < 15; day += 2) {
            scene.imports.undo(last, "tester");
            scene.submit(file(people, day), REPLACING, "{}");
            last = scene.submit(file(people.reversed(), day + 1), REPLACING, "{}");
            var work = new ArrayList<Future<?>>();
            try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                for (int n = 0; n < 3; n++) {
                    work.add(
                            threads.submit(
                                    () -> {
                                        while (scene.runImports.runOne()) {}
                                    }));
                    work.add(threads.submit(scene.tellImported::round));
                }
            }
            for (var one : work) {
                one.get();
            }
        }
        while (scene.tellImported.round() > 0) {}
        assertThat(deadlocks()).isEqualTo(before);
        assertThat(scene.imports.list(scene.client, 100, Optional.empty()).items())
                .extracting(Import::state)
                .containsOnly(Import.State.DONE, Import.State.UNDONE);
    }

    private static String file(List<String> people, int day) {
        return "recordId,username,itemExternalId,status,completedDateTime\n"
                + people.stream()
                        .map(one -> "r-%s,%s,sco-0,passed,2026-11-%02d\n".formatted(one, one, day))
                        .collect(Collectors.joining());
    }

    /// Those that PostgreSQL has ended so far.
    private static long deadlocks() {
        return db.jdbi()
                .withHandle(
                        h ->
                                h.createQuery(
                                                "SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()")
                                        .mapTo(Long.class)
                                        .one());
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
