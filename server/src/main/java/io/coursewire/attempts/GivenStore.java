package io.coursewire.attempts;

import io.coursewire.attempts.Existing.Pair;
import io.coursewire.kernel.ActivityId;
import io.coursewire.kernel.AttemptId;
import io.coursewire.kernel.ClientId;
import io.coursewire.kernel.ItemId;
import io.coursewire.kernel.UserId;
import io.coursewire.storage.Columns;
import io.coursewire.storage.CopyRows;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
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
            FROM STDIN (FORMAT binary)
            """;
    private static final int ATTEMPT_COLUMNS = 25;
    private static final String EXISTING =
            """
            SELECT a.user_id, a.item_id, a.attempt_number, a.attempt_id, a.data_source,
                   coalesce(a.first_final_at, a.started_at) AS time, a.presence = 'open' AS open
            """;

    /// Makes the roll-up rows that are missing, in one order for all, so that nobody waits for each other in
    /// a circle. Answers those that it made.
    List<ActivityKey> makeProgress(Handle db, Collection<ActivityKey> activities) {
        return new Columns<>(
                        db.createQuery(
                                """
                                INSERT INTO activity_progress (client_id, user_id, activity_id)
                                SELECT * FROM unnest(:clients, :users, :activities)
                                     AS asked (client_id, user_id, activity_id)
                                ORDER BY client_id, user_id, activity_id
                                ON CONFLICT DO NOTHING
                                RETURNING client_id, user_id, activity_id
                                """),
                        activities)
                .bind("clients", String.class, key -> key.client().value())
                .bind("users", UUID.class, key -> key.user().value())
                .bind("activities", UUID.class, key -> key.activity().value())
                .statement()
                .map((row, _) -> activityKey(row))
                .list();
    }

    private static ActivityKey activityKey(ResultSet row) throws SQLException {
        return new ActivityKey(
                new ClientId(row.getString("client_id")),
                new UserId(row.getObject("user_id", UUID.class)),
                new ActivityId(row.getObject("activity_id", UUID.class)));
    }

    /// Every attempt of these participants at these items. The order leads to the index of participants and items: that
    /// of items alone looks as good while nobody has counted, and reads all that anybody has of an item.
    List<Existing> existing(Handle db, ClientId client, Collection<Pair> pairs) {
        var rows = List.copyOf(pairs);
        return db.createQuery(
                        EXISTING
                                + """
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

    /// These attempts, whosesoever they are.
    List<Existing> byId(Handle db, ClientId client, Collection<AttemptId> attempts) {
        return db.createQuery(
                        EXISTING
                                + """
                        FROM unnest(:attempts::uuid[]) AS asked (attempt_id)
                        JOIN attempt a ON a.client_id = :client AND a.attempt_id = asked.attempt_id
                        """)
                .bind("client", client.value())
                .bindArray("attempts", UUID.class, attempts.stream().map(AttemptId::value).toList())
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
                        UPDATE attempt SET user_id = :user, activity_id = :activity, item_id = :item, attempt_number = :number,
                            anonymised = NULL
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

    /// What a course says of itself, unless the other was in it later. Before the course attempts are moved.
    void moveCourseResults(Handle db, ClientId client, UserId from, UserId into) {
        db.createUpdate(
                        """
                        UPDATE activity_progress p
                        SET course_inside = f.course_inside, course_status = f.course_status,
                            course_score = f.course_score
                        FROM activity_progress f
                        WHERE f.client_id = :client AND f.user_id = :from AND f.course_inside IS NOT NULL
                          AND p.client_id = :client AND p.user_id = :into AND p.activity_id = f.activity_id
                          AND NOT EXISTS (
                              SELECT FROM course_attempt c
                              WHERE c.client_id = :client AND c.user_id = :into AND c.activity_id = p.activity_id
                                AND p.course_inside IS NOT NULL
                                AND c.opened_at > (
                                    SELECT max(opened_at) FROM course_attempt
                                    WHERE client_id = :client AND user_id = :from
                                      AND activity_id = f.activity_id))
                        """)
                .bind("client", client.value())
                .bind("from", from.value())
                .bind("into", into.value())
                .execute();
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

    /// Writes attempts one by one, while they are made.
    CopyRows inserting(Handle db) {
        return new CopyRows(db, COPY_ATTEMPTS, ATTEMPT_COLUMNS);
    }

    static void add(CopyRows rows, Attempt a, Instant now) {
        var progress = a.progress();
        rows.row()
                .text(a.key().client().value())
                .uuid(a.key().id().value())
                .uuid(a.user().id().value())
                .uuid(a.activity().id().value())
                .uuid(a.item().id().value())
                .integer(a.number())
                .text(a.dataSource().word())
                .bigint(a.version())
                .text(StatusRules.status(progress).word())
                .bool(progress.isFinal())
                .text(progress.rule())
                .text(progress.completion().word())
                .text(progress.success().word())
                .text(progress.presence().word())
                .numeric(progress.score().scaled())
                .numeric(progress.score().raw())
                .numeric(progress.score().minimum())
                .numeric(progress.score().maximum())
                .instant(a.started())
                .instant(a.firstFinal())
                .numeric(a.durationSeconds())
                .bytes(a.announced().map(Digest::bytes).orElse(null))
                .bytes(a.payload().bytes())
                .instant(Optional.of(now))
                .instant(Optional.of(now));
    }
}
