package io.coursewire.attempts;

import io.coursewire.storage.Columns;
import java.time.Instant;
import java.util.Collection;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/// The SQL by which an administrator's word about attempts outlasts their content's. The caller owns the transaction
/// and has locked the attempts, so that nobody speaks or opens them meanwhile.
final class OverruleStore {
    /// Closes for good the sessions that a late commit would open again.
    void silence(Handle db, Collection<AttemptKey> attempts) {
        if (attempts.isEmpty()) {
            return;
        }
        new Columns<>(
                        db.createUpdate(
                                """
                                UPDATE session s SET close_cause = 'overruled'
                                FROM unnest(:clients::text[], :attempts::uuid[]) AS n (client_id, attempt_id)
                                WHERE s.client_id = n.client_id AND s.attempt_id = n.attempt_id
                                  AND s.mode = 'normal' AND s.close_cause IN ('left', 'silent')
                                """),
                        attempts)
                .bind("clients", String.class, key -> key.client().value())
                .bind("attempts", UUID.class, key -> key.id().value())
                .statement()
                .execute();
    }

    /// Takes an attempt out of the way through an activity in which it was made, and withdraws the links for it.
    void takeOut(Handle db, AttemptKey attempt, Instant now) {
        db.createUpdate(
                        """
                        UPDATE launch SET revoked_at = coalesce(revoked_at, :now)
                        WHERE client_id = :client AND attempt_id = :attempt
                          AND course_attempt_id = (
                              SELECT course_attempt_id FROM attempt
                              WHERE client_id = :client AND attempt_id = :attempt)
                        """)
                .bind("client", attempt.client().value())
                .bind("attempt", attempt.id().value())
                .bind("now", now)
                .execute();
        db.createUpdate(
                        """
                        UPDATE attempt SET course_attempt_id = NULL
                        WHERE client_id = :client AND attempt_id = :attempt
                        """)
                .bind("client", attempt.client().value())
                .bind("attempt", attempt.id().value())
                .execute();
    }
}
