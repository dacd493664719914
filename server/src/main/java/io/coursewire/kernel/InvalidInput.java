package io.coursewire.kernel;

import java.util.List;

/// Input that its sender can mend. Raised by parsers only; every field names what is wrong and what
/// to do about it.
public final class InvalidInput extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /// `pointer` is a JSON Pointer into the body, a parameter name, or empty for the whole input.
    public record Field(String pointer, String message) {}

    private final transient List<Field> fields;

    public InvalidInput(List<Field> fields) {
        super(fields.toString());
        this.fields = List.copyOf(fields);
    }

    public InvalidInput(String pointer, String message) {
        this(List.of(new Field(pointer, message)));
    }

    public List<Field> fields() {
        return fields;
    }
}
