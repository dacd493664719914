package io.coursewire.bench.load;

/// What was to be measured did not do its work, so there is nothing to measure.
public final class BenchFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public BenchFailed(String message) {
        super(message);
    }

    public BenchFailed(String message, Throwable cause) {
        super(message, cause);
    }
}
