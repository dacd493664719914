package io.coursewire.bench.offline;

import io.coursewire.storage.DatabaseAddress;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.postgresql.PGConnection;

/// The floor: the very rows that an import made, taken out of its tables and copied into them again by COPY, which
/// decides nothing, finds nothing and keeps no progress.
final class CopyFloor {
    private static final List<String> TABLES =
            List.of(
                    "participant",
                    "activity_progress",
                    "attempt",
                    "offline_record",
                    "offline_batch");

    private final DatabaseAddress address;
    private final Path folder;

    CopyFloor(DatabaseAddress address, Path folder) {
        this.address = address;
        this.folder = folder;
    }

    /// How long COPY takes to bring the rows in.
    Duration in() throws SQLException, IOException {
        try (var connection = address.connect();
                var statement = connection.createStatement()) {
            var copy = connection.unwrap(PGConnection.class).getCopyAPI();
            for (var table : TABLES) {
                try (var out = new BufferedOutputStream(Files.newOutputStream(file(table)))) {
                    copy.copyOut("COPY " + table + columns(table) + " TO STDOUT", out);
                }
            }
            statement.execute("TRUNCATE " + String.join(", ", TABLES) + " CASCADE");
            statement.execute("CHECKPOINT");
            long startedNanos = System.nanoTime();
            for (var table : TABLES) {
                try (var in = new BufferedInputStream(Files.newInputStream(file(table)))) {
                    copy.copyIn("COPY " + table + columns(table) + " FROM STDIN", in);
                }
            }
            return Duration.ofNanos(System.nanoTime() - startedNanos);
        }
    }

    /// How long COPY takes to write out what an export writes.
    Duration out() throws SQLException, IOException {
        try (var connection = address.connect()) {
            var copy = connection.unwrap(PGConnection.class).getCopyAPI();
            long startedNanos = System.nanoTime();
            copy.copyOut(
                    "COPY (SELECT convert_from(payload, 'UTF8') FROM attempt) TO STDOUT",
                    OutputStream.nullOutputStream());
            return Duration.ofNanos(System.nanoTime() - startedNanos);
        }
    }

    private Path file(String table) {
        return folder.resolve(table + ".copy");
    }

    // A generated column is not copied.
    private static String columns(String table) {
        return table.equals("attempt")
                ? """
                   (client_id, attempt_id, user_id, activity_id, item_id, course_attempt_id, attempt_number,
                   data_source, version, status, final, rule, completion, success, presence, score_scaled, score_raw,
                   score_minimum, score_maximum, started_at, first_final_at, duration_seconds, announced, payload,
                   created_at, updated_at)"""
                : "";
    }
}
