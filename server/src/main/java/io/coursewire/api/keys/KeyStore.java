package io.coursewire.api.keys;

import io.coursewire.kernel.ClientId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/// Every SQL statement about API keys. The caller owns the transaction.
final class KeyStore {
    Optional<byte[]> digest(Handle db, ClientId client, UUID key) {
        return db.createQuery(
                        "SELECT digest FROM api_key WHERE client_id = :client AND key_id = :key")
                .bind("client", client.value())
                .bind("key", key)
                .mapTo(byte[].class)
                .findOne();
    }

    void insert(Handle db, ClientId client, ApiKey key, byte[] digest) {
        db.createUpdate(
                        """
                        INSERT INTO api_key (client_id, key_id, name, digest, created_at)
                        VALUES (:client, :key, :name, :digest, :now::timestamptz)
                        """)
                .bind("client", client.value())
                .bind("key", key.id())
                .bind("name", key.name())
                .bind("digest", digest)
                .bind("now", key.createdAt().toString())
                .execute();
    }

    boolean delete(Handle db, ClientId client, UUID key) {
        return db.createUpdate("DELETE FROM api_key WHERE client_id = :client AND key_id = :key")
                        .bind("client", client.value())
                        .bind("key", key)
                        .execute()
                == 1;
    }

    List<ApiKey> list(Handle db, ClientId client, UUID after, int limit) {
        return db.createQuery(
                        """
                        SELECT key_id, name, created_at FROM api_key
                        WHERE client_id = :client AND key_id > :after ORDER BY key_id LIMIT :limit
                        """)
                .bind("client", client.value())
                .bind("after", after)
                .bind("limit", limit)
                .map((row, _) -> read(row))
                .list();
    }

    Optional<byte[]> adminDigest(Handle db) {
        return db.createQuery("SELECT digest FROM admin_key").mapTo(byte[].class).findOne();
    }

    /// False when there is one already.
    boolean insertAdminDigest(Handle db, byte[] digest, Instant now) {
        return db.createUpdate(
                                """
                                INSERT INTO admin_key (digest, created_at) VALUES (:digest, :now::timestamptz)
                                ON CONFLICT (only_one) DO NOTHING
                                """)
                        .bind("digest", digest)
                        .bind("now", now.toString())
                        .execute()
                == 1;
    }

    void replaceAdminDigest(Handle db, byte[] digest, Instant now) {
        db.createUpdate(
                        """
                        INSERT INTO admin_key (digest, created_at) VALUES (:digest, :now::timestamptz)
                        ON CONFLICT (only_one) DO UPDATE SET digest = excluded.digest, created_at = excluded.created_at
                        WHERE admin_key.digest <> excluded.digest
                        """)
                .bind("digest", digest)
                .bind("now", now.toString())
                .execute();
    }

    private static ApiKey read(ResultSet row) throws SQLException {
        return new ApiKey(
                row.getObject("key_id", UUID.class),
                row.getString("name"),
                row.getObject("created_at", OffsetDateTime.class).toInstant());
    }
}
