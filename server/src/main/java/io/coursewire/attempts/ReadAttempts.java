package io.coursewire.attempts;

import io.coursewire.kernel.AttemptId;
import io.coursewire.kernel.ClientId;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;

/// Reads attempts as the outside world sees them.
public final class ReadAttempts {
    /// Where a list continues: after this update time and id.
    public record After(Instant updatedAt, AttemptId id) {}

    /// One AttemptStatus with its place in the list.
    public record Listed(After place, Payload payload) {}

    private final Jdbi jdbi;

    public ReadAttempts(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /// The AttemptStatus, the bytes that a webhook carries.
    public Optional<Payload> get(ClientId client, AttemptId attempt) {
        return jdbi.withHandle(
                db ->
                        db.createQuery(
                                        """
                                        SELECT payload FROM attempt
                                        WHERE client_id = :client AND attempt_id = :attempt
                                        """)
                                .bind("client", client.value())
                                .bind("attempt", attempt.value())
                                .map((row, _) -> new Payload(row.getBytes("payload")))
                                .findOne());
    }

    /// At most `limit` attempts by update time, then id.
    public List<Listed> list(
            ClientId client, AttemptFilter filter, Optional<After> after, int limit) {
        return jdbi.withHandle(
                db ->
                        db.createQuery(
                                        """
                                        SELECT a.updated_at, a.attempt_id, a.payload
                                        FROM attempt a
                                        JOIN participant p USING (client_id, user_id)
                                        WHERE a.client_id = :client
                                          AND (:username::text IS NULL OR p.username = :username)
                                          AND (:user::uuid IS NULL OR a.user_id = :user::uuid)
                                          AND (:activity::uuid IS NULL OR a.activity_id = :activity::uuid)
                                          AND (:item::uuid IS NULL OR a.item_id = :item::uuid)
                                          AND (:status::text IS NULL OR a.status = :status)
                                          AND (:dataSource::text IS NULL OR a.data_source = :dataSource)
                                          AND a.updated_at >= :since
                                          AND (a.updated_at, a.attempt_id) > (:afterTime, :afterId)
                                        ORDER BY a.updated_at, a.attempt_id
                                        LIMIT :limit
                                        """)
                                .bind("client", client.value())
                                .bind("username", filter.username().orElse(null))
                                .bind("user", filter.user().map(id -> id.value()).orElse(null))
                                .bind(
                                        "activity",
                                        filter.activity().map(id -> id.value()).orElse(null))
                                .bind("item", filter.item().map(id -> id.value()).orElse(null))
                                .bind("status", filter.status().map(Status::word).orElse(null))
                                .bind(
                                        "dataSource",
                                        filter.dataSource().map(DataSource::word).orElse(null))
                                .bind("since", utc(filter.updatedSince().orElse(Instant.EPOCH)))
                                .bind(
                                        "afterTime",
                                        utc(after.map(After::updatedAt).orElse(Instant.EPOCH)))
                                .bind(
                                        "afterId",
                                        after.map(a -> a.id().value()).orElse(new UUID(0, 0)))
                                .bind("limit", limit)
                                .map(
                                        (row, _) ->
                                                new Listed(
                                                        new After(
                                                                row.getObject(
                                                                                "updated_at",
                                                                                OffsetDateTime
                                                                                        .class)
                                                                        .toInstant(),
                                                                new AttemptId(
                                                                        row.getObject(
                                                                                "attempt_id",
                                                                                UUID.class))),
                                                        new Payload(row.getBytes("payload"))))
                                .list());
    }

    private static OffsetDateTime utc(Instant time) {
        return time.atOffset(ZoneOffset.UTC);
    }
}
