package io.coursewire.packages;

import static io.coursewire.packages.Manifests.course;
import static io.coursewire.packages.Manifests.item;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.coursewire.kernel.ActivityId;
import io.coursewire.kernel.ClientId;
import io.coursewire.kernel.InvalidInput;
import io.coursewire.packages.content.FileHash;
import io.coursewire.packages.content.Staging;
import io.coursewire.storage.TestDatabase;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// A course comes in whole or not at all. Real PostgreSQL, real files.
class ImportPackageTest {
    @RegisterExtension static final TestDatabase db = TestDatabase.migrated();

    @TempDir Path data;
    private ImportFixture imports;
    private ClientId client;

    @BeforeEach
    void prepare() {
        imports = new ImportFixture(db.jdbi(), data);
        client = imports.client("c-" + UUID.randomUUID());
    }

    @Test
    void a_course_becomes_an_activity_with_items_and_files() {
        var imported = imports.bring(client, course());
        assertThat(imported.standard()).isEqualTo(Standard.SCORM_12);
        assertThat(imported.version()).isEqualTo(1);
        assertThat(imported.warnings()).isEmpty();
        assertThat(imports.activity(imported.activity()))
                .containsEntry("titles", "{\"und\": \"A course\"}")
                .containsEntry("type", "course")
                .containsEntry("external_id", "O-1")
                .containsEntry("standard", "scorm12")
                .containsEntry("version", 1);
        assertThat(imports.items(imported.activity()))
                .singleElement()
                .satisfies(
                        item ->
                                assertThat(item)
                                        .containsEntry("external_id", "I-1")
                                        .containsEntry("titles", "{\"und\": \"Title of I-1\"}")
                                        .containsEntry("type", "unknown")
                                        .containsEntry("counts", true)
                                        .containsEntry("position", 0)
                                        .containsEntry("retired", false));
        assertThat(imports.storedFiles()).hasSize(2);
        assertThat(imports.stagedFiles()).isEmpty();
    }

    @Test
    void run_times_find_what_to_open() {
        var imported = imports.bring(client, course());
        var version = imports.version(client, imported);
        assertThat(version.content()).isInstanceOf(Scorm12.class);
        assertThat(version.launchUrl("I-1"))
                .contains("/content/" + version.contentKey() + "/index.html");
        var item = version.itemIds().get("I-1");
        assertThat(version.identifier(item)).contains("I-1");
        assertThat(imports.items(imported.activity()).getFirst())
                .containsEntry("item_id", item.value());
        var file = new ContentFiles(db.jdbi()).find(version.contentKey(), "INDEX.html");
        assertThat(file).isPresent();
        assertThat(imports.content.has(file.get().hash())).isTrue();
    }

    @Test
    void what_was_read_is_what_is_kept() {
        var items =
                "<item identifier='F' isvisible='false'><title>F</title>"
                        + item("I-1", "R-1")
                                .replace(
                                        "</item>",
                                        "<adlcp:masteryscore>80.50</adlcp:masteryscore></item>")
                        + "</item>";
        var imported = imports.bring(client, course("M-1", "T", items));
        var kept = (Scorm12) imports.version(client, imported).content();
        assertThat(kept.item("F").orElseThrow().visible()).isFalse();
        var launchData = kept.item("I-1").orElseThrow().content().orElseThrow().launchData();
        assertThat(launchData.masteryScore().orElseThrow().toPlainString()).isEqualTo("80.50");
        assertThat(launchData.maxTimeAllowed()).isEmpty();
    }

    @Test
    void the_same_manifest_again_is_a_new_version() {
        var first = imports.bring(client, course("M-1", "T", item("A", "R-1") + item("B", "R-1")));
        var second = imports.bring(client, course("M-1", "T", item("B", "R-1") + item("C", "R-1")));
        assertThat(second.activity()).isEqualTo(first.activity());
        assertThat(second.version()).isEqualTo(2);
        assertThat(imports.items(first.activity()))
                .extracting(item -> item.get("external_id") + " " + item.get("retired"))
                .containsExactly("B false", "C false", "A true");
        var before = imports.version(client, first);
        var after = imports.version(client, second);
        assertThat(after.itemIds().get("B")).isEqualTo(before.itemIds().get("B"));
        assertThat(before.itemIds()).containsOnlyKeys("A", "B");
        assertThat(after.itemIds()).containsOnlyKeys("B", "C");
    }

    @Test
    void an_item_that_comes_back_is_the_same_item() {
        var first = imports.bring(client, course("M-1", "T", item("A", "R-1")));
        imports.bring(client, course("M-1", "T", item("B", "R-1")));
        var third = imports.bring(client, course("M-1", "T", item("A", "R-1")));
        assertThat(imports.version(client, third).itemIds())
                .isEqualTo(imports.version(client, first).itemIds());
        assertThat(imports.items(first.activity()))
                .extracting(item -> item.get("external_id") + " " + item.get("retired"))
                .containsExactly("A false", "B true");
    }

    @Test
    void the_same_files_have_the_same_name_for_one_client_only() {
        var first = imports.version(client, imports.bring(client, course()));
        var again = imports.version(client, imports.bring(client, course()));
        var other = imports.client("other-" + UUID.randomUUID());
        var others = imports.version(other, imports.bring(other, course()));
        assertThat(again.contentKey()).isEqualTo(first.contentKey());
        assertThat(others.contentKey()).isNotEqualTo(first.contentKey());
        assertThat(others.activity()).isNotEqualTo(first.activity());
        assertThat(imports.storedFiles()).hasSize(2);
    }

    @Test
    void another_course_under_the_same_identifier_is_noticed() {
        imports.bring(client, course("M-1", "Fire safety", item("A", "R-1")));
        var other = imports.bring(client, course("M-1", "Bookkeeping", item("B", "R-1")));
        assertThat(other.warnings())
                .extracting(PackageWarning::code)
                .containsExactly("title-differs", "items-differ");
        var similar = imports.bring(client, course("M-1", "Bookkeeping II", item("B", "R-1")));
        assertThat(similar.warnings()).isEmpty();
    }

    @Test
    void a_course_can_be_brought_as_a_new_one() {
        var first = imports.bring(client, course());
        var second = imports.bring(client, course().stream(), new ImportTarget.NewActivity());
        assertThat(second.activity()).isNotEqualTo(first.activity());
        assertThat(second.version()).isEqualTo(1);
    }

    @Test
    void a_course_can_replace_another_one() {
        var first = imports.bring(client, course("M-1", "One", item("A", "R-1")));
        var target = new ImportTarget.Replace(first.activity());
        var second = imports.bring(client, course("M-2", "Two", item("A", "R-1")).stream(), target);
        assertThat(second.activity()).isEqualTo(first.activity());
        assertThat(second.version()).isEqualTo(2);
        assertThat(second.warnings()).isEmpty();
        var third = imports.bring(client, course("M-2", "Two", item("A", "R-1")));
        assertThat(third.activity()).isEqualTo(first.activity());
    }

    @Test
    void a_package_can_be_brought_for_training_that_had_none() {
        var activity = UUID.randomUUID();
        var item = UUID.randomUUID();
        imports.execute(
                "INSERT INTO activity VALUES ('%s', '%s', '{\"en\": \"By hand\"}', 'course', 'mine', NULL, NULL, NULL, now(), now())"
                        .formatted(client, activity));
        imports.execute(
                "INSERT INTO item VALUES ('%s', '%s', '%s', 0, '{\"en\": \"By hand\"}', 'assessment', 'I-1', true, NULL)"
                        .formatted(client, item, activity));
        var imported =
                imports.bring(
                        client,
                        course().stream(),
                        new ImportTarget.Replace(new ActivityId(activity)));
        assertThat(imported.version()).isEqualTo(1);
        assertThat(imports.items(imported.activity()))
                .singleElement()
                .satisfies(
                        row ->
                                assertThat(row)
                                        .containsEntry("item_id", item)
                                        .containsEntry("type", "assessment"));
        assertThat(imports.activity(imported.activity()))
                .containsEntry("external_id", "mine")
                .containsEntry("titles", "{\"en\": \"By hand\", \"und\": \"A course\"}");
    }

    @Test
    void what_was_changed_by_hand_stays() {
        var first = imports.bring(client, course());
        imports.execute(
                "UPDATE item SET titles = '{\"en\": \"Mine\"}', type = 'video', external_id = 'mine' WHERE client_id = '%s'"
                        .formatted(client));
        imports.execute(
                "UPDATE activity SET titles = '{\"en\": \"My own\"}', external_id = 'own' WHERE client_id = '%s'"
                        .formatted(client));
        var second = imports.bring(client, course());
        assertThat(second.activity()).isEqualTo(first.activity());
        assertThat(imports.activity(first.activity()))
                .containsEntry("external_id", "own")
                .containsEntry("titles", "{\"en\": \"My own\", \"und\": \"A course\"}");
        assertThat(imports.items(first.activity()))
                .singleElement()
                .satisfies(
                        row ->
                                assertThat(row)
                                        .containsEntry("external_id", "mine")
                                        .containsEntry("type", "video"));
    }

    @Test
    void an_activity_of_another_client_cannot_be_replaced() {
        var other = imports.client("other-" + UUID.randomUUID());
        var theirs = imports.bring(other, course());
        var before = imports.rows();
        assertThatThrownBy(
                        () ->
                                imports.bring(
                                        client,
                                        course().stream(),
                                        new ImportTarget.Replace(theirs.activity())))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("activityId");
        assertThat(imports.rows()).isEqualTo(before);
    }

    @Test
    void a_refused_package_leaves_nothing() {
        var before = imports.rows();
        var refused =
                catchThrowableOfType(
                        PackageRefused.class,
                        () ->
                                imports.bring(
                                        client,
                                        course().bent("late.txt", "x", e -> e.crc = ++e.ownCrc)));
        assertThat(refused.code()).isEqualTo("damaged-zip");
        assertThat(imports.rows()).isEqualTo(before);
        assertThat(imports.storedFiles()).isEmpty();
        assertThat(imports.stagedFiles()).isEmpty();
    }

    @Test
    void what_was_stored_in_a_transaction_that_fails_leaves_nothing() {
        var zip = course("M-undone", "Undone", item("A", "R-1")).file("undone.txt", "undone");
        int before;
        try (var unpacked = imports.unpack(client, zip)) {
            assertThatThrownBy(
                            () ->
                                    db.jdbi()
                                            .useTransaction(
                                                    _ -> {
                                                        unpacked.store(
                                                                new ImportTarget.SameManifest());
                                                        throw new IllegalStateException();
                                                    }))
                    .isInstanceOf(IllegalStateException.class);
            before = imports.storedFiles().size();
        }
        // The others may be named by other courses.
        assertThat(imports.storedFiles()).hasSizeLessThanOrEqualTo(before - 2);
        assertThat(imports.stagedFiles()).isEmpty();
    }

    @Test
    void an_upload_that_breaks_off_leaves_nothing() {
        var broken =
                new InputStream() {
                    @Override
                    public int read() throws IOException {
                        throw new IOException("connection reset");
                    }
                };
        var upload = new SequenceInputStream(new ByteArrayInputStream(new byte[99]), broken);
        assertThatThrownBy(() -> imports.bring(client, upload, new ImportTarget.SameManifest()))
                .isInstanceOf(UncheckedIOException.class);
        assertThat(imports.stagedFiles()).isEmpty();
    }

    @Test
    void an_upload_beyond_the_limit_is_refused() {
        var limits = new PackageLimits(100, 1 << 20, 1 << 20, 10, 10, 0);
        var small = new ImportFixture(db.jdbi(), data, limits);
        var refused =
                catchThrowableOfType(PackageRefused.class, () -> small.bring(client, course()));
        assertThat(refused.code()).isEqualTo(PackageRefused.UPLOAD_TOO_LARGE);
        assertThat(imports.stagedFiles()).isEmpty();
    }

    @Test
    void files_beyond_the_limit_are_refused() {
        var limits = new PackageLimits(1 << 20, 1_000, 1 << 20, 10, 10, 0);
        var small = new ImportFixture(db.jdbi(), data, limits);
        var refused =
                catchThrowableOfType(
                        PackageRefused.class,
                        () -> small.bring(client, course().file("x", "y".repeat(1_000))));
        assertThat(refused.code()).isEqualTo("too-large");
        assertThat(imports.stagedFiles()).isEmpty();
    }

    @Test
    void a_transaction_that_fails_leaves_nothing() {
        imports.execute(
                "ALTER TABLE package_version ADD CONSTRAINT never CHECK (version < 0) NOT VALID");
        try {
            var before = imports.rows();
            assertThatThrownBy(() -> imports.bring(client, unlike())).hasMessageContaining("never");
            assertThat(imports.rows()).isEqualTo(before);
            assertThat(imports.storedFiles()).isEmpty();
            assertThat(imports.stagedFiles()).isEmpty();
        } finally {
            imports.execute("ALTER TABLE package_version DROP CONSTRAINT never");
        }
    }

    @Test
    void content_on_another_server_is_opened_there_however_its_scheme_is_written() {
        var manifest = Manifests.single().replace("index.html", "HTTP://x.example/a");
        var imported = imports.bring(client, course(manifest));
        assertThat(imports.version(client, imported).launchUrl("I-1"))
                .contains("HTTP://x.example/a");
    }

    @Test
    void a_failed_import_keeps_the_files_of_others() {
        imports.bring(client, course());
        imports.execute(
                "ALTER TABLE package_version ADD CONSTRAINT never CHECK (version < 0) NOT VALID");
        try {
            assertThatThrownBy(() -> imports.bring(client, course().file("m", "" + client)))
                    .hasMessageContaining("never");
            assertThat(imports.storedFiles()).hasSize(2);
        } finally {
            imports.execute("ALTER TABLE package_version DROP CONSTRAINT never");
        }
    }

    /// No file of it is a file of any other test's course: they have one database.
    private ZipBuilder unlike() {
        return new ZipBuilder()
                .file("imsmanifest.xml", Manifests.single().replace("M-1", "" + client))
                .file("index.html", "" + client);
    }

    @Test
    void what_a_dead_import_left_is_taken_back() throws IOException {
        var kept = imports.version(client, imports.bring(client, course()));
        var named = new ContentFiles(db.jdbi()).find(kept.contentKey(), "index.html").orElseThrow();
        var orphan = new FileHash("0".repeat(64));
        var path = Files.createDirectories(data.resolve("content/00")).resolve(orphan.hex());
        Files.writeString(path, "orphan");
        var dead = new Staging(data).open();
        Files.writeString(dead.upload(), "half an upload");
        dead.intend(List.of(orphan, named.hash()));

        imports.importPackage.takeBackAbandoned();
        assertThat(path).as("the import may still live").exists();

        dead.release();
        imports.importPackage.takeBackAbandoned();
        assertThat(path).doesNotExist();
        assertThat(imports.content.has(named.hash())).isTrue();
        assertThat(imports.stagedFiles()).isEmpty();
    }

    @Test
    void imports_of_one_new_course_at_once_are_its_versions() throws Exception {
        List<Callable<ImportedPackage>> tasks =
                Collections.nCopies(8, () -> imports.bring(client, course()));
        try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
            var versions = new TreeSet<Integer>();
            var activities = new HashSet<ActivityId>();
            for (var done : pool.invokeAll(tasks)) {
                versions.add(done.get().version());
                activities.add(done.get().activity());
            }
            assertThat(activities).hasSize(1);
            assertThat(versions).containsExactly(1, 2, 3, 4, 5, 6, 7, 8);
        }
        assertThat(imports.storedFiles()).hasSize(2);
        assertThat(imports.stagedFiles()).isEmpty();
    }

    @Test
    void an_external_id_that_is_taken_gets_another_for_the_new_item() {
        var first = imports.bring(client, course("M-1", "T", item("A", "R-1")));
        imports.execute(
                "UPDATE item SET external_id = 'B' WHERE client_id = '%s'".formatted(client));
        imports.bring(client, course("M-1", "T", item("A", "R-1") + item("B", "R-1")));
        assertThat(imports.items(first.activity()))
                .extracting(item -> item.get("external_id"))
                .containsExactly("B", "B~2");
    }

    @Test
    void a_course_without_an_identifier_is_always_new() {
        var zip = course(Manifests.single().replace(" identifier=\"M-1\"", ""));
        var first = imports.bring(client, zip);
        assertThat(first.warnings()).extracting(PackageWarning::code).contains("no-identifier");
        assertThat(imports.bring(client, zip).activity()).isNotEqualTo(first.activity());
    }

    @Test
    void text_is_served_as_utf_8_unless_it_is_something_else() {
        var zip =
                course().file("plain.js", "var x = 'ü';")
                        .file("old.js", new byte[] {'\'', (byte) 0xfc, '\''})
                        .file("old.html", "<meta charset=iso-8859-1><p>x")
                        .file("page.html", "<meta charset=\"utf-8\"><p>ü")
                        .file("clip.mp4", "x")
                        .file("noname", "x");
        var key = imports.version(client, imports.bring(client, zip)).contentKey();
        assertThat(mediaType(key, "plain.js")).isEqualTo("text/javascript; charset=utf-8");
        assertThat(mediaType(key, "old.js")).isEqualTo("text/javascript");
        assertThat(mediaType(key, "old.html")).isEqualTo("text/html");
        assertThat(mediaType(key, "page.html")).isEqualTo("text/html; charset=utf-8");
        assertThat(mediaType(key, "clip.mp4")).isEqualTo("video/mp4");
        assertThat(mediaType(key, "noname")).isEqualTo("application/octet-stream");
    }

    private static String mediaType(String key, String path) {
        return new ContentFiles(db.jdbi()).find(key, path).orElseThrow().mediaType();
    }
}
