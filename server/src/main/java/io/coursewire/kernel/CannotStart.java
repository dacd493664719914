package io.coursewire.kernel;

/// Why Coursewire cannot start, in a sentence for its operator that says what to do. Shown without a
/// stack trace.
public final class CannotStart extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public CannotStart(String message) {
        super(message);
    }

    public CannotStart(String message, Throwable cause) {
        super(message, cause);
    }
}
