package io.coursewire.offline.reading;

import java.util.List;

/// A row of a file: the line on which it begins, from 1, and a cell per column of the header. What a cell cannot be
/// taken for is in `flaws`; its text is empty then.
public record Row(long line, List<String> cells, List<Flaw> flaws) {
    /// A cell that cannot be read: a formula, an error, one that is too large. The message completes a sentence
    /// that begins with the column.
    public record Flaw(int column, String message) {}

    public Row {
        cells = List.copyOf(cells);
        flaws = List.copyOf(flaws);
    }
}
