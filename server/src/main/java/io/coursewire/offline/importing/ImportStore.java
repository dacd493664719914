package io.coursewire.offline.importing;

import io.coursewire.kernel.ClientId;
import io.coursewire.offline.importing.Import.Counts;
import io.coursewire.offline.importing.Import.State;
import io.coursewire.offline.importing.Import.Task;
import io.coursewire.offline.reading.FileForm;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/// The SQL of imports and how far they are. The caller owns the transaction.
final class ImportStore {
    /// An import that this node works on until the lease ends; every renewal needs the epoch. `begun` is how often it
    /// was claimed since it last came further, this time included.
    record Claimed(Import job, long epoch, int begun) {}

    /// Has the statements of this transaction go by indexes. A connection keeps the plan that it made while a table was
    /// small, and an import is what makes it large: a scan of it per batch costs a hundredfold at its end.
    void goByIndexes(Handle db) {
        db.execute(
                """
                SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off;
                SET LOCAL enable_hashjoin = off; SET LOCAL enable_mergejoin = off
                """);
    }

    /// Has the commit of this transaction not wait for the disk. What a crash of the database then takes is rows and
    /// progress alike, and is done again; whatever is committed later and waits (the import's end, an event) waits for it too.
    void commitWithoutWaiting(Handle db) {
        db.execute("SET LOCAL synchronous_commit = off");
    }

    /// Counts anew what an import makes large, so that no plan stays that was made for little: of the database's own
    /// accord that may be minutes later.
    void takeStatistics(Handle db) {
        db.execute("ANALYZE participant, activity_progress, attempt, offline_record");
    }

    void insert(Handle db, Import job) {
        var task = job.task();
        db.createUpdate(
                        """
                        INSERT INTO offline_import
                            (client_id, import_id, state, form, options, mapping, author, shown_by, header, warnings, created_at)
                        VALUES (:client, :import, 'queued', :form, :options::jsonb, :mapping::jsonb, :author,
                            :shownBy::uuid, :header, :warnings, :now)
                        """)
                .bind("client", job.client().value())
                .bind("import", job.id().value())
                .bind("form", task.form().name())
                .bind("options", task.options().json())
                .bind("mapping", task.mapping())
                .bind("author", task.author())
                .bind("shownBy", task.shownBy().map(ImportId::value).orElse(null))
                .bindArray("header", String.class, task.header())
                .bindArray("warnings", String.class, task.warnings())
                .bind("now", job.createdAt())
                .execute();
    }

    Optional<Import> find(Handle db, ClientId client, ImportId id) {
        return db.createQuery(
                        "SELECT * FROM offline_import WHERE client_id = :client AND import_id = :import")
                .bind("client", client.value())
                .bind("import", id.value())
                .map((row, _) -> read(row))
                .findOne();
    }

    /// The newest first.
    List<Import> list(Handle db, ClientId client, UUID before, int limit) {
        return db.createQuery(
                        """
                        SELECT * FROM offline_import
                        WHERE client_id = :client AND import_id < :before
                        ORDER BY import_id DESC LIMIT :limit
                        """)
                .bind("client", client.value())
                .bind("before", before)
                .bind("limit", limit)
                .map((row, _) -> read(row))
                .list();
    }

    /// The oldest of any client that nobody works on.
    Optional<Claimed> claim(Handle db, Instant now, Instant leaseUntil) {
        return db.createQuery(
                        """
                        UPDATE offline_import SET state = 'running', epoch = epoch + 1, begun = begun + 1, lease_until = :until,
                            started_at = coalesce(started_at, :now)
                        WHERE (client_id, import_id) = (
                            SELECT client_id, import_id FROM offline_import
                            WHERE state = 'queued' OR state = 'running' AND lease_until < :now
                            ORDER BY created_at LIMIT 1
                            FOR UPDATE SKIP LOCKED)
                        RETURNING *
                        """)
                .bind("now", now)
                .bind("until", leaseUntil)
                .map((row, _) -> new Claimed(read(row), row.getLong("epoch"), row.getInt("begun")))
                .findOne();
    }

    /// Queues an import that is done once more, to be undone. False when it is not done, or dry.
    boolean undo(Handle db, ClientId client, ImportId id, String author) {
        return db.createUpdate(
                                """
                                UPDATE offline_import SET state = 'queued', undone_by = :author
                                WHERE client_id = :client AND import_id = :import AND state = 'done'
                                  AND NOT (options ->> 'dryRun')::boolean
                                """)
                        .bind("client", client.value())
                        .bind("import", id.value())
                        .bind("author", author)
                        .execute()
                == 1;
    }

    /// False when another node has taken over: then nothing of this transaction may stay.
    boolean renew(Handle db, Claimed claimed, Instant leaseUntil) {
        return fenced(db, claimed, "lease_until = :until", leaseUntil);
    }

    /// Renews, and notes that the import came further.
    boolean progressed(Handle db, Claimed claimed, Instant leaseUntil) {
        return fenced(db, claimed, "lease_until = :until, begun = 0", leaseUntil);
    }

    /// Renews, and notes that it was not the import's fault that it came no further.
    boolean excused(Handle db, Claimed claimed, Instant leaseUntil) {
        return fenced(
                db, claimed, "lease_until = :until, begun = greatest(begun - 1, 0)", leaseUntil);
    }

    private static boolean fenced(Handle db, Claimed claimed, String set, Instant until) {
        return db.createUpdate(
                                "UPDATE offline_import SET "
                                        + set
                                        + " WHERE client_id = :client AND import_id = :import AND epoch = :epoch")
                        .bind("client", claimed.job().client().value())
                        .bind("import", claimed.job().id().value())
                        .bind("epoch", claimed.epoch())
                        .bind("until", until)
                        .execute()
                == 1;
    }

    boolean counted(Handle db, Claimed claimed, long total, Instant leaseUntil) {
        return fenced(db, claimed, "lease_until = :until, begun = 0, total = " + total, leaseUntil);
    }

    /// Adds a batch to the counts.
    boolean advance(Handle db, Claimed claimed, BatchReport report, Instant leaseUntil) {
        return db.createUpdate(
                                """
                                UPDATE offline_import SET
                                    batches = batches + 1, done = done + :done, created = created + :created,
                                    updated = updated + :updated, unchanged = unchanged + :unchanged,
                                    refused = refused + :refused, differences = differences + :differences,
                                    lease_until = :until, begun = 0
                                WHERE client_id = :client AND import_id = :import AND epoch = :epoch
                                """)
                        .bind("client", claimed.job().client().value())
                        .bind("import", claimed.job().id().value())
                        .bind("epoch", claimed.epoch())
                        .bind("done", report.rows().size())
                        .bind("created", report.count('c'))
                        .bind("updated", report.count('u'))
                        .bind("unchanged", report.count('n'))
                        .bind("refused", report.count('r'))
                        .bind("differences", report.differences())
                        .bind("until", leaseUntil)
                        .execute()
                == 1;
    }

    boolean end(Handle db, Claimed claimed, State state, Optional<String> failure, Instant now) {
        return db.createUpdate(
                                """
                                UPDATE offline_import SET state = :state, failure = :failure, ended_at = :now
                                WHERE client_id = :client AND import_id = :import AND epoch = :epoch
                                """)
                        .bind("client", claimed.job().client().value())
                        .bind("import", claimed.job().id().value())
                        .bind("epoch", claimed.epoch())
                        .bind("state", state.word())
                        .bind("failure", failure.orElse(null))
                        .bind("now", now)
                        .execute()
                == 1;
    }

    /// Which of these are still to be worked on, of any client.
    Set<UUID> open(Handle db, Collection<ImportId> imports) {
        return db.createQuery(
                        """
                        SELECT import_id FROM offline_import
                        WHERE import_id = ANY(:imports) AND state IN ('queued', 'running')
                        """)
                .bindArray("imports", UUID.class, imports.stream().map(ImportId::value).toList())
                .mapTo(UUID.class)
                .collect(Collectors.toSet());
    }

    /// Drops what refused rows said of people, of imports of any client that ended before.
    void forgetCells(Handle db, Instant endedBefore) {
        db.createUpdate(
                        """
                        UPDATE offline_batch b SET notes = '[]'
                        FROM offline_import i
                        WHERE i.client_id = b.client_id AND i.import_id = b.import_id
                          AND i.ended_at < :before AND b.refused > 0 AND b.notes <> '[]'
                        """)
                .bind("before", endedBefore)
                .execute();
    }

    private static Import read(ResultSet row) throws SQLException {
        return new Import(
                new ClientId(row.getString("client_id")),
                new ImportId(row.getObject("import_id", UUID.class)),
                State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
                new Task(
                        FileForm.valueOf(row.getString("form")),
                        Options.stored(row.getString("options")),
                        row.getString("mapping"),
                        row.getString("author"),
                        Optional.ofNullable(row.getObject("shown_by", UUID.class))
                                .map(ImportId::new),
                        texts(row, "header"),
                        texts(row, "warnings")),
                counts(row),
                Optional.ofNullable(row.getString("failure")),
                Optional.ofNullable(row.getString("undone_by")),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                Optional.ofNullable(row.getObject("ended_at", OffsetDateTime.class))
                        .map(OffsetDateTime::toInstant));
    }

    private static Counts counts(ResultSet row) throws SQLException {
        return new Counts(
                Optional.ofNullable(row.getObject("total", Long.class)),
                row.getLong("done"),
                row.getInt("batches"),
                row.getLong("created"),
                row.getLong("updated"),
                row.getLong("unchanged"),
                row.getLong("refused"),
                row.getLong("differences"));
    }

    private static List<String> texts(ResultSet row, String column) throws SQLException {
        return List.of((String[]) row.getArray(column).getArray());
    }
}
