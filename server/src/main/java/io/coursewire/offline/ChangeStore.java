package io.coursewire.offline;

import io.coursewire.attempts.AttemptKey;
import io.coursewire.attempts.Payload;
import io.coursewire.kernel.AttemptId;
import io.coursewire.kernel.ClientId;
import io.coursewire.kernel.Json;
import io.coursewire.offline.Change.Cause;
import io.coursewire.offline.Change.Row;
import io.coursewire.offline.Change.Why;
import io.coursewire.storage.CopyRows;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/// The SQL of changes by hand. The caller owns the transaction.
final class ChangeStore {
    private static final String COPY =
            """
            COPY attempt_change (
                client_id, attempt_id, change_id, at, cause, author, reason, import_id, line, user_id,
                version_before, version_after, before)
            FROM STDIN (FORMAT binary)
            """;

    void append(Handle db, Collection<Change> changes) {
        try (var rows = new CopyRows(db, COPY, 13)) {
            changes.forEach(change -> add(rows, change));
            rows.end();
        }
    }

    private static void add(CopyRows rows, Change change) {
        var why = change.why();
        rows.row()
                .text(change.attempt().client().value())
                .uuid(change.attempt().id().value())
                .uuid(change.id())
                .instant(Optional.of(change.at()))
                .text(why.cause().word())
                .text(why.author())
                .text(why.reason().orElse(null))
                .uuid(why.row().map(Row::importId))
                .bigint(why.row().map(Row::line))
                .uuid(left(change))
                .bigint(change.versionBefore())
                .bigint(change.versionAfter())
                .bytes(change.before().map(Payload::bytes).orElse(null));
    }

    // Who had the attempt before, where it is another's or nobody's afterwards: nothing else leads
    // there.
    private static Optional<UUID> left(Change change) {
        return switch (change.why().cause()) {
            case MOVED, MERGED, UNDONE ->
                    change.before()
                            .map(before -> Json.MAPPER.readTree(before.bytes()).at("/user/id"))
                            .map(id -> UUID.fromString(id.stringValue()));
            case ENTERED, IMPORTED, CORRECTED -> Optional.empty();
        };
    }

    /// In the order in which they happened.
    List<Change> of(Handle db, ClientId client, AttemptId attempt) {
        return db.createQuery(
                        """
                        SELECT * FROM attempt_change
                        WHERE client_id = :client AND attempt_id = :attempt
                        ORDER BY version_after, change_id
                        """)
                .bind("client", client.value())
                .bind("attempt", attempt.value())
                .map((row, _) -> read(row))
                .list();
    }

    /// The import that made the attempt, if one did: it leaves its record instead of a change.
    Optional<Change> imported(Handle db, ClientId client, AttemptId attempt) {
        return db.createQuery(
                        """
                        SELECT r.client_id, r.attempt_id, r.identity AS change_id,
                               coalesce(i.started_at, i.created_at) AS at, 'imported' AS cause, i.author,
                               NULL AS reason, r.import_id, r.line,
                               0 AS version_before, 0 AS version_after, NULL::bytea AS before
                        FROM offline_record r
                        JOIN offline_import i USING (client_id, import_id)
                        WHERE r.client_id = :client AND r.attempt_id = :attempt
                          AND NOT EXISTS (SELECT 1 FROM attempt_change c
                                          WHERE c.client_id = r.client_id AND c.attempt_id = r.attempt_id
                                            AND c.import_id = r.import_id)
                        LIMIT 1
                        """)
                .bind("client", client.value())
                .bind("attempt", attempt.value())
                .map((row, _) -> read(row))
                .findOne();
    }

    /// The last that stands: what an import changed and took back again does not.
    Map<AttemptKey, Change> standing(Handle db, ClientId client, Collection<AttemptId> attempts) {
        var last = new HashMap<AttemptKey, Change>();
        db.createQuery(
                        """
                        SELECT DISTINCT ON (attempt_id) *
                        FROM (SELECT *, bool_or(cause = 'undone') OVER (PARTITION BY attempt_id, import_id) AS taken_back
                              FROM attempt_change
                              WHERE client_id = :client AND attempt_id = ANY(:attempts)) c
                        WHERE NOT taken_back
                        ORDER BY attempt_id, change_id DESC
                        """)
                .bind("client", client.value())
                .bindArray("attempts", UUID.class, attempts.stream().map(AttemptId::value).toList())
                .map((row, _) -> read(row))
                .forEach(change -> last.put(change.attempt(), change));
        return last;
    }

    static Change read(ResultSet row) throws SQLException {
        return new Change(
                new AttemptKey(
                        new ClientId(row.getString("client_id")),
                        new AttemptId(row.getObject("attempt_id", UUID.class))),
                row.getObject("change_id", UUID.class),
                row.getObject("at", OffsetDateTime.class).toInstant(),
                why(row),
                row.getLong("version_before"),
                row.getLong("version_after"),
                Optional.ofNullable(row.getBytes("before")).map(Payload::new));
    }

    private static Why why(ResultSet row) throws SQLException {
        long line = row.getLong("line");
        return new Why(
                Cause.stored(row.getString("cause")),
                row.getString("author"),
                Optional.ofNullable(row.getString("reason")),
                Optional.ofNullable(row.getObject("import_id", UUID.class))
                        .map(id -> new Row(id, line)));
    }
}
