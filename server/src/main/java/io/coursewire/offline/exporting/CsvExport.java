package io.coursewire.offline.exporting;

import de.siegmar.fastcsv.writer.CsvWriter;
import io.coursewire.attempts.Payload;
import io.coursewire.offline.mapping.SpreadsheetText;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;

/// A row per attempt, in UTF-8 with a byte order mark, by which spreadsheets know it. Text that they would run as a
/// formula is made harmless.
final class CsvExport implements ExportForm {
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private final CsvWriter csv;

    CsvExport(OutputStream out) throws IOException {
        var text = new OutputStreamWriter(out, StandardCharsets.UTF_8);
        text.write(BYTE_ORDER_MARK);
        csv = CsvWriter.builder().build(text);
        csv.writeRecord(FlatAttempt.header());
    }

    @Override
    public void add(Payload attempt) {
        var record = csv.writeRecord();
        for (var cell : FlatAttempt.cells(attempt)) {
            record.writeField(
                    cell.isNumber() ? cell.text() : SpreadsheetText.neutralised(cell.text()));
        }
        record.endRecord();
    }

    @Override
    public void close() throws IOException {
        csv.close();
    }
}
