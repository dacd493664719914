package io.coursewire.offline.importing;

import io.coursewire.attempts.Existing.Pair;
import io.coursewire.kernel.AttemptId;
import io.coursewire.kernel.ClientId;
import io.coursewire.kernel.ItemId;
import io.coursewire.kernel.UserId;
import io.coursewire.storage.CopyRows;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/// The SQL of rows that were taken, and of what a dry run has seen. The caller owns the transaction.
final class RecordStore {
    private static final String COPY_RECORDS =
            """
            COPY offline_record
                (client_id, identity, generation, attempt_id, fingerprint, import_id, line)
            FROM STDIN (FORMAT binary)
            """;
    private static final String COPY_SEEN =
            """
            COPY offline_seen
                (client_id, import_id, identity, fingerprint, line, user_id, item_id, attempt_number)
            FROM STDIN (FORMAT binary)
            """;

    /// A row that was taken. The first of its identity is generation 0; with each that says something else it rises.
    record Taken(UUID identity, int generation, AttemptId attempt, UUID fingerprint, long line) {}

    /// A row that a dry run would take.
    record Seen(UUID identity, UUID fingerprint, long line, Pair pair, int number) {}

    /// The last generation counts.
    Map<UUID, Known> known(Handle db, ClientId client, Collection<UUID> identities) {
        return byIdentity(
                db.createQuery(
                                """
                                SELECT r.*
                                FROM unnest(:identities) AS asked (identity)
                                CROSS JOIN LATERAL (
                                    SELECT identity, generation, attempt_id, fingerprint, import_id, line
                                    FROM offline_record
                                    WHERE client_id = :client AND identity = asked.identity
                                    ORDER BY client_id DESC, identity DESC, generation DESC LIMIT 1) r
                                """)
                        .bind("client", client.value())
                        .bindArray("identities", UUID.class, List.copyOf(identities))
                        .map((row, _) -> entry(row))
                        .list());
    }

    private static Map<UUID, Known> byIdentity(List<Map.Entry<UUID, Known>> found) {
        var known = new HashMap<UUID, Known>();
        found.forEach(entry -> known.put(entry.getKey(), entry.getValue()));
        return known;
    }

    private static Map.Entry<UUID, Known> entry(ResultSet row) throws SQLException {
        return Map.entry(
                row.getObject("identity", UUID.class),
                new Known(
                        row.getInt("generation"),
                        new AttemptId(row.getObject("attempt_id", UUID.class)),
                        row.getObject("fingerprint", UUID.class),
                        new ImportId(row.getObject("import_id", UUID.class)),
                        row.getLong("line")));
    }

    /// The lines by which this import made these attempts.
    Map<AttemptId, Long> claims(
            Handle db, ClientId client, ImportId by, Collection<AttemptId> attempts) {
        var claims = new HashMap<AttemptId, Long>();
        db.createQuery(
                        """
                        SELECT attempt_id, line FROM offline_record
                        WHERE client_id = :client AND attempt_id = ANY(:attempts) AND import_id = :import
                        """)
                .bind("client", client.value())
                .bind("import", by.value())
                .bindArray("attempts", UUID.class, attempts.stream().map(AttemptId::value).toList())
                .map(
                        (row, _) ->
                                Map.entry(
                                        new AttemptId(row.getObject("attempt_id", UUID.class)),
                                        row.getLong("line")))
                .forEach(claim -> claims.put(claim.getKey(), claim.getValue()));
        return claims;
    }

    void add(Handle db, ClientId client, ImportId by, Collection<Taken> taken) {
        try (var rows = new CopyRows(db, COPY_RECORDS, 7)) {
            for (var row : taken) {
                rows.row()
                        .text(client.value())
                        .uuid(row.identity())
                        .integer(row.generation())
                        .uuid(row.attempt().value())
                        .uuid(row.fingerprint())
                        .uuid(by.value())
                        .bigint(row.line());
            }
            rows.end();
        }
    }

    /// What this import took as these attempts; what others took before counts again.
    void forget(Handle db, ClientId client, ImportId by, Collection<AttemptId> attempts) {
        db.createUpdate(
                        """
                        DELETE FROM offline_record
                        WHERE client_id = :client AND attempt_id = ANY(:attempts) AND import_id = :import
                        """)
                .bind("client", client.value())
                .bind("import", by.value())
                .bindArray("attempts", UUID.class, attempts.stream().map(AttemptId::value).toList())
                .execute();
    }

    /// Whatever was taken as attempts that are no more.
    void forget(Handle db, ClientId client, Collection<AttemptId> attempts) {
        db.createUpdate(
                        """
                        DELETE FROM offline_record WHERE client_id = :client AND attempt_id = ANY(:attempts)
                        """)
                .bind("client", client.value())
                .bindArray("attempts", UUID.class, attempts.stream().map(AttemptId::value).toList())
                .execute();
    }

    Map<UUID, Known> seen(Handle db, ClientId client, ImportId by, Collection<UUID> identities) {
        return byIdentity(
                db.createQuery(
                                """
                                SELECT identity, 0 AS generation, identity AS attempt_id, fingerprint, import_id, line FROM offline_seen
                                WHERE client_id = :client AND import_id = :import AND identity = ANY(:identities)
                                """)
                        .bind("client", client.value())
                        .bind("import", by.value())
                        .bindArray("identities", UUID.class, List.copyOf(identities))
                        .map((row, _) -> entry(row))
                        .list());
    }

    /// What the dry run would have given these participants at these items.
    List<Seen> seenAt(Handle db, ClientId client, ImportId by, Collection<Pair> pairs) {
        var rows = List.copyOf(pairs);
        return db.createQuery(
                        """
                        SELECT s.* FROM unnest(:users::uuid[], :items::uuid[]) AS asked (user_id, item_id)
                        JOIN offline_seen s ON s.client_id = :client AND s.import_id = :import
                             AND s.user_id = asked.user_id AND s.item_id = asked.item_id
                        """)
                .bind("client", client.value())
                .bind("import", by.value())
                .bindArray("users", UUID.class, rows.stream().map(p -> p.user().value()).toList())
                .bindArray("items", UUID.class, rows.stream().map(p -> p.item().value()).toList())
                .map((row, _) -> readSeen(row))
                .list();
    }

    private static Seen readSeen(ResultSet row) throws SQLException {
        return new Seen(
                row.getObject("identity", UUID.class),
                row.getObject("fingerprint", UUID.class),
                row.getLong("line"),
                new Pair(
                        new UserId(row.getObject("user_id", UUID.class)),
                        new ItemId(row.getObject("item_id", UUID.class))),
                row.getInt("attempt_number"));
    }

    void addSeen(Handle db, ClientId client, ImportId by, Collection<Seen> seen) {
        try (var rows = new CopyRows(db, COPY_SEEN, 8)) {
            for (var row : seen) {
                rows.row()
                        .text(client.value())
                        .uuid(by.value())
                        .uuid(row.identity())
                        .uuid(row.fingerprint())
                        .bigint(row.line())
                        .uuid(row.pair().user().value())
                        .uuid(row.pair().item().value())
                        .integer(row.number());
            }
            rows.end();
        }
    }

    void forgetSeen(Handle db, ClientId client, ImportId by) {
        db.createUpdate(
                        "DELETE FROM offline_seen WHERE client_id = :client AND import_id = :import")
                .bind("client", client.value())
                .bind("import", by.value())
                .execute();
    }
}
