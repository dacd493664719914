package io.coursewire.attempts;

import io.coursewire.attempts.ReadAttempts.After;
import io.coursewire.attempts.ReadAttempts.Known;
import io.coursewire.attempts.ReadAttempts.Listed;
import io.coursewire.kernel.ActivityId;
import io.coursewire.kernel.AttemptId;
import io.coursewire.kernel.ClientId;
import io.coursewire.kernel.ItemId;
import io.coursewire.kernel.UserId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/// Every SQL statement that reads attempts as the outside world sees them.
final class AttemptReadStore {
    private static final UUID FIRST = new UUID(0, 0);

    private static final String MATCHES =
            """
                          AND (:username::text IS NULL OR a.user_id = (
                              SELECT coalesce(merged_into, user_id) FROM participant
                              WHERE client_id = :client AND username = :username))
                          AND (:user::uuid IS NULL OR a.user_id = (
                              SELECT coalesce(merged_into, user_id) FROM participant
                              WHERE client_id = :client AND user_id = :user::uuid))
                          AND (:activity::uuid IS NULL OR a.activity_id = :activity::uuid)
                          AND (:item::uuid IS NULL OR a.item_id = :item::uuid)
                          AND (:status::text IS NULL OR a.status = :status)
                          AND (:dataSource::text IS NULL OR a.data_source = :dataSource)
                          AND a.updated_at >= :since
            """;

    Optional<Payload> payload(Handle db, ClientId client, AttemptId attempt) {
        return db.createQuery(
                        """
                        SELECT payload FROM attempt
                        WHERE client_id = :client AND attempt_id = :attempt
                        """)
                .bind("client", client.value())
                .bind("attempt", attempt.value())
                .map((row, _) -> new Payload(row.getBytes("payload")))
                .findOne();
    }

    List<Listed> list(
            Handle db, ClientId client, AttemptFilter filter, Optional<After> after, int limit) {
        var query =
                db.createQuery(
                        """
                        SELECT a.updated_at, a.attempt_id, a.payload
                        FROM attempt a
                        WHERE a.client_id = :client
                        """
                                + MATCHES
                                + """
                          AND a.updated_slot >= date_bin('10 minutes', greatest(:since::timestamptz, :afterTime::timestamptz), timestamptz '2000-01-01Z')
                          AND (a.updated_at, a.attempt_id) > (:afterTime, :afterId)
                        ORDER BY a.updated_slot, a.updated_at, a.attempt_id
                        LIMIT :limit
                        """);
        return filtered(query, client, filter)
                .bind("afterTime", after.map(After::updatedAt).orElse(Instant.EPOCH))
                .bind("afterId", after.map(a -> a.id().value()).orElse(FIRST))
                .bind("limit", limit)
                .map((row, _) -> listed(row))
                .list();
    }

    /// By id, so that one that changes meanwhile is neither missed nor read twice.
    List<Known> byId(
            Handle db,
            ClientId client,
            AttemptFilter filter,
            Optional<AttemptId> after,
            int limit) {
        var query =
                db.createQuery(
                        """
                        SELECT a.attempt_id, a.payload
                        FROM attempt a
                        WHERE a.client_id = :client AND a.attempt_id > :after
                        """
                                + MATCHES
                                + " ORDER BY a.attempt_id LIMIT :limit");
        return filtered(query, client, filter)
                .bind("after", after.map(AttemptId::value).orElse(FIRST))
                .bind("limit", limit)
                .map(
                        (row, _) ->
                                new Known(
                                        new AttemptId(row.getObject(1, UUID.class)),
                                        new Payload(row.getBytes(2))))
                .list();
    }

    private static Query filtered(Query query, ClientId client, AttemptFilter filter) {
        return query.bind("client", client.value())
                .bind("username", filter.username().orElse(null))
                .bind("user", filter.user().map(UserId::value).orElse(null))
                .bind("activity", filter.activity().map(ActivityId::value).orElse(null))
                .bind("item", filter.item().map(ItemId::value).orElse(null))
                .bind("status", filter.status().map(Status::word).orElse(null))
                .bind("dataSource", filter.dataSource().map(DataSource::word).orElse(null))
                .bind("since", filter.updatedSince().orElse(Instant.EPOCH));
    }

    private static Listed listed(ResultSet row) throws SQLException {
        return new Listed(
                new After(
                        row.getObject("updated_at", OffsetDateTime.class).toInstant(),
                        new AttemptId(row.getObject("attempt_id", UUID.class))),
                new Payload(row.getBytes("payload")));
    }
}
