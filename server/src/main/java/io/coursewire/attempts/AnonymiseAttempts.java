package io.coursewire.attempts;

import io.coursewire.catalog.PersonalData;
import io.coursewire.kernel.ClientId;
import io.coursewire.kernel.Json;
import io.coursewire.kernel.UserId;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import tools.jackson.databind.node.ObjectNode;

/// Takes a person's name out of the attempts that are stored. The result stays, of nobody in particular.
public final class AnonymiseAttempts implements PersonalData {
    private record Stored(UUID attempt, byte[] payload) {}

    @Override
    public void anonymise(Handle db, ClientId client, UserId user, String newUsername) {
        var stored =
                db.createQuery(
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
                                                row.getObject("attempt_id", UUID.class),
                                                row.getBytes("payload")))
                        .list();
        stored.forEach(attempt -> rewrite(db, client, attempt, newUsername));
    }

    // updated_at stays: the result has not changed, and nobody is told.
    private static void rewrite(Handle db, ClientId client, Stored stored, String newUsername) {
        var payload = renamed(stored.payload(), newUsername);
        db.createUpdate(
                        """
                        UPDATE attempt
                        SET payload = :payload,
                            announced = CASE WHEN announced = :digest THEN :newDigest ELSE announced END
                        WHERE client_id = :client AND attempt_id = :attempt
                        """)
                .bind("client", client.value())
                .bind("attempt", stored.attempt())
                .bind("payload", payload)
                .bind("digest", Digest.of(stored.payload()).bytes())
                .bind("newDigest", Digest.of(payload).bytes())
                .execute();
    }

    /// The same object with another username, every other byte as it was.
    static byte[] renamed(byte[] payload, String newUsername) {
        var json = (ObjectNode) Json.MAPPER.readTree(payload);
        ((ObjectNode) json.get("user")).put("username", newUsername);
        return Json.MAPPER.writeValueAsBytes(json);
    }
}
