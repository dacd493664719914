package io.coursewire.offline;

import io.coursewire.attempts.Payload;
import io.coursewire.kernel.ClientId;
import io.coursewire.kernel.UserId;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/// The SQL that takes a person's name out of changes by hand. The caller owns the transaction.
final class AnonymiseChangeStore {
    record Kept(UUID attempt, UUID change, byte[] before) {}

    /// What attempts said while they were the person's, whosesoever they are now.
    List<Kept> lock(Handle db, ClientId client, UserId user) {
        return db.createQuery(
                        """
                        SELECT c.attempt_id, c.change_id, c.before
                        FROM attempt_change c
                        WHERE c.client_id = :client AND c.before IS NOT NULL
                          AND c.attempt_id = ANY(ARRAY(
                              SELECT attempt_id FROM attempt WHERE client_id = :client AND user_id = :user
                              UNION
                              SELECT attempt_id FROM attempt_change
                              WHERE client_id = :client AND user_id = :user))
                          AND CASE WHEN position(convert_to(:user::text, 'UTF8') IN c.before) > 0
                              THEN convert_from(c.before, 'UTF8')::json #>> '{user,id}' = :user::text
                              ELSE false END
                        ORDER BY c.attempt_id, c.change_id
                        FOR UPDATE OF c
                        """)
                .bind("client", client.value())
                .bind("user", user.value())
                .map(
                        (row, _) ->
                                new Kept(
                                        row.getObject("attempt_id", UUID.class),
                                        row.getObject("change_id", UUID.class),
                                        row.getBytes("before")))
                .list();
    }

    void rewrite(Handle db, ClientId client, Kept kept, Payload renamed) {
        db.createUpdate(
                        """
                        UPDATE attempt_change SET before = :before
                        WHERE client_id = :client AND attempt_id = :attempt AND change_id = :change
                        """)
                .bind("client", client.value())
                .bind("attempt", kept.attempt())
                .bind("change", kept.change())
                .bind("before", renamed.bytes())
                .execute();
    }
}
