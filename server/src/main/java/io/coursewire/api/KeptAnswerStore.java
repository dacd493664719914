package io.coursewire.api;

import io.coursewire.kernel.ClientId;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// Every SQL statement about answers that are kept to be given again. The caller owns the transaction.
final class KeptAnswerStore {
    static final int SWEPT_MAX = 1_000;

    /// Which request: the key that its sender chose is the sender's own.
    record Key(ClientId client, String asker, String idempotencyKey) {}

    record Kept(byte[] fingerprint, Given given) {}

    /// What was answered; `headersJson` has them by name.
    record Given(int status, String headersJson, byte[] sealedBody) {}

    /// True for the first to claim the key, or the first since it expired. Waits for a transaction that
    /// has claimed it and not ended yet.
    boolean claim(Handle db, Key key, byte[] fingerprint, Instant now, Instant expiresAt) {
        return db.createUpdate(
                                """
                                INSERT INTO kept_answer (client_id, asker, idempotency_key, fingerprint, expires_at)
                                VALUES (:client, :asker, :key, :fingerprint, :expiresAt::timestamptz)
                                ON CONFLICT (client_id, asker, idempotency_key) DO UPDATE SET
                                    fingerprint = excluded.fingerprint, status = NULL, headers = NULL, answer = NULL,
                                    expires_at = excluded.expires_at
                                WHERE kept_answer.expires_at <= :now::timestamptz
                                """)
                        .bind("client", key.client().value())
                        .bind("asker", key.asker())
                        .bind("key", key.idempotencyKey())
                        .bind("fingerprint", fingerprint)
                        .bind("now", now.toString())
                        .bind("expiresAt", expiresAt.toString())
                        .execute()
                == 1;
    }

    void keep(Handle db, Key key, Given given) {
        db.createUpdate(
                        """
                        UPDATE kept_answer SET status = :status, headers = :headers::jsonb, answer = :answer
                        WHERE client_id = :client AND asker = :asker AND idempotency_key = :key
                        """)
                .bind("client", key.client().value())
                .bind("asker", key.asker())
                .bind("key", key.idempotencyKey())
                .bind("status", given.status())
                .bind("headers", given.headersJson())
                .bind("answer", given.sealedBody())
                .execute();
    }

    void forget(Handle db, Key key) {
        db.createUpdate(
                        """
                        DELETE FROM kept_answer
                        WHERE client_id = :client AND asker = :asker AND idempotency_key = :key
                        """)
                .bind("client", key.client().value())
                .bind("asker", key.asker())
                .bind("key", key.idempotencyKey())
                .execute();
    }

    Optional<Kept> find(Handle db, Key key, Instant now) {
        return db.createQuery(
                        """
                        SELECT fingerprint, status, headers, answer FROM kept_answer
                        WHERE client_id = :client AND asker = :asker AND idempotency_key = :key
                            AND expires_at > :now::timestamptz
                        """)
                .bind("now", now.toString())
                .bind("client", key.client().value())
                .bind("asker", key.asker())
                .bind("key", key.idempotencyKey())
                .map(
                        (row, _) ->
                                new Kept(
                                        row.getBytes("fingerprint"),
                                        new Given(
                                                row.getInt("status"),
                                                row.getString("headers"),
                                                row.getBytes("answer"))))
                .findOne();
    }

    /// Of all clients. Returns how many there were, at most [#SWEPT_MAX].
    int sweep(Handle db, Instant now) {
        return db.createUpdate(
                        """
                        DELETE FROM kept_answer WHERE (client_id, asker, idempotency_key) IN (
                            SELECT client_id, asker, idempotency_key FROM kept_answer
                            WHERE expires_at <= :now::timestamptz LIMIT :max FOR UPDATE SKIP LOCKED)
                        """)
                .bind("now", now.toString())
                .bind("max", SWEPT_MAX)
                .execute();
    }
}
