package io.coursewire.kernel;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// One page of a list. `nextCursor` is opaque to clients and empty on the last page.
public record Page<T>(List<T> items, Optional<String> nextCursor) {
    public static final int LIMIT_DEFAULT = 50;
    public static final int LIMIT_MAX = 500;

    public Page {
        items = List.copyOf(items);
    }

    /// A page of at most `limit` of what was found; more than that found means that there is a next page,
    /// which `place` says how to find.
    public static <T> Page<T> of(List<T> found, int limit, Function<T, Cursor> place) {
        if (found.size() <= limit) {
            return new Page<>(found, Optional.empty());
        }
        var items = found.subList(0, limit);
        return new Page<>(items, Optional.of(place.apply(items.getLast()).text()));
    }
}
