package io.coursewire.attempts;

import io.coursewire.kernel.AttemptId;
import io.coursewire.kernel.ClientId;
import io.coursewire.kernel.UserId;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/// The SQL that takes a person's name out of attempts. The caller owns the transaction.
final class AnonymiseStore {
    record Stored(AttemptId id, Payload payload) {}

    List<Stored> lock(Handle db, ClientId client, UserId user) {
        return db.createQuery(
                        """
                        SELECT attempt_id, payload FROM attempt
                        WHERE client_id = :client AND user_id = :user
                        ORDER BY attempt_id
                        FOR NO KEY UPDATE
                        """)
                .bind("client", client.value())
                .bind("user", user.value())
                .map(
                        (row, _) ->
                                new Stored(
                                        new AttemptId(row.getObject("attempt_id", UUID.class)),
                                        new Payload(row.getBytes("payload"))))
                .list();
    }

    /// The digest of what was announced moves along, so that the new name alone announces nothing.
    void rewrite(Handle db, ClientId client, Stored stored, Payload renamed, String newUsername) {
        db.createUpdate(
                        """
                        UPDATE attempt
                        SET payload = :payload, anonymised = :username,
                            announced = CASE WHEN announced = :digest THEN :newDigest ELSE announced END
                        WHERE client_id = :client AND attempt_id = :attempt
                        """)
                .bind("client", client.value())
                .bind("attempt", stored.id().value())
                .bind("payload", renamed.bytes())
                .bind("username", newUsername)
                .bind("digest", Digest.of(stored.payload().bytes()).bytes())
                .bind("newDigest", Digest.of(renamed.bytes()).bytes())
                .execute();
    }
}
