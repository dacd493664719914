package io.coursewire.app;

import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// Which secret key a database belongs to.
final class SecretKeyStore {
    Optional<String> fingerprint(Handle db) {
        return db.createQuery("SELECT fingerprint FROM secret_key").mapTo(String.class).findOne();
    }

    /// Binds the database to a key unless it is bound already.
    void bind(Handle db, String fingerprint, Instant at) {
        db.createUpdate(
                        """
                        INSERT INTO secret_key (fingerprint, created_at) VALUES (:fingerprint, :at)
                        ON CONFLICT DO NOTHING
                        """)
                .bind("fingerprint", fingerprint)
                .bind("at", at)
                .execute();
    }
}
