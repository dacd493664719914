package io.coursewire.offline.reading;

/// A file that is not what it is said to be, or breaks off. The message says what, where, and what to do.
public final class UnreadableFile extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public UnreadableFile(String message) {
        super(message);
    }

    public UnreadableFile(String message, Throwable cause) {
        super(message, cause);
    }
}
