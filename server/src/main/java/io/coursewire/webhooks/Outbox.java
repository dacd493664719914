package io.coursewire.webhooks;

import io.coursewire.kernel.Json;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/// Takes events in the transaction of the change they tell of: both commit or neither does.
public final class Outbox {
    private final Runnable onWake;

    /// `onWake` starts delivery soon; losing a call delays events, it never loses one.
    public Outbox(Runnable onWake) {
        this.onWake = onWake;
    }

    /// Appends events in the order in which they happened. The caller holds, until its commit, a lock
    /// per ordering key: so per key the positions drawn here are in commit order.
    public void append(Handle db, List<OutboxEvent> events) {
        if (events.isEmpty()) {
            return;
        }
        // The transaction has its number before a position is drawn: what is known to have been
        // drawn
        // before some moment can be told to be settled by transaction numbers alone (see PgFeed).
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
                        """)
                .bindArray(
                        "clients",
                        String.class,
                        each(events, e -> e.orderingKey().client().value()))
                .bindArray("ids", UUID.class, each(events, OutboxEvent::id))
                .bindArray("buckets", Integer.class, each(events, e -> e.orderingKey().bucket()))
                .bindArray("users", UUID.class, each(events, e -> e.orderingKey().user().value()))
                .bindArray(
                        "activities",
                        UUID.class,
                        each(events, e -> e.orderingKey().activity().value()))
                .bindArray("attempts", UUID.class, each(events, e -> e.attempt().orElse(null)))
                .bindArray("versions", Long.class, each(events, OutboxEvent::version))
                .bindArray("types", String.class, each(events, OutboxEvent::type))
                .bindArray(
                        "attributes",
                        String.class,
                        each(events, e -> Json.MAPPER.writeValueAsString(e.attributes())))
                .bindArray("payloads", byte[].class, each(events, OutboxEvent::payload))
                .bindArray("times", Instant.class, each(events, OutboxEvent::at))
                .execute();
    }

    /// To be called after the commit.
    public void wake() {
        onWake.run();
    }

    private static Object[] each(List<OutboxEvent> events, Function<OutboxEvent, Object> column) {
        return events.stream().map(column).toArray();
    }
}
