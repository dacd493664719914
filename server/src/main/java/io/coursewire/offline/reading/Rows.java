package io.coursewire.offline.reading;

import java.io.Closeable;
import java.util.List;
import java.util.Optional;

/// The rows of one file, from its beginning to its end.
public interface Rows extends Closeable {
    int COLUMNS_MAX = 500;
    int CELL_CHARS_MAX = 4 * 1024 * 1024;

    /// The names of the columns, as the file has them.
    List<String> header();

    /// Empty at the end. Rows without any text are passed over.
    ///
    /// @throws UnreadableFile where the file cannot be read on
    Optional<Row> next();

    /// Whether numbers are probably written with a decimal comma.
    default boolean decimalComma() {
        return false;
    }

    /// Whether texts were made harmless for spreadsheets, by an apostrophe before what they would run.
    default boolean neutralised() {
        return false;
    }

    /// Whether the file has columns of its own; else its header is ours and needs no mapping.
    default boolean ownColumns() {
        return true;
    }
}
