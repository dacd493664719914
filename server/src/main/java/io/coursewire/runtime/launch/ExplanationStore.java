package io.coursewire.runtime.launch;

import io.coursewire.attempts.AttemptKey;
import io.coursewire.kernel.CourseAttemptId;
import io.coursewire.kernel.LaunchId;
import io.coursewire.kernel.SessionId;
import io.coursewire.runtime.launch.Explanation.Link;
import io.coursewire.runtime.launch.Explanation.Opening;
import io.coursewire.runtime.launch.Explanation.Rejected;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/// The SQL that reads what lies behind an attempt, the latest of each kind.
final class ExplanationStore {
    static final int SHOWN_MAX = 200;

    /// Empty for an attempt that was not opened online.
    Optional<CourseAttemptId> course(Handle db, AttemptKey attempt) {
        return db.createQuery(
                        """
                        SELECT course_attempt_id FROM attempt
                        WHERE client_id = :client AND attempt_id = :attempt AND course_attempt_id IS NOT NULL
                        """)
                .bind("client", attempt.client().value())
                .bind("attempt", attempt.id().value())
                .map((row, _) -> new CourseAttemptId(row.getObject(1, UUID.class)))
                .findOne();
    }

    /// The links that are for the attempt or led to it.
    List<Link> links(Handle db, AttemptKey attempt) {
        return db.createQuery(
                        """
                        SELECT launch_id, mode, created_at, expires_at, redeemed_at, revoked_at
                        FROM launch l
                        WHERE client_id = :client
                          AND (attempt_id = :attempt
                               AND course_attempt_id = (
                                   SELECT course_attempt_id FROM attempt
                                   WHERE client_id = :client AND attempt_id = :attempt)
                               OR launch_id IN (SELECT s.launch_id FROM session s
                                                WHERE s.client_id = :client AND s.attempt_id = :attempt))
                        ORDER BY created_at DESC, launch_id DESC
                        LIMIT :limit
                        """)
                .bind("client", attempt.client().value())
                .bind("attempt", attempt.id().value())
                .bind("limit", SHOWN_MAX)
                .map((row, _) -> link(row))
                .list()
                .reversed();
    }

    List<Opening> sessions(Handle db, AttemptKey attempt) {
        return db.createQuery(
                        """
                        SELECT session_id, launch_id, opened_at, last_seen_at, closed_at, close_cause,
                               last_sequence, counted_seconds
                        FROM session
                        WHERE client_id = :client AND attempt_id = :attempt
                        ORDER BY opened_at DESC, session_id DESC
                        LIMIT :limit
                        """)
                .bind("client", attempt.client().value())
                .bind("attempt", attempt.id().value())
                .bind("limit", SHOWN_MAX)
                .map((row, _) -> session(row))
                .list()
                .reversed();
    }

    List<Rejected> rejectedCalls(Handle db, AttemptKey attempt) {
        return db.createQuery(
                        """
                        SELECT r.session_id, r.sequence, r.call, r.element, r.value, r.error, r.at
                        FROM rejected_call r
                        JOIN session s USING (client_id, session_id)
                        WHERE r.client_id = :client AND s.attempt_id = :attempt
                        ORDER BY s.opened_at DESC, r.session_id DESC, r.sequence DESC, r.position DESC
                        LIMIT :limit
                        """)
                .bind("client", attempt.client().value())
                .bind("attempt", attempt.id().value())
                .bind("limit", SHOWN_MAX)
                .map((row, _) -> rejected(row))
                .list()
                .reversed();
    }

    private static Link link(ResultSet row) throws SQLException {
        return new Link(
                new LaunchId(row.getObject("launch_id", UUID.class)),
                row.getString("mode"),
                instant(row, "created_at").orElseThrow(),
                instant(row, "expires_at").orElseThrow(),
                instant(row, "redeemed_at"),
                instant(row, "revoked_at"));
    }

    private static Opening session(ResultSet row) throws SQLException {
        return new Opening(
                new SessionId(row.getObject("session_id", UUID.class)),
                new LaunchId(row.getObject("launch_id", UUID.class)),
                instant(row, "opened_at").orElseThrow(),
                instant(row, "last_seen_at").orElseThrow(),
                instant(row, "closed_at"),
                Optional.ofNullable(row.getString("close_cause")),
                row.getInt("last_sequence"),
                row.getBigDecimal("counted_seconds"));
    }

    private static Rejected rejected(ResultSet row) throws SQLException {
        return new Rejected(
                new SessionId(row.getObject("session_id", UUID.class)),
                row.getInt("sequence"),
                new RejectedCall(
                        row.getString("call"),
                        row.getString("element"),
                        row.getString("value"),
                        row.getString("error")),
                instant(row, "at").orElseThrow());
    }

    private static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, OffsetDateTime.class))
                .map(OffsetDateTime::toInstant);
    }
}
