package io.coursewire.offline.importing;

import io.coursewire.kernel.AttemptId;
import io.coursewire.offline.mapping.RowFault;
import java.util.List;
import java.util.Optional;

/// What became of the rows of a batch, in their order.
record BatchReport(List<RowReport> rows) {
    /// `shown` is the letter of the verdict that a dry run had shown, where this one differs. The cells are those
    /// of a refused row.
    record RowReport(
            long line,
            char letter,
            Optional<AttemptId> attempt,
            Optional<String> why,
            List<RowFault> faults,
            List<String> cells,
            Optional<Character> shown) {}

    BatchReport {
        rows = List.copyOf(rows);
    }

    long count(char letter) {
        return rows.stream().filter(row -> row.letter() == letter).count();
    }

    long differences() {
        return rows.stream().filter(row -> row.shown().isPresent()).count();
    }
}
