package io.coursewire.attempts;

import io.coursewire.attempts.ActivityStatus.ItemOutcome;
import io.coursewire.attempts.Announcer.Announcement;
import io.coursewire.attempts.AttemptStatus.TrainingItem;
import io.coursewire.attempts.AttemptStatus.User;
import io.coursewire.kernel.ActivityId;
import io.coursewire.kernel.ClientId;
import io.coursewire.kernel.UserId;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/// The SQL of the roll-up. The caller owns the transaction and holds the roll-up rows.
final class ActivityRollupStore {
    record Key(ClientId client, UserId user, ActivityId activity) {}

    /// For each participant and activity: every item that counts, with the newest attempt at it.
    Map<Key, List<ItemOutcome>> outcomes(Handle db, List<Announcement> changed) {
        return db
                .createQuery(
                        """
                        SELECT g.client_id, g.user_id, g.activity_id, g.announced, p.username,
                               title_in(y.titles, c.default_language) AS title, y.type, y.external_id,
                               a.final AND a.presence <> 'open' AS settled, a.status,
                               a.score_scaled, a.score_raw, a.score_minimum, a.score_maximum,
                               a.started_at, a.first_final_at, a.duration_seconds
                        FROM (SELECT DISTINCT *
                              FROM unnest(:clients::text[], :users::uuid[], :activities::uuid[]))
                             AS asked (client_id, user_id, activity_id)
                        JOIN activity_progress g USING (client_id, user_id, activity_id)
                        JOIN client c USING (client_id)
                        JOIN participant p USING (client_id, user_id)
                        JOIN activity y USING (client_id, activity_id)
                        JOIN item i ON i.client_id = g.client_id AND i.activity_id = g.activity_id
                             AND i.counts AND i.retired_at IS NULL
                        LEFT JOIN LATERAL (
                            SELECT * FROM attempt
                            WHERE client_id = g.client_id AND user_id = g.user_id AND item_id = i.item_id
                            ORDER BY attempt_number DESC LIMIT 1) a ON true
                        """)
                .bindArray(
                        "clients",
                        String.class,
                        changed.stream().map(a -> a.client().value()).toList())
                .bindArray(
                        "users", UUID.class, changed.stream().map(a -> a.user().value()).toList())
                .bindArray(
                        "activities",
                        UUID.class,
                        changed.stream().map(a -> a.activity().value()).toList())
                .map((row, _) -> outcome(row))
                .stream()
                .collect(
                        Collectors.groupingBy(
                                i -> new Key(i.client(), i.user().id(), i.activity().id())));
    }

    void saveAnnounced(Handle db, List<ActivityStatus> statuses) {
        if (statuses.isEmpty()) {
            return;
        }
        db.createUpdate(
                        """
                        UPDATE activity_progress g
                        SET announced = n.announced
                        FROM unnest(:clients::text[], :users::uuid[], :activities::uuid[], :digests::bytea[])
                             AS n (client_id, user_id, activity_id, announced)
                        WHERE g.client_id = n.client_id AND g.user_id = n.user_id AND g.activity_id = n.activity_id
                        """)
                .bindArray(
                        "clients",
                        String.class,
                        statuses.stream().map(s -> s.client().value()).toList())
                .bindArray(
                        "users",
                        UUID.class,
                        statuses.stream().map(s -> s.user().id().value()).toList())
                .bindArray(
                        "activities",
                        UUID.class,
                        statuses.stream().map(s -> s.activity().id().value()).toList())
                .bindArray(
                        "digests",
                        byte[].class,
                        statuses.stream().map(s -> s.digest().bytes()).toList())
                .execute();
    }

    private static ItemOutcome outcome(ResultSet row) throws SQLException {
        return new ItemOutcome(
                new ClientId(row.getString("client_id")),
                new User(
                        new UserId(row.getObject("user_id", UUID.class)),
                        row.getString("username")),
                new TrainingItem<>(
                        new ActivityId(row.getObject("activity_id", UUID.class)),
                        row.getString("title"),
                        row.getString("type"),
                        row.getString("external_id")),
                Optional.ofNullable(row.getBytes("announced")).map(Digest::stored),
                row.getBoolean("settled"),
                Optional.ofNullable(row.getString("status")).flatMap(Status::of),
                AttemptRow.score(row),
                AttemptRow.instant(row, "started_at"),
                AttemptRow.instant(row, "first_final_at"),
                AttemptRow.decimal(row, "duration_seconds").orElse(BigDecimal.ZERO));
    }
}
