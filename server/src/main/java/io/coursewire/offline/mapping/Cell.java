package io.coursewire.offline.mapping;

/// What a cell was read as: a value, or what is wrong with it, completing a sentence that begins with the column.
sealed interface Cell<T> {
    record Value<T>(T value) implements Cell<T> {}

    record Bad<T>(String message) implements Cell<T> {}
}
