package io.coursewire.offline.reading;

import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The rows of a CSV file, with any usual delimiter and encoding, quoted line breaks included.
final class CsvRows implements Rows {
    /// In characters; a cell within it is read, if only to be refused, and one beyond it ends the reading.
    private static final int BUFFER_CHARS_MAX = 32 * 1024 * 1024;

    private static final int BEGINNING_CHARS = 64 * 1024;

    private final CloseableIterator<CsvRecord> records;
    private final List<String> header;
    private final long linesBefore;
    private final boolean decimalComma;
    private final boolean endsOpen;

    /// `endsOpen` when no line break ends the file.
    private CsvRows(
            CloseableIterator<CsvRecord> records,
            long linesBefore,
            char delimiter,
            boolean endsOpen) {
        this.records = records;
        this.linesBefore = linesBefore;
        this.decimalComma = delimiter == ';';
        this.endsOpen = endsOpen;
        this.header =
                read().map(CsvRecord::getFields)
                        .orElseThrow(
                                () -> new UnreadableFile("The file is empty: it has no header."));
        if (header.size() > COLUMNS_MAX) {
            throw new UnreadableFile(
                    "The header has %d columns; at most %d are taken."
                            .formatted(header.size(), COLUMNS_MAX));
        }
    }

    static CsvRows open(Path file, TextForm given) throws IOException {
        var found = FindEncoding.of(file);
        var charset = given.encoding().orElse(found.charset());
        var in = Files.newInputStream(file);
        in.skipNBytes(found.markBytes());
        var text = new BufferedReader(new InputStreamReader(in, charset), BEGINNING_CHARS);
        try {
            var beginning = beginning(text);
            var declared = FindDelimiter.declared(beginning);
            char delimiter =
                    given.delimiter()
                            .or(() -> declared)
                            .orElseGet(() -> FindDelimiter.of(beginning));
            if (declared.isPresent()) {
                text.readLine();
            }
            var reader =
                    CsvReader.builder()
                            .fieldSeparator(delimiter)
                            .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                            .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                            .allowUnclosedQuote(false)
                            .maxBufferSize(BUFFER_CHARS_MAX)
                            .ofCsvRecord(text);
            return new CsvRows(
                    reader.iterator(), declared.isPresent() ? 1 : 0, delimiter, endsOpen(file));
        } catch (IOException | RuntimeException e) {
            text.close();
            throw e;
        }
    }

    private static boolean endsOpen(Path file) throws IOException {
        try (var channel = FileChannel.open(file)) {
            var end = ByteBuffer.allocate(2);
            channel.read(end, Math.max(0, channel.size() - end.capacity()));
            var last = new String(end.array(), StandardCharsets.ISO_8859_1);
            return last.indexOf('\n') < 0 && last.indexOf('\r') < 0;
        }
    }

    private static String beginning(BufferedReader text) throws IOException {
        text.mark(BEGINNING_CHARS);
        var chars = new char[BEGINNING_CHARS];
        int length = 0;
        for (int got = 0; got >= 0 && length < chars.length; length += Math.max(got, 0)) {
            got = text.read(chars, length, chars.length - length);
        }
        text.reset();
        return new String(chars, 0, length);
    }

    @Override
    public List<String> header() {
        return header;
    }

    @Override
    public boolean decimalComma() {
        return decimalComma;
    }

    @Override
    public boolean neutralised() {
        return true;
    }

    @Override
    public Optional<Row> next() {
        for (var record = read(); record.isPresent(); record = read()) {
            if (!record.get().getFields().stream().allMatch(String::isBlank)) {
                return record.map(this::row);
            }
        }
        return Optional.empty();
    }

    private Optional<CsvRecord> read() {
        try {
            return records.hasNext() ? Optional.of(records.next()) : Optional.empty();
        } catch (CsvParseException e) {
            throw new UnreadableFile(
                    "The file breaks off or is no CSV: "
                            + reason(e)
                            + ". Mend it there and send it again.",
                    e);
        }
    }

    private static String reason(CsvParseException e) {
        var cause = e.getCause() == null ? "" : ": " + e.getCause().getMessage();
        return e.getMessage() + cause;
    }

    private Row row(CsvRecord record) {
        long line = record.getStartingLineNumber() + linesBefore;
        var cells = new ArrayList<String>(header.size());
        var flaws = new ArrayList<Row.Flaw>(0);
        for (int column = 0; column < header.size(); column++) {
            var cell = column < record.getFieldCount() ? record.getField(column) : "";
            if (cell.length() > CELL_CHARS_MAX) {
                flaws.add(new Row.Flaw(column, tooLong(cell.length())));
                cell = "";
            }
            cells.add(cell);
        }
        if (endsOpen && record.getFieldCount() < header.size() && !records.hasNext()) {
            flaws.add(
                    new Row.Flaw(
                            -1,
                            "is the last one, and the file breaks off within it: it has %d cells where the header has %d."
                                    .formatted(record.getFieldCount(), header.size())));
        } else if (record.getFieldCount() != header.size() && !isCutShort(record)) {
            flaws.add(
                    new Row.Flaw(
                            -1,
                            "has %d cells where the header has %d. Quote cells that hold the delimiter or a line break."
                                    .formatted(record.getFieldCount(), header.size())));
        }
        return new Row(line, cells, flaws);
    }

    // Spreadsheets leave out empty cells at the end of a row, and add some.
    private boolean isCutShort(CsvRecord record) {
        return record.getFieldCount() < header.size()
                || record.getFields().subList(header.size(), record.getFieldCount()).stream()
                        .allMatch(String::isBlank);
    }

    static String tooLong(int chars) {
        return "has %d characters; at most %d are taken.".formatted(chars, CELL_CHARS_MAX);
    }

    @Override
    public void close() {
        try {
            records.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
