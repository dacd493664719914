package io.coursewire.packages;

import io.coursewire.kernel.ClientId;
import io.coursewire.packages.content.FileHash;
import io.coursewire.packages.content.StagedFile;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/// Every SQL statement about the names of content files. The caller owns the transaction.
///
/// Files are shared by all clients, so what concerns the files themselves is asked without a client.
final class ContentFileStore {
    private static final long LOCK = 0x636f_6e74_656e_7431L;

    /// Held while an import writes down which files it is about to place: whoever removes some sees all of it or nothing.
    void lockForIntending(Handle db) {
        lock(db, "SELECT pg_advisory_xact_lock_shared(:lock)");
    }

    /// Held while files are removed that nobody names or intends: nobody begins to intend one in between.
    void lockForRemoving(Handle db) {
        lock(db, "SELECT pg_advisory_xact_lock(:lock)");
    }

    private static void lock(Handle db, String sql) {
        db.createQuery(sql).bind("lock", LOCK).mapToMap().one();
    }

    /// True when the client has no such set of files yet; its names are then to be added.
    boolean insertContent(Handle db, ClientId client, String contentKey, Instant now) {
        return db.createUpdate(
                                """
                                INSERT INTO package_content (client_id, content_key, created_at)
                                VALUES (:client, :contentKey, :now::timestamptz) ON CONFLICT DO NOTHING
                                """)
                        .bind("client", client.value())
                        .bind("contentKey", contentKey)
                        .bind("now", now.toString())
                        .execute()
                == 1;
    }

    void insertFiles(Handle db, ClientId client, String contentKey, Collection<StagedFile> files) {
        db.createUpdate(
                        """
                        INSERT INTO package_file (client_id, content_key, folded_path, path, sha256,
                            size_bytes, media_type)
                        SELECT :client, :contentKey, folded, path, decode(hash, 'hex'), size, type
                        FROM unnest(:folded, :paths, :hashes, :sizes, :types)
                            AS file (folded, path, hash, size, type)
                        """)
                .bind("client", client.value())
                .bind("contentKey", contentKey)
                .bindArray(
                        "folded",
                        String.class,
                        files.stream().map(f -> FoldedPath.of(f.path())).toList())
                .bindArray("paths", String.class, files.stream().map(StagedFile::path).toList())
                .bindArray("hashes", String.class, files.stream().map(f -> f.hash().hex()).toList())
                .bindArray("sizes", Long.class, files.stream().map(StagedFile::sizeBytes).toList())
                .bindArray(
                        "types", String.class, files.stream().map(StagedFile::mediaType).toList())
                .execute();
    }

    /// The hashes that some client names.
    Set<FileHash> named(Handle db, List<FileHash> hashes) {
        return Set.copyOf(
                db.createQuery(
                                """
                                SELECT DISTINCT encode(sha256, 'hex') FROM package_file
                                WHERE sha256 IN (SELECT decode(hash, 'hex') FROM unnest(:hashes) AS hash)
                                """)
                        .bindArray(
                                "hashes", String.class, hashes.stream().map(FileHash::hex).toList())
                        .mapTo(String.class)
                        .map(FileHash::new)
                        .list());
    }

    /// The file of the name, upper and lower case aside. The key is the only credential: whoever has it was
    /// given it by the client that it belongs to.
    Optional<ContentFile> find(Handle db, String contentKey, String path) {
        return db.createQuery(
                        """
                        SELECT client_id, encode(sha256, 'hex') AS hash, size_bytes, media_type
                        FROM package_content JOIN package_file USING (client_id, content_key)
                        WHERE content_key = :contentKey AND folded_path = :folded
                        """)
                .bind("contentKey", contentKey)
                .bind("folded", FoldedPath.of(path))
                .map((row, _) -> read(row))
                .findOne();
    }

    private static ContentFile read(ResultSet row) throws SQLException {
        return new ContentFile(
                new ClientId(row.getString("client_id")),
                new FileHash(row.getString("hash")),
                row.getLong("size_bytes"),
                row.getString("media_type"));
    }
}
