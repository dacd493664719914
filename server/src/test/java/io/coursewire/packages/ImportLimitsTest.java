package io.coursewire.packages;

import static io.coursewire.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.coursewire.kernel.ClientId;
import io.coursewire.storage.TestDatabase;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// What imports take of the machine, and of each other. Real PostgreSQL, real files.
class ImportLimitsTest {
    @RegisterExtension static final TestDatabase db = TestDatabase.migrated();

    private final CountDownLatch end = new CountDownLatch(1);
    @TempDir Path data;
    private ImportFixture imports;
    private ClientId client;

    @BeforeEach
    void prepare() {
        imports = new ImportFixture(db.jdbi(), data);
        client = client();
    }

    private ClientId client() {
        return imports.client("c-" + UUID.randomUUID());
    }

    @Test
    void files_that_are_a_bomb_together_are_refused() {
        var zip = unlike();
        for (int n = 0; n < 20; n++) {
            zip.file("empty-" + n, new byte[1 << 20]);
        }
        var refused = catchThrowableOfType(PackageRefused.class, () -> imports.bring(client, zip));
        assertThat(refused.code()).isEqualTo("zip-bomb");
        assertThat(imports.stagedFiles()).isEmpty();
        assertThat(imports.storedFiles()).isEmpty();
    }

    @Test
    void nothing_is_taken_of_a_disk_that_is_almost_full() {
        var limits = new PackageLimits(1 << 20, 1 << 20, 1 << 20, 10, 200, Long.MAX_VALUE / 2);
        var full = new ImportFixture(db.jdbi(), data, limits);
        assertThatThrownBy(() -> full.bring(client, unlike()))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("bytes free");
        assertThat(imports.stagedFiles()).isEmpty();
    }

    @Test
    void whoever_sends_slowly_takes_no_turn() throws Exception {
        try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
            byte[] zip = unlike().bytes();
            var slow =
                    new InputStream() {
                        @Override
                        public int read() {
                            awaitEnd();
                            return -1;
                        }
                    };
            for (int n = 0; n <= ImportTurns.ALL_MAX; n++) {
                pool.submit(
                        () ->
                                imports.bring(
                                        client,
                                        new SequenceInputStream(
                                                new ByteArrayInputStream(zip, 0, 99), slow),
                                        new ImportTarget.SameManifest()));
            }
            await(() -> imports.stagedFiles().size() > ImportTurns.ALL_MAX);
            assertThat(imports.bring(client, unlike()).version()).isEqualTo(1);
            end.countDown();
        }
    }

    @Test
    void an_import_waits_for_its_turn() throws Exception {
        var turns = imports.importPackage.turns;
        try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
            var holding = new CountDownLatch(ImportTurns.ALL_MAX);
            for (int n = 0; n < ImportTurns.ALL_MAX; n++) {
                var other = client();
                pool.submit(
                        () ->
                                turns.take(
                                        other,
                                        () -> {
                                            holding.countDown();
                                            return awaitEnd();
                                        }));
            }
            holding.await();
            var waiting = pool.submit(() -> imports.bring(client, unlike()));
            await(() -> turns.waiting() == 1);
            assertThat(waiting.isDone()).isFalse();
            end.countDown();
            assertThat(waiting.get().version()).isEqualTo(1);
        }
    }

    @Test
    void what_another_import_is_about_to_name_stays() {
        try (var mine = imports.unpack(client, unlike())) {
            var placed = imports.storedFiles();
            assertThat(placed).as("before any transaction").hasSize(2);
            imports.unpack(client, unlike()).close();
            assertThat(imports.storedFiles()).containsExactlyInAnyOrderElementsOf(placed);
            mine.store(new ImportTarget.SameManifest());
            mine.keep();
        }
        assertThat(imports.storedFiles()).hasSize(2);
        assertThat(imports.stagedFiles()).isEmpty();
    }

    @Test
    void what_cannot_be_cleared_now_takes_no_room_and_is_cleared_later() {
        var down = new AtomicBoolean();
        var jdbi = Jdbi.create(() -> connect(down));
        var unlucky = new ImportFixture(jdbi, data);
        var unpacked = unlucky.unpack(client, unlike());
        down.set(true);
        unpacked.close();
        assertThat(imports.stagedFiles())
                .singleElement()
                .satisfies(file -> assertThat(file.getFileName()).hasToString("intent"));
        assertThat(imports.storedFiles()).hasSize(2);

        unlucky.importPackage.takeBackAbandoned();
        assertThat(imports.stagedFiles()).as("the database is still away").hasSize(1);

        down.set(false);
        unlucky.importPackage.takeBackAbandoned();
        assertThat(imports.stagedFiles()).isEmpty();
        assertThat(imports.storedFiles()).isEmpty();
    }

    private static Connection connect(AtomicBoolean down) throws SQLException {
        if (down.get()) {
            throw new SQLException("away", "08001");
        }
        return db.jdbi().open().getConnection();
    }

    /// No file of it is a file of any other test's course: they have one database.
    private ZipBuilder unlike() {
        return new ZipBuilder()
                .file("imsmanifest.xml", Manifests.single().replace("M-1", "" + client))
                .file("index.html", "" + client);
    }

    private List<Path> awaitEnd() {
        try {
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return List.of();
    }
}
