package io.coursewire.storage;

/// Not taken on, because too much waits already or because the server is stopping. Nothing was
/// done: the caller may try again later.
public final class Overloaded extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public Overloaded(String message) {
        super(message);
    }
}
