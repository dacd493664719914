package io.coursewire.app.demo;

/// The content origin answered a participant with a problem.
public final class PlayRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String problem;

    PlayRefused(int status, String problem) {
        super("status " + status + ": " + problem);
        this.status = status;
        this.problem = problem;
    }

    public int status() {
        return status;
    }

    /// The body, `application/problem+json`.
    public String problem() {
        return problem;
    }
}
