package io.coursewire.offline.importing;

import io.coursewire.kernel.JsonFields;
import io.coursewire.offline.mapping.Columns;
import io.coursewire.offline.mapping.Mapping;
import io.coursewire.offline.mapping.MappingFields;
import io.coursewire.offline.mapping.ReadRow;
import io.coursewire.offline.reading.Row;
import io.coursewire.offline.reading.Rows;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// An import's file, open to be read batch by batch. Batches end at the same rows however often a file is read.
final class OpenFile implements Closeable {
    static final int BATCH_ROWS = 1_000;
    static final long BATCH_CHARS_MAX = 16L * 1024 * 1024;

    private final Rows rows;
    private final Mapping mapping;
    private final Columns columns;
    private final ReadRow readRow;

    private OpenFile(Rows rows, Mapping mapping) {
        this.rows = rows;
        this.mapping = rows.ownColumns() ? mapping : mapping.withoutColumns();
        this.columns = Columns.of(rows.header(), this.mapping);
        this.readRow = new ReadRow(columns, this.mapping, rows);
    }

    /// @throws io.coursewire.kernel.InvalidInput when nothing could come of its columns
    /// @throws io.coursewire.offline.reading.UnreadableFile when it is not what it is said to be
    static OpenFile of(Path file, Import.Task task) {
        try {
            var mapping = mapping(task.mapping());
            var rows = task.form().open(file, mapping.text());
            try {
                return new OpenFile(rows, mapping);
            } catch (RuntimeException e) {
                rows.close();
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException("a file of results cannot be read", e);
        }
    }

    static Mapping mapping(String json) {
        var fields = JsonFields.parse(json.getBytes(StandardCharsets.UTF_8));
        var mapping = MappingFields.read(fields);
        fields.check();
        return mapping;
    }

    Columns columns() {
        return columns;
    }

    Optional<String> source() {
        return mapping.source();
    }

    /// Reads to the end without understanding anything: how many rows there are.
    long count() {
        long count = 0;
        while (rows.next().isPresent()) {
            count++;
        }
        return count;
    }

    /// Reads so many batches without understanding them.
    void skip(int batches) {
        for (int n = 0; n < batches; n++) {
            batch();
        }
    }

    /// Empty at the end.
    List<Row> batch() {
        var batch = new ArrayList<Row>(BATCH_ROWS);
        long chars = 0;
        while (batch.size() < BATCH_ROWS && chars < BATCH_CHARS_MAX) {
            var row = rows.next();
            if (row.isEmpty()) {
                return batch;
            }
            batch.add(row.get());
            chars += row.get().cells().stream().mapToLong(String::length).sum();
        }
        return batch;
    }

    List<Line> understood(List<Row> batch, Instant now) {
        return batch.stream().map(row -> new Line(row, readRow.read(row, now))).toList();
    }

    @Override
    public void close() {
        try {
            rows.close();
        } catch (IOException e) {
            throw new UncheckedIOException("a file of results cannot be closed", e);
        }
    }
}
