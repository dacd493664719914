package io.coursewire.runtime.launch;

import io.coursewire.kernel.ClientId;
import io.coursewire.kernel.CourseAttemptId;
import io.coursewire.kernel.Json;
import io.coursewire.runtime.scorm2004.sequencing.Step;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// The SQL about what was decided in sequenced courses. The caller owns the transaction.
final class CourseMoveStore {
    /// The latest of a course attempt are kept.
    static final int KEPT_MAX = 200;

    /// The caller holds the course attempt, so numbers have no gaps and no doubles.
    void insert(Handle db, ClientId client, CourseAttemptId course, CourseMove move) {
        int number =
                db.createQuery(
                                """
                                INSERT INTO course_move (
                                    client_id, course_attempt_id, number, at, request, decision, activity, reasons)
                                SELECT :client, :course, coalesce(max(number), 0) + 1, :at, :request, :decision,
                                       :activity, :reasons::json
                                FROM course_move
                                WHERE client_id = :client AND course_attempt_id = :course
                                RETURNING number
                                """)
                        .bind("client", client.value())
                        .bind("course", course.value())
                        .bind("at", move.at())
                        .bind("request", move.request())
                        .bind("decision", move.decision())
                        .bind("activity", move.activity().orElse(null))
                        .bind("reasons", Json.MAPPER.writeValueAsString(move.reasons()))
                        .mapTo(Integer.class)
                        .one();
        if (number > KEPT_MAX) {
            forget(db, client, course, number - KEPT_MAX);
        }
    }

    private void forget(Handle db, ClientId client, CourseAttemptId course, int upTo) {
        db.createUpdate(
                        """
                        DELETE FROM course_move
                        WHERE client_id = :client AND course_attempt_id = :course AND number <= :upTo
                        """)
                .bind("client", client.value())
                .bind("course", course.value())
                .bind("upTo", upTo)
                .execute();
    }

    /// Whether the last of them ended the course.
    boolean hasEnded(Handle db, ClientId client, CourseAttemptId course) {
        return db.createQuery(
                        """
                        SELECT decision = 'ended' FROM course_move
                        WHERE client_id = :client AND course_attempt_id = :course
                        ORDER BY number DESC
                        LIMIT 1
                        """)
                .bind("client", client.value())
                .bind("course", course.value())
                .mapTo(Boolean.class)
                .findOne()
                .orElse(false);
    }

    /// In the order in which they were decided.
    List<CourseMove> of(Handle db, ClientId client, CourseAttemptId course) {
        return db.createQuery(
                        """
                        SELECT at, request, decision, activity, reasons FROM course_move
                        WHERE client_id = :client AND course_attempt_id = :course
                        ORDER BY number
                        """)
                .bind("client", client.value())
                .bind("course", course.value())
                .map((row, _) -> read(row))
                .list();
    }

    private static CourseMove read(ResultSet row) throws SQLException {
        return new CourseMove(
                row.getObject("at", OffsetDateTime.class).toInstant(),
                row.getString("request"),
                row.getString("decision"),
                Optional.ofNullable(row.getString("activity")),
                Arrays.asList(Json.MAPPER.readValue(row.getString("reasons"), Step[].class)));
    }
}
