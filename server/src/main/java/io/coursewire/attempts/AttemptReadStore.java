package io.coursewire.attempts;

import io.coursewire.attempts.ReadAttempts.After;
import io.coursewire.attempts.ReadAttempts.Known;
import io.coursewire.attempts.ReadAttempts.Listed;
import io.coursewire.kernel.AttemptId;
import io.coursewire.kernel.ClientId;
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

    private static final String PARTICIPANT =
            """
             AND a.user_id = (SELECT coalesce(merged_into, user_id) FROM participant
                              WHERE client_id = :client AND %s)
            """;

    // Attempts that content reports and attempts that were given are in indexes of their own (see
    // the tables).
    private static final String LIST =
            """
            SELECT updated_at, attempt_id, payload
            FROM (
                SELECT *, sum(octet_length(payload)) OVER (ORDER BY updated_at, attempt_id) - octet_length(payload) AS bytes_before
                FROM (
                    (SELECT a.updated_at, a.attempt_id, a.payload
                     FROM attempt a
                     WHERE a.client_id = :client {matches}
                       AND a.played_slot >= date_bin('10 minutes', :from::timestamptz, timestamptz '2000-01-01Z')
                       AND (a.updated_at, a.attempt_id) > (:afterTime, :afterId)
                     ORDER BY a.played_slot, a.updated_at, a.attempt_id
                     LIMIT :limit)
                    UNION ALL
                    (SELECT a.updated_at, a.attempt_id, a.payload
                     FROM attempt a
                     WHERE a.client_id = :client {matches}
                       AND a.given_at >= :from
                       AND (a.given_at, a.attempt_id) > (:afterTime, :afterId)
                     ORDER BY a.given_at, a.attempt_id
                     LIMIT :limit)
                ) AS a
                ORDER BY updated_at, attempt_id
                LIMIT :limit
            ) AS sized
            WHERE bytes_before < :bytesMax
            ORDER BY updated_at, attempt_id
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

    /// As many as fit into the bytes, at least one.
    List<Listed> list(
            Handle db, ClientId client, AttemptFilter filter, Optional<After> after, int limit) {
        var query = db.createQuery(list(filter));
        var since = filter.updatedSince().orElse(Instant.EPOCH);
        var afterTime = after.map(After::updatedAt).orElse(Instant.EPOCH);
        return filtered(query, client, filter)
                .bind("from", since.isAfter(afterTime) ? since : afterTime)
                .bind("afterTime", afterTime)
                .bind("afterId", after.map(a -> a.id().value()).orElse(FIRST))
                .bind("limit", limit)
                .bind("bytesMax", ReadAttempts.PAGE_BYTES_MAX)
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
                                + matches(filter)
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

    static String list(AttemptFilter filter) {
        return LIST.replace("{matches}", matches(filter));
    }

    // Only what is asked for: a condition that nobody needs is evaluated for each row.
    private static String matches(AttemptFilter filter) {
        var sql = new StringBuilder();
        filter.username().ifPresent(_ -> sql.append(PARTICIPANT.formatted("username = :username")));
        filter.user().ifPresent(_ -> sql.append(PARTICIPANT.formatted("user_id = :user")));
        filter.activity().ifPresent(_ -> sql.append(" AND a.activity_id = :activity"));
        filter.item().ifPresent(_ -> sql.append(" AND a.item_id = :item"));
        filter.status().ifPresent(_ -> sql.append(" AND a.status = :status"));
        filter.dataSource().ifPresent(_ -> sql.append(" AND a.data_source = :dataSource"));
        filter.updatedSince().ifPresent(_ -> sql.append(" AND a.updated_at >= :since"));
        return sql.toString();
    }

    private static Query filtered(Query query, ClientId client, AttemptFilter filter) {
        filter.username().ifPresent(name -> query.bind("username", name));
        filter.user().ifPresent(user -> query.bind("user", user.value()));
        filter.activity().ifPresent(activity -> query.bind("activity", activity.value()));
        filter.item().ifPresent(item -> query.bind("item", item.value()));
        filter.status().ifPresent(status -> query.bind("status", status.word()));
        filter.dataSource().ifPresent(source -> query.bind("dataSource", source.word()));
        filter.updatedSince().ifPresent(since -> query.bind("since", since));
        return query.bind("client", client.value());
    }

    private static Listed listed(ResultSet row) throws SQLException {
        return new Listed(
                new After(
                        row.getObject("updated_at", OffsetDateTime.class).toInstant(),
                        new AttemptId(row.getObject("attempt_id", UUID.class))),
                new Payload(row.getBytes("payload")));
    }
}
