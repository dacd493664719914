package io.coursewire.runtime.launch;

import io.coursewire.attempts.AttemptKey;
import io.coursewire.kernel.ActivityId;
import io.coursewire.kernel.AttemptId;
import io.coursewire.kernel.ClientId;
import io.coursewire.kernel.ItemId;
import io.coursewire.kernel.LaunchId;
import io.coursewire.kernel.SessionId;
import io.coursewire.runtime.Elements;
import io.coursewire.runtime.Mode;
import io.coursewire.storage.Columns;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/// Every SQL statement about sessions and what content said in them. The caller owns the transaction,
/// and has locked the attempts of the sessions that it reads to change.
final class SessionStore {
    record Key(ClientId client, SessionId id) {}

    void insert(Handle db, Session.Of of, Elements elements, Instant now) {
        db.createUpdate(
                        """
                        INSERT INTO session (
                            client_id, session_id, launch_id, item_id, attempt_id, mode, opened_at, last_seen_at,
                            elements)
                        VALUES (:client, :session, :launch, :item, :attempt::uuid, :mode, :now, :now, :elements)
                        """)
                .bind("client", of.client().value())
                .bind("session", of.id().value())
                .bind("launch", of.launch().value())
                .bind("item", of.item().value())
                .bind("attempt", of.attempt().map(AttemptId::value).orElse(null))
                .bind("mode", of.mode().word())
                .bind("elements", ElementsJson.write(elements))
                .bind("now", now)
                .execute();
    }

    Optional<Session.Of> facts(Handle db, Key key) {
        return db.createQuery(
                        """
                        SELECT s.client_id, s.session_id, s.launch_id, l.activity_id, l.package_version,
                               s.item_id, s.attempt_id, s.mode
                        FROM session s
                        JOIN launch l USING (client_id, launch_id)
                        WHERE s.client_id = :client AND s.session_id = :session
                        """)
                .bind("client", key.client().value())
                .bind("session", key.id().value())
                .map((row, _) -> of(row))
                .findOne();
    }

    /// The sessions as they are now.
    Map<Key, Session> read(Handle db, Collection<Session.Of> wanted) {
        var facts = new HashMap<Key, Session.Of>();
        wanted.forEach(of -> facts.put(of.key(), of));
        var sessions = new HashMap<Key, Session>();
        var rows = List.copyOf(wanted);
        new Columns<>(
                        db.createQuery(
                                """
                                SELECT client_id, session_id, opened_at, last_seen_at, close_cause, last_sequence,
                                       counted_seconds, away_millis, elements
                                FROM unnest(:clients::text[], :sessions::uuid[]) AS asked (client_id, session_id)
                                JOIN session s USING (client_id, session_id)
                                """),
                        rows)
                .bind("clients", String.class, of -> of.client().value())
                .bind("sessions", UUID.class, of -> of.id().value())
                .statement()
                .map((row, _) -> read(row, facts.get(key(row))))
                .forEach(session -> sessions.put(session.of().key(), session));
        return sessions;
    }

    /// The newest session of an attempt.
    Optional<Session> newest(Handle db, AttemptKey attempt) {
        return db.createQuery(
                        """
                        SELECT s.*, l.activity_id, l.package_version
                        FROM session s
                        JOIN launch l USING (client_id, launch_id)
                        WHERE s.client_id = :client AND s.attempt_id = :attempt AND s.mode = 'normal'
                        ORDER BY s.opened_at DESC, s.session_id DESC
                        LIMIT 1
                        """)
                .bind("client", attempt.client().value())
                .bind("attempt", attempt.id().value())
                .map((row, _) -> read(row, of(row)))
                .findOne();
    }

    /// The same, unless its attempt was taken out of the course attempt in which it was played.
    Optional<Session> newestInCourse(Handle db, AttemptKey attempt) {
        return newest(db, attempt).filter(_ -> isInCourse(db, attempt));
    }

    boolean isInCourse(Handle db, AttemptKey attempt) {
        return db.createQuery(
                        """
                        SELECT course_attempt_id IS NOT NULL FROM attempt
                        WHERE client_id = :client AND attempt_id = :attempt
                        """)
                .bind("client", attempt.client().value())
                .bind("attempt", attempt.id().value())
                .mapTo(Boolean.class)
                .one();
    }

    List<Session.Of> silentSince(Handle db, Instant since, int limit) {
        return db.createQuery(
                        """
                        SELECT s.client_id, s.session_id, s.launch_id, l.activity_id, l.package_version,
                               s.item_id, s.attempt_id, s.mode
                        FROM session s
                        JOIN launch l USING (client_id, launch_id)
                        WHERE s.closed_at IS NULL AND s.last_seen_at < :since
                          AND s.seen_slot <= date_bin('10 minutes', :since::timestamptz, timestamptz '2000-01-01Z')
                        ORDER BY s.seen_slot, s.last_seen_at
                        LIMIT :limit
                        """)
                .bind("since", since)
                .bind("limit", limit)
                .map((row, _) -> of(row))
                .list();
    }

    /// The sessions of a launch that are open or that a commit would open again: these are found by their attempts.
    List<Session.Of> unfinishedOf(Handle db, ClientId client, LaunchId launch) {
        return db.createQuery(
                        """
                        SELECT s.client_id, s.session_id, s.launch_id, l.activity_id, l.package_version,
                               s.item_id, s.attempt_id, s.mode
                        FROM session s
                        JOIN launch l USING (client_id, launch_id)
                        WHERE s.client_id = :client AND s.launch_id = :launch AND s.closed_at IS NULL
                        UNION ALL
                        SELECT s.client_id, s.session_id, s.launch_id, l.activity_id, l.package_version,
                               s.item_id, s.attempt_id, s.mode
                        FROM launch l
                        JOIN attempt a USING (client_id, course_attempt_id)
                        JOIN session s ON s.client_id = a.client_id AND s.attempt_id = a.attempt_id
                        WHERE l.client_id = :client AND l.launch_id = :launch
                          AND s.launch_id = :launch AND s.close_cause IN ('left', 'silent')
                        """)
                .bind("client", client.value())
                .bind("launch", launch.value())
                .map((row, _) -> of(row))
                .list();
    }

    void update(Handle db, Collection<Session> changed, Instant now) {
        var rows = List.copyOf(changed);
        new Columns<>(
                        db.createUpdate(
                                """
                                UPDATE session s
                                SET last_seen_at = n.last_seen_at, close_cause = n.close_cause,
                                    closed_at = CASE WHEN n.close_cause IS NULL THEN NULL
                                                     ELSE coalesce(s.closed_at, :now) END,
                                    last_sequence = n.last_sequence, counted_seconds = n.counted_seconds,
                                    away_millis = n.away_millis, elements = n.elements
                                FROM unnest(:clients::text[], :sessions::uuid[], :seen::timestamptz[],
                                            :causes::text[], :sequences::integer[], :counted::numeric[],
                                            :away::bigint[], :elements::text[])
                                     AS n (client_id, session_id, last_seen_at, close_cause, last_sequence,
                                           counted_seconds, away_millis, elements)
                                WHERE s.client_id = n.client_id AND s.session_id = n.session_id
                                """),
                        rows)
                .bind("clients", String.class, s -> s.of().client().value())
                .bind("sessions", UUID.class, s -> s.of().id().value())
                .bind("seen", Instant.class, Session::lastSeenAt)
                .bind("causes", String.class, s -> s.closed().map(CloseCause::word).orElse(null))
                .bind("sequences", Integer.class, Session::lastSequence)
                .bind("counted", BigDecimal.class, Session::countedSeconds)
                .bind("away", Long.class, s -> s.away().toMillis())
                .bind("elements", String.class, s -> ElementsJson.write(s.elements()))
                .statement()
                .bind("now", now)
                .execute();
    }

    private static Session read(ResultSet row, Session.Of of) throws SQLException {
        return new Session(
                of,
                row.getObject("opened_at", OffsetDateTime.class).toInstant(),
                row.getObject("last_seen_at", OffsetDateTime.class).toInstant(),
                Optional.ofNullable(row.getString("close_cause")).flatMap(CloseCause::of),
                row.getInt("last_sequence"),
                row.getBigDecimal("counted_seconds"),
                Duration.ofMillis(row.getLong("away_millis")),
                ElementsJson.read(row.getString("elements")));
    }

    private static Key key(ResultSet row) throws SQLException {
        return new Key(
                new ClientId(row.getString("client_id")),
                new SessionId(row.getObject("session_id", UUID.class)));
    }

    private static Session.Of of(ResultSet row) throws SQLException {
        return new Session.Of(
                new ClientId(row.getString("client_id")),
                new SessionId(row.getObject("session_id", UUID.class)),
                new LaunchId(row.getObject("launch_id", UUID.class)),
                new ActivityId(row.getObject("activity_id", UUID.class)),
                row.getInt("package_version"),
                new ItemId(row.getObject("item_id", UUID.class)),
                Optional.ofNullable(row.getObject("attempt_id", UUID.class)).map(AttemptId::new),
                Mode.of(row.getString("mode")).orElseThrow());
    }
}
