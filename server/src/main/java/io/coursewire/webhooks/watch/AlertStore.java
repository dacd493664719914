package io.coursewire.webhooks.watch;

import io.coursewire.kernel.ClientId;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;

/// Every statement about alerts that last.
final class AlertStore {
    /// False when it was open already.
    boolean open(Handle db, Alert alert, Instant now) {
        return db.createUpdate(
                                "INSERT INTO alert (kind, subject, since) VALUES (:kind, :subject, :now) ON CONFLICT DO NOTHING")
                        .bind("kind", alert.kind().word())
                        .bind("subject", alert.subject())
                        .bind("now", now)
                        .execute()
                > 0;
    }

    boolean close(Handle db, Alert alert) {
        return db.createUpdate("DELETE FROM alert WHERE kind = :kind AND subject = :subject")
                        .bind("kind", alert.kind().word())
                        .bind("subject", alert.subject())
                        .execute()
                > 0;
    }

    List<String> subjects(Handle db, Alert.Kind kind) {
        return db.createQuery("SELECT subject FROM alert WHERE kind = :kind")
                .bind("kind", kind.word())
                .mapTo(String.class)
                .list();
    }

    boolean operatorListens(Handle db, ClientId operator) {
        return db.createQuery("SELECT EXISTS (SELECT FROM client WHERE client_id = :operator)")
                .bind("operator", operator.value())
                .mapTo(Boolean.class)
                .one();
    }

    /// Alerts of one subject commit in the order of their positions.
    void lock(Handle db) {
        db.execute("SELECT pg_advisory_xact_lock(hashtext('alert'))");
    }
}
