package io.coursewire.api;

import de.siegmar.fastcsv.writer.CsvWriter;
import io.coursewire.offline.importing.Import;
import io.coursewire.offline.importing.Imports;
import io.coursewire.offline.importing.Imports.RefusedRow;
import io.coursewire.offline.mapping.RowFault;
import io.coursewire.offline.mapping.SpreadsheetText;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// The refused rows of an import as a CSV file: as they came, and why. Mended, it can be imported again; the columns
/// that it adds are passed over then.
final class ErrorsCsv {
    private static final List<String> ADDED = List.of("errorLine", "errorColumn", "errorReason");

    /// By it spreadsheets know that the file is UTF-8.
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private final List<String> header;
    private final List<Integer> columns;

    /// Columns of the same kind that came in with the file are replaced.
    ErrorsCsv(List<String> header) {
        this.columns =
                IntStream.range(0, header.size())
                        .filter(place -> !ADDED.contains(header.get(place)))
                        .boxed()
                        .toList();
        this.header = new ArrayList<>(columns.stream().map(header::get).toList());
        this.header.addAll(ADDED);
    }

    void write(Imports imports, Import job, OutputStream out) throws IOException {
        var text = new OutputStreamWriter(out, StandardCharsets.UTF_8);
        text.write(BYTE_ORDER_MARK);
        try (var csv = CsvWriter.builder().build(text)) {
            csv.writeRecord(header);
            imports.refused(job, row -> csv.writeRecord(record(row)));
        }
    }

    // Cells are as they came: what spreadsheets could run came so and is neutral already, or is
    // made so.
    private List<String> record(RefusedRow row) {
        var cells = new ArrayList<String>(header.size());
        columns.forEach(place -> cells.add(safe(row.cells(), place)));
        cells.add(String.valueOf(row.line()));
        cells.add(joined(row.faults(), RowFault::column));
        cells.add(joined(row.faults(), ErrorsCsv::sentence));
        return cells;
    }

    private static String safe(List<String> cells, int place) {
        return place < cells.size() ? SpreadsheetText.safe(cells.get(place)) : "";
    }

    private static String joined(List<RowFault> faults, Function<RowFault, String> part) {
        return SpreadsheetText.neutralised(
                faults.stream().map(part).distinct().collect(Collectors.joining(" | ")));
    }

    private static String sentence(RowFault fault) {
        var value = fault.value().isEmpty() ? "" : " \"" + fault.value() + "\"";
        return (fault.column() + value + " " + fault.message()).strip();
    }
}
