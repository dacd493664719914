package io.coursewire.kernel;

import java.util.ArrayList;
import java.util.List;

/// What is wrong with one input, collected so that all of it is told at once.
public final class InputErrors {
    public static final int REPORTED_MAX = 50;

    private final List<InvalidInput.Field> fields = new ArrayList<>();

    /// `pointer` as in [InvalidInput.Field]; what goes beyond the limit is not reported.
    public void add(String pointer, String message) {
        if (!isFull()) {
            fields.add(new InvalidInput.Field(pointer, message));
        }
    }

    boolean isFull() {
        return fields.size() == REPORTED_MAX;
    }

    public void addAll(InvalidInput refused) {
        refused.fields().forEach(field -> add(field.pointer(), field.message()));
    }

    /// Throws [InvalidInput] when anything was added.
    public void check() {
        if (!fields.isEmpty()) {
            throw new InvalidInput(fields);
        }
    }
}
