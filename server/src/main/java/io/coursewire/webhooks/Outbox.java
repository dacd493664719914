package io.coursewire.webhooks;

import io.coursewire.kernel.Json;
import io.coursewire.storage.Columns;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/// Takes events in the transaction of the change they tell of: both commit or neither does.
public final class Outbox {
    private final RecentEvents recent;
    private final Runnable onWake;

    /// `onWake` starts delivery soon; losing a call delays events, it never loses one.
    public Outbox(RecentEvents recent, Runnable onWake) {
        this.recent = recent;
        this.onWake = onWake;
    }

    /// Appends events in the order in which they happened. The caller holds, until its commit, a lock
    /// per ordering key: so per key the positions drawn here are in commit order.
    public void append(Handle db, List<OutboxEvent> events) {
        if (events.isEmpty()) {
            return;
        }
        // The transaction has its number before a position is drawn: what was drawn before some
        // moment can then be told to be settled by transaction numbers alone (see PgFeed).
        new Columns<>(
                        db.createUpdate(
                                """
                                WITH appended AS (
                                    INSERT INTO event (client_id, position, event_id, bucket, user_id, activity_id, attempt_id,
                                                       version, type, attributes, payload, created_at)
                                    SELECT client_id,
                                           CASE WHEN pg_current_xact_id() IS NOT NULL THEN nextval('event_position') END,
                                           event_id, bucket, user_id, activity_id, attempt_id,
                                           version, type, attributes::jsonb, payload, created_at
                                    FROM unnest(:clients, :ids, :buckets, :users, :activities, :attempts,
                                                :versions, :types, :attributes, :payloads, :times)
                                         AS e (client_id, event_id, bucket, user_id, activity_id, attempt_id,
                                               version, type, attributes, payload, created_at)
                                    RETURNING position, bucket, client_id, event_id, octet_length(payload) AS bytes
                                )
                                INSERT INTO undelivered (position, bucket, client_id, event_id, bytes)
                                SELECT position, bucket, client_id, event_id, bytes FROM appended
                                """),
                        events)
                .bind("clients", String.class, e -> e.orderingKey().client().value())
                .bind("ids", UUID.class, OutboxEvent::id)
                .bind("buckets", Integer.class, e -> e.orderingKey().bucket())
                .bind("users", UUID.class, e -> e.orderingKey().user().value())
                .bind("activities", UUID.class, e -> e.orderingKey().activity().value())
                .bind("attempts", UUID.class, e -> e.attempt().orElse(null))
                .bind("versions", Long.class, OutboxEvent::version)
                .bind("types", String.class, OutboxEvent::type)
                .bind(
                        "attributes",
                        String.class,
                        e -> Json.MAPPER.writeValueAsString(e.attributes()))
                .bind("payloads", byte[].class, OutboxEvent::payload)
                .bind("times", Instant.class, OutboxEvent::at)
                .statement()
                .execute();
        recent.add(events);
    }

    /// To be called after the commit.
    public void wake() {
        onWake.run();
    }
}
