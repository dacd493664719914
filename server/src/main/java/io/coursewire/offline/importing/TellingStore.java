package io.coursewire.offline.importing;

import io.coursewire.attempts.Attempt;
import io.coursewire.kernel.AttemptId;
import io.coursewire.kernel.ClientId;
import io.coursewire.storage.CopyRows;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/// The SQL of attempts that subscribers are to hear of at an import's pace. The caller owns the transaction.
final class TellingStore {
    private static final String COPY_TELLINGS =
            "COPY offline_telling (client_id, attempt_id, import_id, version) FROM STDIN (FORMAT binary)";

    /// An attempt to tell of, and its version at the import.
    record Due(AttemptId attempt, long version) {}

    /// An import that has something to tell, and its pace.
    record Pace(ClientId client, ImportId by, int perSecond) {}

    void add(Handle db, ClientId client, ImportId by, Collection<AttemptId> made) {
        try (var rows = new CopyRows(db, COPY_TELLINGS, 4)) {
            for (var attempt : made) {
                rows.row().text(client.value()).uuid(attempt.value()).uuid(by.value()).bigint(0);
            }
            rows.end();
        }
    }

    void renew(Handle db, ClientId client, ImportId by, Collection<Attempt> changed) {
        if (changed.isEmpty()) {
            return;
        }
        db.createUpdate(
                        """
                        INSERT INTO offline_telling (client_id, attempt_id, import_id, version)
                        SELECT :client, attempt_id, :import, version
                        FROM unnest(:attempts::uuid[], :versions::bigint[]) AS n (attempt_id, version)
                        ON CONFLICT (client_id, attempt_id) DO UPDATE SET
                            import_id = excluded.import_id, version = excluded.version
                        """)
                .bind("client", client.value())
                .bind("import", by.value())
                .bindArray(
                        "attempts",
                        UUID.class,
                        changed.stream().map(a -> a.key().id().value()).toList())
                .bindArray("versions", Long.class, changed.stream().map(Attempt::version).toList())
                .execute();
    }

    /// Imports of any client: this is the node's own work.
    List<Pace> paces(Handle db) {
        return db.createQuery(
                        """
                        SELECT i.client_id, i.import_id, (i.options ->> 'maxPerSecond')::integer AS pace
                        FROM offline_import i
                        WHERE EXISTS (SELECT 1 FROM offline_telling t
                                      WHERE t.client_id = i.client_id AND t.import_id = i.import_id)
                        """)
                .map(
                        (row, _) ->
                                new Pace(
                                        new ClientId(row.getString("client_id")),
                                        new ImportId(row.getObject("import_id", UUID.class)),
                                        row.getInt("pace")))
                .list();
    }

    /// The first of them, not yet taken.
    List<AttemptId> due(Handle db, ClientId client, ImportId by, int max) {
        return db.createQuery(
                        """
                        SELECT attempt_id FROM offline_telling
                        WHERE client_id = :client AND import_id = :import
                        ORDER BY attempt_id LIMIT :max
                        """)
                .bind("client", client.value())
                .bind("import", by.value())
                .bind("max", max)
                .map((row, _) -> new AttemptId(row.getObject("attempt_id", UUID.class)))
                .list();
    }

    /// Takes those out that are still there. Whoever adds or drops one holds the attempt, and so does the caller.
    List<Due> take(Handle db, ClientId client, ImportId by, Collection<AttemptId> attempts) {
        return db.createQuery(
                        """
                        DELETE FROM offline_telling
                        WHERE client_id = :client AND attempt_id = ANY(:attempts) AND import_id = :import
                        RETURNING attempt_id, version
                        """)
                .bind("client", client.value())
                .bind("import", by.value())
                .bindArray("attempts", UUID.class, attempts.stream().map(AttemptId::value).toList())
                .map(
                        (row, _) ->
                                new Due(
                                        new AttemptId(row.getObject("attempt_id", UUID.class)),
                                        row.getLong("version")))
                .list();
    }

    void drop(Handle db, ClientId client, Collection<AttemptId> attempts) {
        db.createUpdate(
                        "DELETE FROM offline_telling WHERE client_id = :client AND attempt_id = ANY(:attempts)")
                .bind("client", client.value())
                .bindArray("attempts", UUID.class, attempts.stream().map(AttemptId::value).toList())
                .execute();
    }
}
