package io.coursewire.offline.importing;

import io.coursewire.kernel.AttemptId;
import io.coursewire.kernel.ClientId;
import io.coursewire.kernel.Json;
import io.coursewire.offline.importing.BatchReport.RowReport;
import io.coursewire.offline.mapping.RowFault;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The SQL of what became of the rows, a batch at a time. The caller owns the transaction.
final class BatchStore {
    void insert(Handle db, ClientId client, ImportId id, int batch, BatchReport report) {
        db.createUpdate(
                        """
                        INSERT INTO offline_batch (client_id, import_id, batch, verdicts, lines, attempts, notes, refused)
                        VALUES (:client, :import, :batch, :verdicts, :lines, :attempts, :notes::jsonb, :refused)
                        """)
                .bind("client", client.value())
                .bind("import", id.value())
                .bind("batch", batch)
                .bind("verdicts", letters(report))
                .bindArray(
                        "lines", Long.class, report.rows().stream().map(RowReport::line).toList())
                .bindArray(
                        "attempts",
                        UUID.class,
                        report.rows().stream()
                                .map(row -> row.attempt().map(AttemptId::value).orElse(null))
                                .toList())
                .bind("notes", notes(report))
                .bind("refused", report.count('r'))
                .execute();
    }

    /// The letters of a batch's verdicts; empty when the import had no such batch.
    Optional<String> letters(Handle db, ClientId client, ImportId id, int batch) {
        return db.createQuery(
                        """
                        SELECT verdicts FROM offline_batch
                        WHERE client_id = :client AND import_id = :import AND batch = :batch
                        """)
                .bind("client", client.value())
                .bind("import", id.value())
                .bind("batch", batch)
                .mapTo(String.class)
                .findOne();
    }

    Optional<BatchReport> find(Handle db, ClientId client, ImportId id, int batch) {
        return db.createQuery(
                        """
                        SELECT * FROM offline_batch
                        WHERE client_id = :client AND import_id = :import AND batch = :batch
                        """)
                .bind("client", client.value())
                .bind("import", id.value())
                .bind("batch", batch)
                .map((row, _) -> read(row))
                .findOne();
    }

    /// The next batch from `batch` on that has a row with one of these letters.
    Optional<Map.Entry<Integer, BatchReport>> from(
            Handle db, ClientId client, ImportId id, int batch, String letters) {
        return db.createQuery(
                        """
                        SELECT * FROM offline_batch
                        WHERE client_id = :client AND import_id = :import AND batch >= :batch
                          AND verdicts ~ :letters
                        ORDER BY batch LIMIT 1
                        """)
                .bind("client", client.value())
                .bind("import", id.value())
                .bind("batch", batch)
                .bind("letters", "[" + letters + "]")
                .map((row, _) -> Map.entry(row.getInt("batch"), read(row)))
                .findOne();
    }

    private static String letters(BatchReport report) {
        return report.rows().stream()
                .map(row -> String.valueOf(row.letter()))
                .collect(Collectors.joining());
    }

    // Only rows that need words have a note.
    private static String notes(BatchReport report) {
        var notes = Json.MAPPER.createArrayNode();
        for (int i = 0; i < report.rows().size(); i++) {
            var row = report.rows().get(i);
            if (row.why().isPresent() || !row.faults().isEmpty() || row.shown().isPresent()) {
                var note = notes.addObject().put("row", i);
                row.why().ifPresent(why -> note.put("why", why));
                row.shown().ifPresent(shown -> note.put("shown", String.valueOf(shown)));
                addFaults(note, row);
            }
        }
        // A text of PostgreSQL holds no NUL, wherever the file has one.
        return notes.toString().replace("\\u0000", "\\ufffd");
    }

    private static void addFaults(ObjectNode note, RowReport row) {
        if (!row.faults().isEmpty()) {
            var faults = note.putArray("faults");
            row.faults()
                    .forEach(
                            fault ->
                                    faults.addObject()
                                            .put("column", fault.column())
                                            .put("value", fault.value())
                                            .put("message", fault.message()));
            var cells = note.putArray("cells");
            row.cells().forEach(cells::add);
        }
    }

    private static BatchReport read(ResultSet row) throws SQLException {
        var letters = row.getString("verdicts");
        var lines = (Long[]) row.getArray("lines").getArray();
        var attempts = (UUID[]) row.getArray("attempts").getArray();
        var notes = new HashMap<Integer, JsonNode>();
        Json.MAPPER
                .readTree(row.getString("notes"))
                .forEach(note -> notes.put(note.get("row").intValue(), note));
        var rows = new ArrayList<RowReport>(lines.length);
        for (int i = 0; i < lines.length; i++) {
            var note = notes.getOrDefault(i, Json.MAPPER.createObjectNode());
            rows.add(
                    new RowReport(
                            lines[i],
                            letters.charAt(i),
                            Optional.ofNullable(attempts[i]).map(AttemptId::new),
                            note.path("why").stringValueOpt(),
                            faults(note),
                            texts(note.path("cells")),
                            note.path("shown").stringValueOpt().map(text -> text.charAt(0))));
        }
        return new BatchReport(rows);
    }

    private static List<RowFault> faults(JsonNode note) {
        return note.path("faults")
                .valueStream()
                .map(
                        fault ->
                                new RowFault(
                                        fault.get("column").stringValue(),
                                        fault.get("value").stringValue(),
                                        fault.get("message").stringValue()))
                .toList();
    }

    private static List<String> texts(JsonNode array) {
        return array.valueStream().map(JsonNode::stringValue).toList();
    }
}
