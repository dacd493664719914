package io.coursewire.packages;

import io.coursewire.kernel.ActivityId;
import io.coursewire.kernel.ClientId;
import io.coursewire.packages.content.ContentKeys;
import io.coursewire.packages.content.ContentStore;
import io.coursewire.packages.content.Staging;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Jdbi;

/// A data folder and everything that imports need, on a migrated database.
public final class ImportFixture {
    public static final Instant NOW = Instant.parse("2026-11-24T05:00:00Z");
    private static final byte[] SECRET = new byte[32];

    private final Jdbi jdbi;
    private final Path data;
    public final ContentStore content;
    public final ImportPackage importPackage;

    public ImportFixture(Jdbi jdbi, Path data) {
        this(jdbi, data, PackageLimits.DEFAULT);
    }

    public ImportFixture(Jdbi jdbi, Path data, PackageLimits limits) {
        this.jdbi = jdbi;
        this.data = data;
        content = new ContentStore(data);
        importPackage =
                new ImportPackage(
                        jdbi,
                        new ImportPackage.PackageFolders(new Staging(data), content),
                        new ContentKeys(SECRET),
                        limits,
                        () -> NOW);
    }

    public ClientId client(String name) {
        jdbi.useHandle(
                db ->
                        db.createUpdate(
                                        """
                                        INSERT INTO client (client_id, name, default_language, created_at, updated_at)
                                        VALUES (:client, :client, 'en', now(), now()) ON CONFLICT DO NOTHING
                                        """)
                                .bind("client", name)
                                .execute());
        return new ClientId(name);
    }

    public ImportedPackage bring(ClientId client, ZipBuilder zip) {
        return bring(client, zip.stream(), new ImportTarget.SameManifest());
    }

    public ImportedPackage bring(ClientId client, InputStream zip, ImportTarget target) {
        return importPackage.bring(client, zip, target);
    }

    ImportPackage.Unpacked unpack(ClientId client, ZipBuilder zip) {
        return importPackage.unpack(client, zip.stream());
    }

    public PackageVersion version(ClientId client, ImportedPackage imported) {
        return new PackageVersions(jdbi)
                .find(client, imported.activity(), imported.version())
                .orElseThrow();
    }

    /// The activity's row.
    public Map<String, Object> activity(ActivityId activity) {
        return jdbi.withHandle(
                db ->
                        db.createQuery(
                                        """
                                        SELECT titles::text, type, external_id, standard, version
                                        FROM activity WHERE activity_id = :activity
                                        """)
                                .bind("activity", activity.value())
                                .mapToMap()
                                .one());
    }

    /// External id, position and whether it is retired, of each item.
    public List<Map<String, Object>> items(ActivityId activity) {
        return jdbi.withHandle(
                db ->
                        db.createQuery(
                                        """
                                        SELECT item_id, external_id, position, titles::text, type, counts,
                                            retired_at IS NOT NULL AS retired
                                        FROM item WHERE activity_id = :activity ORDER BY retired, position
                                        """)
                                .bind("activity", activity.value())
                                .mapToMap()
                                .list());
    }

    public void execute(String sql) {
        jdbi.useHandle(db -> db.execute(sql));
    }

    public long rows(String table) {
        return jdbi.withHandle(
                db -> db.createQuery("SELECT count(*) FROM " + table).mapTo(long.class).one());
    }

    /// Rows of every table that an import writes.
    public List<Long> rows() {
        return List.of(
                rows("activity"),
                rows("item"),
                rows("package_content"),
                rows("package_file"),
                rows("package_version"),
                rows("package_item"));
    }

    public List<Path> storedFiles() {
        return files("content");
    }

    public List<Path> stagedFiles() {
        return files("staging").stream().filter(file -> !file.endsWith("locks")).toList();
    }

    private List<Path> files(String folder) {
        try (var files = Files.walk(data.resolve(folder))) {
            return files.filter(Files::isRegularFile).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
