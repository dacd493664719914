package io.coursewire.api;

import java.util.Locale;

/// Every kind of refusal that the API knows. The URI of a type never changes its meaning.
public enum ProblemType {
    INVALID_INPUT(400, "Invalid input"),
    UNAUTHENTICATED(401, "No valid API key"),
    FORBIDDEN(403, "Not allowed with this key"),
    NOT_FOUND(404, "Not found"),
    METHOD_NOT_ALLOWED(405, "Method not allowed"),
    CONFLICT(409, "Conflict"),
    AMBIGUOUS(409, "More than one thing has this external id"),
    IDEMPOTENCY_KEY_REUSED(409, "Idempotency key used for another request"),
    REQUEST_IN_PROGRESS(409, "The same request is still in progress"),
    ALREADY_FINISHED(409, "Already finished"),
    SESSION_FINISHED(409, "The session is finished"),
    SESSION_REPLACED(409, "The course is open elsewhere"),
    SESSION_OVERRULED(409, "The result was changed by hand"),
    SEQUENCE_GAP(409, "A commit is missing"),
    POSITION_AHEAD(409, "Position beyond the end of the feed"),
    GONE(410, "Gone"),
    TOO_LARGE(413, "Too large"),
    UNSUPPORTED_MEDIA_TYPE(415, "Unsupported media type"),
    UNUSABLE_PACKAGE(422, "Package cannot be brought in"),
    TOO_MANY_REQUESTS(429, "Too many requests"),
    INTERNAL(500, "Internal error"),
    UNAVAILABLE(503, "Temporarily unavailable");

    private static final String BASE = "https://coursewire.io/problems/";

    private final int status;
    private final String title;

    ProblemType(int status, String title) {
        this.status = status;
        this.title = title;
    }

    public int status() {
        return status;
    }

    public String title() {
        return title;
    }

    /// Stable: the name of the type in lower case, words joined by `-`.
    public String uri() {
        return BASE + name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
