package io.coursewire.storage;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import org.jdbi.v3.core.statement.SqlStatement;

/// Binds rows to a statement over `unnest`, column by column.
///
/// As arguments ready to send: a statement of the hot path has up to eighteen columns, and Jdbi would look
/// among all its argument types for each of them.
public record Columns<R, S extends SqlStatement<S>>(S statement, List<R> rows) {
    public Columns {
        rows = List.copyOf(rows);
    }

    public Columns(S statement, Collection<R> rows) {
        this(statement, List.copyOf(rows));
    }

    /// `value` may answer null.
    public <V> Columns<R, S> bind(String name, Class<V> type, Function<R, ? extends V> value) {
        var values = new ArrayList<V>(rows.size());
        for (var row : rows) {
            values.add(value.apply(row));
        }
        statement.bind(
                name,
                BinaryArray.of(type, values)
                        .orElseThrow(() -> new IllegalArgumentException("no column of " + type)));
        return this;
    }
}
