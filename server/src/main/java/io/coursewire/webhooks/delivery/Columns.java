package io.coursewire.webhooks.delivery;

import java.util.List;
import java.util.function.Function;
import org.jdbi.v3.core.statement.SqlStatement;

/// Binds a list of values column by column, for statements over `unnest`.
record Columns<T, S extends SqlStatement<S>>(S statement, List<T> rows) {
    Columns<T, S> bind(String name, Class<?> type, Function<T, ?> column) {
        statement.bindArray(name, type, rows.stream().map(column).toArray());
        return this;
    }
}
