package io.coursewire.catalog;

import java.util.List;

/// What a reference led to. External ids are the client's own and need not be unique.
public sealed interface Found<T> {
    int CANDIDATES_MAX = 20;

    record One<T>(T value) implements Found<T> {}

    record None<T>() implements Found<T> {}

    /// At most [#CANDIDATES_MAX] of them.
    record Several<T>(List<T> candidates) implements Found<T> {
        public Several {
            candidates = List.copyOf(candidates);
        }
    }

    static <T> Found<T> of(List<T> found) {
        return switch (found.size()) {
            case 0 -> new None<>();
            case 1 -> new One<>(found.getFirst());
            default -> new Several<>(found);
        };
    }
}
