package io.coursewire.offline.reading;

import io.coursewire.kernel.Magnitude;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.dhatim.fastexcel.reader.Cell;
import org.dhatim.fastexcel.reader.CellType;
import org.dhatim.fastexcel.reader.ExcelReaderException;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.ReadingOptions;
import org.dhatim.fastexcel.reader.Sheet;

/// The rows of a workbook's first sheet, and of further ones that begin with the same header. The line of a row is its
/// number in its sheet.
final class XlsxRows implements Rows {
    /// Excel keeps no more digits of a number.
    private static final MathContext DIGITS = new MathContext(15);

    private final ReadableWorkbook workbook;
    private final Iterator<Sheet> sheets;
    private final List<String> header;
    private Stream<org.dhatim.fastexcel.reader.Row> open = Stream.empty();
    private Iterator<org.dhatim.fastexcel.reader.Row> rows = open.iterator();

    private XlsxRows(ReadableWorkbook workbook) {
        this.workbook = workbook;
        this.sheets = workbook.getSheets().iterator();
        this.header =
                begin().orElseThrow(
                                () ->
                                        new UnreadableFile(
                                                "The first sheet is empty: it has no header."));
        if (header.size() > COLUMNS_MAX) {
            throw new UnreadableFile(
                    "The header has %d columns; at most %d are taken."
                            .formatted(header.size(), COLUMNS_MAX));
        }
    }

    static XlsxRows open(Path file) throws IOException {
        CheckWorkbook.check(file);
        try {
            var workbook = new ReadableWorkbook(file.toFile(), new ReadingOptions(true, true));
            try {
                return new XlsxRows(workbook);
            } catch (RuntimeException e) {
                workbook.close();
                throw e;
            }
        } catch (ExcelReaderException e) {
            throw broken(e);
        }
    }

    /// Opens the next sheet and reads its header; empty when it has none. The library believes what a workbook
    /// says of itself, such as which of its texts stands in a cell.
    private Optional<List<String>> begin() {
        try {
            open.close();
            open = sheets.next().openStream();
            rows = open.iterator();
            return rows.hasNext() ? Optional.of(texts(rows.next())) : Optional.empty();
        } catch (IOException
                | ExcelReaderException
                | IndexOutOfBoundsException
                | NumberFormatException
                | DateTimeException e) {
            throw broken(e);
        }
    }

    private static List<String> texts(org.dhatim.fastexcel.reader.Row row) {
        var texts = new ArrayList<String>();
        for (int column = 0; column < row.getCellCount(); column++) {
            texts.add(row.getOptionalCell(column).map(Cell::getText).orElse("").strip());
        }
        while (!texts.isEmpty() && texts.getLast().isEmpty()) {
            texts.removeLast();
        }
        return texts;
    }

    @Override
    public List<String> header() {
        return header;
    }

    @Override
    public Optional<Row> next() {
        try {
            while (rows.hasNext() || continued()) {
                if (rows.hasNext()) {
                    var row = row(rows.next());
                    if (!row.flaws().isEmpty() || !row.cells().stream().allMatch(String::isBlank)) {
                        return Optional.of(row);
                    }
                }
            }
            return Optional.empty();
        } catch (ExcelReaderException
                | IndexOutOfBoundsException
                | NumberFormatException
                | DateTimeException e) {
            throw broken(e);
        }
    }

    /// Whether there is a further sheet that goes on with the same columns.
    private boolean continued() {
        while (sheets.hasNext()) {
            if (begin().filter(header::equals).isPresent()) {
                return true;
            }
        }
        rows = Stream.<org.dhatim.fastexcel.reader.Row>empty().iterator();
        return false;
    }

    private Row row(org.dhatim.fastexcel.reader.Row row) {
        var cells = new ArrayList<String>(header.size());
        var flaws = new ArrayList<Row.Flaw>(0);
        for (int column = 0; column < header.size(); column++) {
            var cell = row.getOptionalCell(column);
            var flaw = cell.flatMap(XlsxRows::flaw);
            if (flaw.isPresent()) {
                flaws.add(new Row.Flaw(column, flaw.get()));
            }
            cells.add(flaw.isPresent() ? "" : cell.map(XlsxRows::text).orElse(""));
        }
        return new Row(row.getRowNum(), cells, flaws);
    }

    private static Optional<String> flaw(Cell cell) {
        if (cell.getType() == CellType.FORMULA || cell.getFormula() != null) {
            return Optional.of("holds a formula. Paste its value in its place.");
        }
        if (cell.getType() == CellType.ERROR) {
            return Optional.of("holds an error of the spreadsheet.");
        }
        var raw = cell.getRawValue();
        return raw != null && raw.length() > CELL_CHARS_MAX
                ? Optional.of(CsvRows.tooLong(raw.length()))
                : Optional.empty();
    }

    private static String text(Cell cell) {
        return switch (cell.getType()) {
            case NUMBER ->
                    isDate(cell) ? cell.asDate().withNano(0).toString() : number(cell.asNumber());
            case BOOLEAN -> cell.asBoolean().toString();
            case STRING -> cell.asString();
            case EMPTY, ERROR, FORMULA -> "";
        };
    }

    private static String number(BigDecimal number) {
        return Magnitude.isOrdinary(number)
                ? number.round(DIGITS).stripTrailingZeros().toPlainString()
                : number.toString();
    }

    // A number is a date by its format alone: one with days or hours in it, outside quotes and
    // colours.
    private static boolean isDate(Cell cell) {
        var format = cell.getDataFormatString();
        return format != null
                && format.replaceAll("\"[^\"]*\"|\\[[^\\]]*\\]|\\\\.", "")
                        .matches("(?i).*(d|h|yy|m/).*");
    }

    private static UnreadableFile broken(Exception cause) {
        return new UnreadableFile(
                "The workbook cannot be read: "
                        + cause.getMessage()
                        + ". Save it as .xlsx again, or send the rows as CSV.",
                cause);
    }

    @Override
    public void close() throws IOException {
        open.close();
        workbook.close();
    }
}
