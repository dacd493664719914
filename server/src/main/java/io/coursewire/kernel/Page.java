package io.coursewire.kernel;

import java.util.List;
import java.util.Optional;

/// One page of a list. `nextCursor` is opaque to clients and empty on the last page.
public record Page<T>(List<T> items, Optional<String> nextCursor) {
    public static final int LIMIT_DEFAULT = 50;
    public static final int LIMIT_MAX = 500;

    public Page {
        items = List.copyOf(items);
    }
}
