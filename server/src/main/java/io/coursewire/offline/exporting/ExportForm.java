package io.coursewire.offline.exporting;

import io.coursewire.attempts.Payload;
import io.coursewire.offline.reading.FileForm;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;

/// A file that attempts are written into, one after the other, without keeping any.
interface ExportForm extends Closeable {
    /// By the ending of the file's name.
    Map<String, FileForm> ENDINGS =
            Map.of("csv", FileForm.CSV, "xlsx", FileForm.XLSX, "ndjson", FileForm.NDJSON);

    void add(Payload attempt) throws IOException;

    static ExportForm of(FileForm form, OutputStream out) throws IOException {
        return switch (form) {
            case CSV -> new CsvExport(out);
            case XLSX -> new XlsxExport(out);
            case NDJSON -> new NdjsonExport(out);
        };
    }
}
