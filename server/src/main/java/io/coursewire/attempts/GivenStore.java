package io.coursewire.attempts;

import io.coursewire.attempts.Existing.Pair;
import io.coursewire.kernel.AttemptId;
import io.coursewire.kernel.ClientId;
import io.coursewire.kernel.ItemId;
import io.coursewire.kernel.UserId;
import io.coursewire.storage.CopyRows;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/// The SQL of given results: many new attempts at once. The caller owns the transaction.
final class GivenStore {
    private static final String COPY_ATTEMPTS =
            """
            COPY attempt (
                client_id, attempt_id, user_id, activity_id, item_id, attempt_number, data_source, version,
                status, final, rule, completion, success, presence,
                score_scaled, score_raw, score_minimum, score_maximum,
                started_at, first_final_at, duration_seconds, announced, payload, created_at, updated_at)
            FROM STDIN
            """;

    /// Makes the roll-up rows that are missing, in one order for all, so that nobody waits for each other in
    /// a circle.
    void makeProgress(Handle db, Collection<ActivityKey> activities) {
        db.createUpdate(
                        """
                        INSERT INTO activity_progress (client_id, user_id, activity_id)
                        SELECT * FROM unnest(:clients::text[], :users::uuid[], :activities::uuid[])
                             AS asked (client_id, user_id, activity_id)
                        ORDER BY client_id, user_id, activity_id
                        ON CONFLICT DO NOTHING
                        """)
                .bindArray(
                        "clients",
                        String.class,
                        activities.stream().map(key -> key.client().value()).toList())
                .bindArray(
                        "users",
                        UUID.class,
                        activities.stream().map(key -> key.user().value()).toList())
                .bindArray(
                        "activities",
                        UUID.class,
                        activities.stream().map(key -> key.activity().value()).toList())
                .execute();
    }

    /// Every attempt of these participants at these items. The order leads to the index of participants and items: that
    /// of items alone looks as good while nobody has counted, and reads all that anybody has of an item.
    List<Existing> existing(Handle db, ClientId client, Collection<Pair> pairs) {
        var rows = List.copyOf(pairs);
        return db.createQuery(
                        """
                        SELECT a.user_id, a.item_id, a.attempt_number, a.attempt_id, a.data_source,
                               coalesce(a.first_final_at, a.started_at) AS time,
                               a.presence = 'open' AS open
                        FROM unnest(:users::uuid[], :items::uuid[]) AS asked (user_id, item_id)
                        JOIN LATERAL (
                            SELECT * FROM attempt
                            WHERE client_id = :client AND user_id = asked.user_id AND item_id = asked.item_id
                            ORDER BY client_id, user_id, item_id, attempt_number) a ON true
                        """)
                .bind("client", client.value())
                .bindArray("users", UUID.class, rows.stream().map(p -> p.user().value()).toList())
                .bindArray("items", UUID.class, rows.stream().map(p -> p.item().value()).toList())
                .map((row, _) -> existing(row))
                .list();
    }

    private static Existing existing(ResultSet row) throws SQLException {
        return new Existing(
                new Pair(
                        new UserId(row.getObject("user_id", UUID.class)),
                        new ItemId(row.getObject("item_id", UUID.class))),
                row.getInt("attempt_number"),
                new AttemptId(row.getObject("attempt_id", UUID.class)),
                DataSource.of(row.getString("data_source")).orElseThrow(),
                AttemptRow.instant(row, "time"),
                row.getBoolean("open"));
    }

    void move(Handle db, Attempt attempt) {
        db.createUpdate(
                        """
                        UPDATE attempt SET user_id = :user, activity_id = :activity, item_id = :item, attempt_number = :number
                        WHERE client_id = :client AND attempt_id = :attempt
                        """)
                .bind("client", attempt.key().client().value())
                .bind("attempt", attempt.key().id().value())
                .bind("user", attempt.user().id().value())
                .bind("activity", attempt.activity().id().value())
                .bind("item", attempt.item().id().value())
                .bind("number", attempt.number())
                .execute();
    }

    List<AttemptKey> attemptsOf(Handle db, ClientId client, UserId user) {
        return db.createQuery(
                        """
                        SELECT attempt_id FROM attempt
                        WHERE client_id = :client AND user_id = :user
                        ORDER BY item_id, attempt_number
                        """)
                .bind("client", client.value())
                .bind("user", user.value())
                .map(
                        (row, _) ->
                                new AttemptKey(
                                        client,
                                        new AttemptId(row.getObject("attempt_id", UUID.class))))
                .list();
    }

    void moveCourseAttempts(Handle db, ClientId client, UserId from, UserId into) {
        db.createUpdate(
                        """
                        UPDATE course_attempt SET user_id = :into
                        WHERE client_id = :client AND user_id = :from
                        """)
                .bind("client", client.value())
                .bind("from", from.value())
                .bind("into", into.value())
                .execute();
    }

    void delete(Handle db, Collection<AttemptKey> attempts) {
        var rows = List.copyOf(attempts);
        db.createUpdate(
                        """
                        DELETE FROM attempt a
                        USING unnest(:clients::text[], :attempts::uuid[]) AS n (client_id, attempt_id)
                        WHERE a.client_id = n.client_id AND a.attempt_id = n.attempt_id
                        """)
                .bindArray(
                        "clients",
                        String.class,
                        rows.stream().map(k -> k.client().value()).toList())
                .bindArray("attempts", UUID.class, rows.stream().map(k -> k.id().value()).toList())
                .execute();
    }

    void insert(Handle db, List<Attempt> attempts, Instant now) {
        var rows = new CopyRows();
        attempts.forEach(attempt -> add(rows, attempt, now));
        rows.into(db, COPY_ATTEMPTS);
    }

    private static void add(CopyRows rows, Attempt a, Instant now) {
        var progress = a.progress();
        rows.text(a.key().client().value())
                .plain(a.key().id())
                .plain(a.user().id())
                .plain(a.activity().id())
                .plain(a.item().id())
                .plain(a.number())
                .plain(a.dataSource().word())
                .plain(a.version())
                .plain(StatusRules.status(progress).word())
                .plain(progress.isFinal())
                .plain(progress.rule())
                .plain(progress.completion().word())
                .plain(progress.success().word())
                .plain(progress.presence().word());
        addScore(rows, progress.score());
        rows.optional(a.started())
                .optional(a.firstFinal())
                .optional(a.durationSeconds().map(BigDecimal::toPlainString))
                .bytes(a.announced().map(Digest::bytes).orElse(null))
                .bytes(a.payload().bytes())
                .plain(now)
                .plain(now)
                .endRow();
    }

    private static void addScore(CopyRows rows, Score score) {
        rows.optional(score.scaled().map(BigDecimal::toPlainString))
                .optional(score.raw().map(BigDecimal::toPlainString))
                .optional(score.minimum().map(BigDecimal::toPlainString))
                .optional(score.maximum().map(BigDecimal::toPlainString));
    }
}
