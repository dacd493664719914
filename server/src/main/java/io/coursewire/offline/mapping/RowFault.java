package io.coursewire.offline.mapping;

/// What is wrong with a row: the file's column, its value cut to a readable length, and what to do about it. The
/// message completes a sentence that begins with the column.
public record RowFault(String column, String value, String message) {
    static final int VALUE_CHARS_MAX = 200;

    public RowFault {
        if (value.length() > VALUE_CHARS_MAX) {
            value = value.substring(0, VALUE_CHARS_MAX) + "...";
        }
    }
}
