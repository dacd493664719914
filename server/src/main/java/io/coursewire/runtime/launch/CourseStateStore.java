package io.coursewire.runtime.launch;

import io.coursewire.kernel.ClientId;
import io.coursewire.kernel.CourseAttemptId;
import io.coursewire.kernel.UserId;
import io.coursewire.runtime.scorm2004.CourseState;
import io.coursewire.runtime.scorm2004.sequencing.SharedState;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// Every SQL statement about where participants are in sequenced courses. The caller owns the transaction.
final class CourseStateStore {
    /// Holds the course attempt to the end of the transaction; it is locked before any attempt in it. Empty
    /// where nothing was delivered in it yet.
    Optional<CourseState> lock(Handle db, ClientId client, CourseAttemptId course) {
        return db.createQuery(
                        """
                        SELECT state FROM course_attempt
                        WHERE client_id = :client AND course_attempt_id = :course
                        FOR NO KEY UPDATE
                        """)
                .bind("client", client.value())
                .bind("course", course.value())
                .map((row, _) -> Optional.ofNullable(row.getString("state")).map(CourseState::read))
                .one();
    }

    Optional<CourseState> find(Handle db, ClientId client, CourseAttemptId course) {
        return db.createQuery(
                        """
                        SELECT state FROM course_attempt
                        WHERE client_id = :client AND course_attempt_id = :course AND state IS NOT NULL
                        """)
                .bind("client", client.value())
                .bind("course", course.value())
                .map((row, _) -> CourseState.read(row.getString("state")))
                .findOne();
    }

    /// Where the participant was left in the way through the course before this one. Held to the end of the
    /// transaction; it is locked after the newer one.
    Optional<CourseState> lockEarlier(Handle db, Launch launch, CourseAttemptId course) {
        return db.createQuery(
                        """
                        SELECT state FROM course_attempt
                        WHERE client_id = :client AND user_id = :user AND activity_id = :activity
                          AND course_attempt_id <> :course AND state IS NOT NULL
                        ORDER BY opened_at DESC, course_attempt_id DESC
                        LIMIT 1
                        FOR NO KEY UPDATE
                        """)
                .bind("client", launch.client().value())
                .bind("user", launch.user().value())
                .bind("activity", launch.activity().value())
                .bind("course", course.value())
                .map((row, _) -> CourseState.read(row.getString("state")))
                .findOne();
    }

    /// @param ended since when the course attempt is over, empty while it goes on
    void save(
            Handle db,
            ClientId client,
            CourseAttemptId course,
            CourseState state,
            Optional<Instant> ended) {
        db.createUpdate(
                        """
                        UPDATE course_attempt SET state = :state::json, ended_at = :ended
                        WHERE client_id = :client AND course_attempt_id = :course
                        """)
                .bind("client", client.value())
                .bind("course", course.value())
                .bind("state", state.write())
                .bind("ended", ended.orElse(null))
                .execute();
    }

    /// What the participant's courses share, held to the end of the transaction: after the course attempt,
    /// before any attempt.
    SharedState lockShared(Handle db, ClientId client, UserId user) {
        db.createUpdate(
                        """
                        INSERT INTO shared_state (client_id, user_id, state) VALUES (:client, :user, :state::json)
                        ON CONFLICT DO NOTHING
                        """)
                .bind("client", client.value())
                .bind("user", user.value())
                .bind("state", CourseState.writeShared(SharedState.EMPTY))
                .execute();
        return db.createQuery(
                        """
                        SELECT state FROM shared_state
                        WHERE client_id = :client AND user_id = :user
                        FOR NO KEY UPDATE
                        """)
                .bind("client", client.value())
                .bind("user", user.value())
                .map((row, _) -> CourseState.readShared(row.getString("state")))
                .one();
    }

    void saveShared(Handle db, ClientId client, UserId user, SharedState state) {
        db.createUpdate(
                        """
                        UPDATE shared_state SET state = :state::json
                        WHERE client_id = :client AND user_id = :user
                        """)
                .bind("client", client.value())
                .bind("user", user.value())
                .bind("state", CourseState.writeShared(state))
                .execute();
    }
}
