package io.coursewire.webhooks.delivery;

import io.coursewire.kernel.ActivityId;
import io.coursewire.kernel.ClientId;
import io.coursewire.kernel.Json;
import io.coursewire.kernel.UserId;
import io.coursewire.storage.Columns;
import io.coursewire.storage.Database;
import io.coursewire.webhooks.OrderingKey;
import io.coursewire.webhooks.OutboxEvent;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.type.TypeReference;

/// Reads stored events back.
public final class EventStore {
    private static final Logger LOG = LoggerFactory.getLogger(EventStore.class);
    private static final TypeReference<Map<String, String>> ATTRIBUTES = new TypeReference<>() {};

    /// Where an event is: its id tells the partition, its position the place in the index.
    public record Place(String client, long position, UUID event) {}

    // PostgreSQL orders UUIDs by their bytes, which for version 7 is by time; Java compares them
    // signed.
    static final Comparator<UUID> BY_BYTES =
            Comparator.comparing(UUID::getMostSignificantBits, Long::compareUnsigned)
                    .thenComparing(UUID::getLeastSignificantBits, Long::compareUnsigned);

    /// Those of the events that can be read, by position; the others are told in the log. Not for use in a transaction,
    /// which a failure would end.
    Map<Long, OutboxEvent> readable(Handle db, List<Place> places) {
        Map<Long, OutboxEvent> events = new HashMap<>();
        try {
            events.putAll(read(db, places));
        } catch (RuntimeException e) {
            if (Database.isPassing(e)) {
                throw e;
            }
            if (places.size() > 1) {
                places.forEach(place -> events.putAll(readable(db, List.of(place))));
                return events;
            }
            LOG.atError().setCause(e).log("an event cannot be read");
        }
        places.stream()
                .filter(p -> !events.containsKey(p.position()))
                .forEach(EventStore::tellLeftOut);
        return events;
    }

    /// The events by position.
    public Map<Long, OutboxEvent> read(Handle db, List<Place> places) {
        Map<Long, OutboxEvent> events = new HashMap<>();
        if (places.isEmpty()) {
            return events;
        }
        // The bounds let the planner leave out the partitions of other days.
        new Columns<>(
                        db.createQuery(
                                """
                                SELECT e.position, e.event_id, e.type, e.client_id, e.user_id, e.activity_id, e.attempt_id, e.version,
                                       e.attributes, e.payload, e.created_at
                                FROM unnest(:clients, :positions, :ids) AS p (client_id, position, event_id)
                                JOIN event AS e ON e.client_id = p.client_id AND e.position = p.position AND e.event_id = p.event_id
                                WHERE e.event_id BETWEEN :first AND :last
                                """),
                        places)
                .bind("clients", String.class, Place::client)
                .bind("positions", Long.class, Place::position)
                .bind("ids", UUID.class, Place::event)
                .statement()
                .bind("first", places.stream().map(Place::event).min(BY_BYTES).orElseThrow())
                .bind("last", places.stream().map(Place::event).max(BY_BYTES).orElseThrow())
                .map((row, _) -> events.put(row.getLong("position"), event(row)))
                .list();
        return events;
    }

    private static void tellLeftOut(Place place) {
        LOG.atError()
                .addKeyValue("client", place.client())
                .addKeyValue("message", place.event())
                .log("an event is left out until it can be read: it is missing or broken");
    }

    private static OutboxEvent event(ResultSet row) throws SQLException {
        return new OutboxEvent(
                row.getObject("event_id", UUID.class),
                row.getString("type"),
                new OrderingKey(
                        new ClientId(row.getString("client_id")),
                        new UserId(row.getObject("user_id", UUID.class)),
                        new ActivityId(row.getObject("activity_id", UUID.class))),
                Optional.ofNullable(row.getObject("attempt_id", UUID.class)),
                row.getLong("version"),
                Json.MAPPER.readValue(row.getString("attributes"), ATTRIBUTES),
                row.getBytes("payload"),
                row.getObject("created_at", OffsetDateTime.class).toInstant());
    }
}
