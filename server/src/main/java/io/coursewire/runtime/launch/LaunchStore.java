package io.coursewire.runtime.launch;

import io.coursewire.attempts.Presence;
import io.coursewire.kernel.ActivityId;
import io.coursewire.kernel.AttemptId;
import io.coursewire.kernel.ClientId;
import io.coursewire.kernel.CourseAttemptId;
import io.coursewire.kernel.ItemId;
import io.coursewire.kernel.LaunchId;
import io.coursewire.kernel.UserId;
import io.coursewire.runtime.Mode;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/// Every SQL statement about launch links and course attempts. The caller owns the transaction.
final class LaunchStore {
    /// A participant's newest attempt at an item that content was or will be opened for.
    record Newest(
            AttemptId id,
            int number,
            boolean isFinal,
            Presence presence,
            boolean courseEnded,
            CourseAttemptId courseAttempt,
            int packageVersion) {}

    /// A participant's newest way through an activity.
    record NewestCourse(CourseAttemptId id, int packageVersion) {}

    List<String> returnOrigins(Handle db, ClientId client) {
        return db.createQuery("SELECT return_origins FROM client WHERE client_id = :client")
                .bind("client", client.value())
                .map((row, _) -> Arrays.asList((String[]) row.getArray(1).getArray()))
                .one();
    }

    /// Empty for an activity without a package.
    Optional<Integer> currentVersion(Handle db, ClientId client, ActivityId activity) {
        return db.createQuery(
                        """
                        SELECT version FROM activity
                        WHERE client_id = :client AND activity_id = :activity AND version IS NOT NULL
                        """)
                .bind("client", client.value())
                .bind("activity", activity.value())
                .mapTo(Integer.class)
                .findOne();
    }

    /// The newest attempt at the item, only final ones when asked.
    Optional<Newest> newest(
            Handle db, ClientId client, UserId user, ItemId item, boolean onlyFinal) {
        return db.createQuery(
                        """
                        SELECT a.attempt_id, a.attempt_number, a.final, a.presence, c.course_attempt_id,
                               c.ended_at IS NOT NULL AS course_ended, c.package_version
                        FROM attempt a
                        JOIN course_attempt c USING (client_id, course_attempt_id)
                        WHERE a.client_id = :client AND a.user_id = :user AND a.item_id = :item
                          AND (a.final OR NOT :onlyFinal)
                        ORDER BY a.attempt_number DESC
                        LIMIT 1
                        """)
                .bind("client", client.value())
                .bind("user", user.value())
                .bind("item", item.value())
                .bind("onlyFinal", onlyFinal)
                .map(
                        (row, _) ->
                                new Newest(
                                        new AttemptId(row.getObject("attempt_id", UUID.class)),
                                        row.getInt("attempt_number"),
                                        row.getBoolean("final"),
                                        Presence.of(row.getString("presence")).orElseThrow(),
                                        row.getBoolean("course_ended"),
                                        new CourseAttemptId(
                                                row.getObject("course_attempt_id", UUID.class)),
                                        row.getInt("package_version")))
                .findOne();
    }

    /// The newest course attempt that has not ended, nor come to a result of its own.
    Optional<NewestCourse> openCourse(
            Handle db, ClientId client, UserId user, ActivityId activity) {
        return db.createQuery(
                        """
                        SELECT c.course_attempt_id, c.package_version
                        FROM course_attempt c
                        LEFT JOIN activity_progress p USING (client_id, user_id, activity_id)
                        WHERE c.client_id = :client AND c.user_id = :user AND c.activity_id = :activity
                          AND c.ended_at IS NULL AND (p.course_status IS NULL OR p.course_inside)
                        ORDER BY c.opened_at DESC, c.course_attempt_id DESC
                        LIMIT 1
                        """)
                .bind("client", client.value())
                .bind("user", user.value())
                .bind("activity", activity.value())
                .map(
                        (row, _) ->
                                new NewestCourse(
                                        new CourseAttemptId(
                                                row.getObject("course_attempt_id", UUID.class)),
                                        row.getInt("package_version")))
                .findOne();
    }

    /// The attempt at the item within the course attempt. One to which an administrator gave its end is over:
    /// content would only say again what it said before.
    Optional<AttemptId> attemptIn(Handle db, ClientId client, CourseAttemptId course, ItemId item) {
        return db.createQuery(
                        """
                        SELECT attempt_id FROM (
                            SELECT attempt_id, final AND rule LIKE 'offline.%' AS ended FROM attempt
                            WHERE client_id = :client AND course_attempt_id = :course AND item_id = :item
                            ORDER BY attempt_number DESC
                            LIMIT 1
                        ) newest
                        WHERE NOT ended
                        """)
                .bind("client", client.value())
                .bind("course", course.value())
                .bind("item", item.value())
                .map((row, _) -> new AttemptId(row.getObject("attempt_id", UUID.class)))
                .findOne();
    }

    boolean isFinal(Handle db, ClientId client, AttemptId attempt) {
        return db.createQuery(
                        "SELECT final FROM attempt WHERE client_id = :client AND attempt_id = :attempt")
                .bind("client", client.value())
                .bind("attempt", attempt.value())
                .mapTo(Boolean.class)
                .one();
    }

    void insertCourse(
            Handle db,
            ClientId client,
            CourseAttemptId id,
            LaunchRequest request,
            int packageVersion,
            Instant now) {
        db.createUpdate(
                        """
                        INSERT INTO course_attempt (
                            client_id, course_attempt_id, user_id, activity_id, package_version, opened_at)
                        VALUES (:client, :course, :user, :activity, :version, :now)
                        """)
                .bind("client", client.value())
                .bind("course", id.value())
                .bind("user", request.user().value())
                .bind("activity", request.activity().value())
                .bind("version", packageVersion)
                .bind("now", now)
                .execute();
    }

    void insert(Handle db, Launch launch, Instant now) {
        db.createUpdate(
                        """
                        INSERT INTO launch (
                            client_id, launch_id, user_id, activity_id, item_id, package_version,
                            course_attempt_id, attempt_id, mode, return_url, created_at, expires_at)
                        VALUES (
                            :client, :launch, :user, :activity, :item::uuid, :version,
                            :course::uuid, :attempt::uuid, :mode, :returnUrl, :now, :expires)
                        """)
                .bind("client", launch.client().value())
                .bind("launch", launch.id().value())
                .bind("user", launch.user().value())
                .bind("activity", launch.activity().value())
                .bind("item", launch.item().map(ItemId::value).orElse(null))
                .bind("version", launch.packageVersion())
                .bind("course", launch.courseAttempt().map(CourseAttemptId::value).orElse(null))
                .bind("attempt", launch.attempt().map(AttemptId::value).orElse(null))
                .bind("mode", launch.mode().word())
                .bind("returnUrl", launch.returnUrl().orElse(null))
                .bind("now", now)
                .bind("expires", launch.expiresAt())
                .execute();
    }

    Optional<Launch> find(Handle db, ClientId client, LaunchId id) {
        return db.createQuery(
                        "SELECT * FROM launch WHERE client_id = :client AND launch_id = :launch")
                .bind("client", client.value())
                .bind("launch", id.value())
                .map((row, _) -> read(row))
                .findOne();
    }

    /// The launch as it is now; it is not withdrawn or led elsewhere to the end of the transaction. After attempts,
    /// before roll-up rows.
    Launch hold(Handle db, ClientId client, LaunchId id) {
        return db.createQuery(
                        "SELECT * FROM launch WHERE client_id = :client AND launch_id = :launch FOR SHARE")
                .bind("client", client.value())
                .bind("launch", id.value())
                .map((row, _) -> read(row))
                .one();
    }

    /// True for the one caller that redeems it, as often as that one asks: others, and those that come too late,
    /// get false.
    boolean redeem(
            Handle db, ClientId client, LaunchId id, Optional<String> redeemer, Instant now) {
        return db.createUpdate(
                                """
                                UPDATE launch SET redeemed_at = coalesce(redeemed_at, :now), redeemed_by = :redeemer
                                WHERE client_id = :client AND launch_id = :launch AND revoked_at IS NULL
                                  AND (redeemed_at IS NULL AND expires_at > :now OR redeemed_by = :redeemer)
                                """)
                        .bind("client", client.value())
                        .bind("launch", id.value())
                        .bind("redeemer", redeemer)
                        .bind("now", now)
                        .execute()
                == 1;
    }

    void revoke(Handle db, ClientId client, LaunchId id, Instant now) {
        db.createUpdate(
                        """
                        UPDATE launch SET revoked_at = coalesce(revoked_at, :now)
                        WHERE client_id = :client AND launch_id = :launch
                        """)
                .bind("client", client.value())
                .bind("launch", id.value())
                .bind("now", now)
                .execute();
    }

    private static Launch read(ResultSet row) throws SQLException {
        return new Launch(
                new ClientId(row.getString("client_id")),
                new LaunchId(row.getObject("launch_id", UUID.class)),
                new UserId(row.getObject("user_id", UUID.class)),
                new ActivityId(row.getObject("activity_id", UUID.class)),
                Optional.ofNullable(row.getObject("item_id", UUID.class)).map(ItemId::new),
                row.getInt("package_version"),
                Optional.ofNullable(row.getObject("course_attempt_id", UUID.class))
                        .map(CourseAttemptId::new),
                Optional.ofNullable(row.getObject("attempt_id", UUID.class)).map(AttemptId::new),
                Mode.of(row.getString("mode")).orElseThrow(),
                Optional.ofNullable(row.getString("return_url")),
                instant(row, "expires_at").orElseThrow(),
                instant(row, "redeemed_at"),
                instant(row, "revoked_at"));
    }

    private static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, OffsetDateTime.class))
                .map(OffsetDateTime::toInstant);
    }
}
