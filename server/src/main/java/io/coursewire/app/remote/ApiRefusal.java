package io.coursewire.app.remote;

import io.coursewire.kernel.Json;
import java.util.Optional;
import java.util.StringJoiner;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// A server that cannot be reached, or that answered with a problem. The message is for people: what is
/// wrong, where, and what to do about it.
public final class ApiRefusal extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final int FOREIGN_ANSWER_CHARS_MAX = 200;

    private final int status;

    private ApiRefusal(int status, String message) {
        super(message);
        this.status = status;
    }

    /// The HTTP status, 0 when there was no answer.
    public int status() {
        return status;
    }

    static ApiRefusal unreachable(String server, String why) {
        return new ApiRefusal(
                0,
                "No server answers at %s (%s). Start one with ./coursewire serve, or name another with --server."
                        .formatted(server, why));
    }

    static ApiRefusal unreadable(int status, String body) {
        return new ApiRefusal(
                status,
                "The answer (status %d) is not Coursewire's: %s. Does --server name the API?"
                        .formatted(status, shortened(body)));
    }

    static ApiRefusal of(int status, String body) {
        JsonNode problem;
        try {
            problem = Json.MAPPER.readTree(body);
        } catch (JacksonException _) {
            return unreadable(status, body);
        }
        var lines = new StringJoiner("\n");
        lines.add(headline(status, problem));
        place(problem).ifPresent(place -> lines.add("  in " + place));
        if (!saysAll(problem)) {
            problem.path("errors").forEach(error -> lines.add("  " + line(error)));
        }
        remedy(status).ifPresent(remedy -> lines.add("  " + remedy));
        return new ApiRefusal(status, lines.toString());
    }

    private static Optional<String> place(JsonNode problem) {
        return Optional.of(problem.path("place").asString("")).filter(place -> !place.isEmpty());
    }

    private static Optional<String> remedy(int status) {
        return switch (status) {
            case 401 -> Optional.of("Give a key with --key or COURSEWIRE_KEY.");
            case 404 ->
                    Optional.of(
                            "Is there such a --client, does the key reach it, and is --server the API, not the courses' address?");
            default -> Optional.empty();
        };
    }

    private static String line(JsonNode error) {
        var place = error.path("pointer").asString("");
        var message = error.path("message").asString("");
        return place.isEmpty() ? message : "%s: %s".formatted(place, message);
    }

    /// Whether the detail repeats the only error there is.
    private static boolean saysAll(JsonNode problem) {
        var errors = problem.path("errors");
        return errors.size() == 1
                && problem.path("detail")
                        .asString("")
                        .endsWith(errors.get(0).path("message").asString(""));
    }

    private static String headline(int status, JsonNode problem) {
        var title = problem.path("title").asString("Refused");
        var detail = problem.path("detail").asString("");
        return detail.isEmpty() || detail.equals(title)
                ? "%s (%d)".formatted(title, status)
                : "%s (%d): %s".formatted(title, status, detail);
    }

    private static String shortened(String body) {
        var line = body.strip().replaceAll("\\s+", " ");
        return line.length() <= FOREIGN_ANSWER_CHARS_MAX
                ? line
                : line.substring(0, FOREIGN_ANSWER_CHARS_MAX) + "...";
    }
}
