package io.coursewire.webhooks;

import io.coursewire.kernel.AttemptId;
import io.coursewire.kernel.ClientId;
import io.coursewire.webhooks.AttemptEvents.Told;
import java.time.OffsetDateTime;
import java.util.List;
import org.jdbi.v3.core.Handle;

/// The SQL of what was told of one attempt.
final class AttemptEventStore {
    List<Told> of(Handle db, ClientId client, AttemptId attempt, long after, int limit) {
        return db.createQuery(
                        """
                        SELECT type, version, created_at, payload FROM event
                        WHERE client_id = :client AND attempt_id = :attempt AND version > :after
                        ORDER BY version LIMIT :limit
                        """)
                .bind("client", client.value())
                .bind("attempt", attempt.value())
                .bind("after", after)
                .bind("limit", limit)
                .map(
                        (row, _) ->
                                new Told(
                                        row.getString("type"),
                                        row.getLong("version"),
                                        row.getObject("created_at", OffsetDateTime.class)
                                                .toInstant(),
                                        row.getBytes("payload")))
                .list();
    }
}
