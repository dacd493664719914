package io.coursewire.attempts;

import io.coursewire.attempts.ActivityStatus.ItemOutcome;
import io.coursewire.attempts.ActivityStatus.Whole;
import io.coursewire.attempts.AttemptStatus.TrainingItem;
import io.coursewire.attempts.AttemptStatus.User;
import io.coursewire.kernel.ActivityId;
import io.coursewire.kernel.ClientId;
import io.coursewire.kernel.UserId;
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
    /// For each participant and activity: every item that counts, with the newest attempt at it that was opened;
    /// one that a link has made decides nothing yet.
    Map<ActivityKey, List<ItemOutcome>> outcomes(Handle db, List<ActivityKey> changed) {
        return db
                .createQuery(
                        """
                        SELECT g.client_id, g.user_id, g.activity_id, g.announced,
                               g.course_inside, g.course_status, g.course_score, p.username,
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
                              AND presence <> 'neverOpened'
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
                .collect(Collectors.groupingBy(i -> i.whole().key()));
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
                        statuses.stream().map(s -> s.whole().client().value()).toList())
                .bindArray(
                        "users",
                        UUID.class,
                        statuses.stream().map(s -> s.whole().user().id().value()).toList())
                .bindArray(
                        "activities",
                        UUID.class,
                        statuses.stream().map(s -> s.whole().activity().id().value()).toList())
                .bindArray(
                        "digests",
                        byte[].class,
                        statuses.stream().map(s -> s.digest().bytes()).toList())
                .execute();
    }

    /// What a course says of itself, in place of what it said before.
    void saveCourse(Handle db, ActivityKey activity, CourseResult course) {
        db.createUpdate(
                        """
                        INSERT INTO activity_progress (
                            client_id, user_id, activity_id, course_inside, course_status, course_score)
                        VALUES (:client, :user, :activity, :inside, :status, :score)
                        ON CONFLICT (client_id, user_id, activity_id) DO UPDATE
                        SET course_inside = excluded.course_inside, course_status = excluded.course_status,
                            course_score = excluded.course_score
                        """)
                .bind("client", activity.client().value())
                .bind("user", activity.user().value())
                .bind("activity", activity.activity().value())
                .bind("inside", course.inside())
                .bind("status", course.status().map(Status::word).orElse(null))
                .bind("score", course.scoreScaled().orElse(null))
                .execute();
    }

    private static ItemOutcome outcome(ResultSet row) throws SQLException {
        return new ItemOutcome(
                whole(row),
                row.getBoolean("settled"),
                Optional.ofNullable(row.getString("status")).flatMap(Status::of),
                AttemptRow.score(row),
                AttemptRow.instant(row, "started_at"),
                AttemptRow.instant(row, "first_final_at"),
                AttemptRow.decimal(row, "duration_seconds"));
    }

    private static Whole whole(ResultSet row) throws SQLException {
        return new Whole(
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
                course(row));
    }

    private static Optional<CourseResult> course(ResultSet row) throws SQLException {
        boolean inside = row.getBoolean("course_inside");
        return row.wasNull()
                ? Optional.empty()
                : Optional.of(
                        new CourseResult(
                                inside,
                                Optional.ofNullable(row.getString("course_status"))
                                        .flatMap(Status::of),
                                AttemptRow.decimal(row, "course_score")));
    }
}
