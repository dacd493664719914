package io.coursewire.offline.exporting;

import io.coursewire.attempts.Payload;
import io.coursewire.offline.exporting.FlatAttempt.Cell;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.util.zip.Deflater;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;

/// A workbook with a row per attempt; a further sheet begins where the format's rows end.
final class XlsxExport implements ExportForm {
    static final int ROWS_MAX = 1_048_576;
    static final int CELL_CHARS_MAX = 32_767;

    private static final int FLUSH_ROWS = 500;
    private static final String VERSION = "01.0000";

    private final Workbook workbook;
    private Worksheet sheet;
    private int sheets;
    private int row;

    XlsxExport(OutputStream out) throws IOException {
        workbook = new Workbook(out, "Coursewire", VERSION);
        workbook.setCompressionLevel(Deflater.BEST_SPEED);
        begin();
    }

    private void begin() throws IOException {
        if (sheet != null) {
            sheet.finish();
        }
        sheets++;
        sheet = workbook.newWorksheet(sheets == 1 ? "attempts" : "attempts " + sheets);
        sheet.freezePane(0, 1);
        var header = FlatAttempt.header();
        for (int column = 0; column < header.size(); column++) {
            sheet.value(0, column, header.get(column));
        }
        row = 1;
    }

    @Override
    public void add(Payload attempt) throws IOException {
        if (row == ROWS_MAX) {
            begin();
        }
        var cells = FlatAttempt.cells(attempt);
        for (int column = 0; column < cells.size(); column++) {
            set(column, cells.get(column));
        }
        row++;
        if (row % FLUSH_ROWS == 0) {
            sheet.flush();
        }
    }

    private void set(int column, Cell cell) {
        var text = cell.text();
        if (cell.isNumber()) {
            sheet.value(row, column, new BigDecimal(text));
        } else if (!text.isEmpty()) {
            // In its cell: a table of all texts would grow with the attempts.
            sheet.inlineString(row, column, text.length() <= CELL_CHARS_MAX ? text : tooLong(text));
        }
    }

    // Cut short it would look whole.
    private static String tooLong(String text) {
        return "(%d characters, too many for a cell: export NDJSON)".formatted(text.length());
    }

    @Override
    public void close() throws IOException {
        workbook.close();
    }
}
