package io.coursewire.api;

import io.coursewire.kernel.Json;
import io.coursewire.kernel.Page;
import java.io.IOException;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/// What a call is answered with, before it goes out.
public record Answer(int status, Map<String, String> headers, Content content) {
    public sealed interface Content {}

    public record Nothing() implements Content {}

    public record Bytes(String mediaType, byte[] bytes) implements Content {}

    /// Written while it is sent; a failure midway breaks the connection, so that nobody takes half for all.
    public record Streamed(String mediaType, Writing writing) implements Content {}

    /// Rendered at the edge, which knows the request id.
    public record Refusal(Problem problem) implements Content {}

    public interface Writing {
        void to(OutputStream out) throws IOException;
    }

    public static final String JSON = "application/json";

    public Answer {
        headers = Map.copyOf(headers);
    }

    public static Answer ok(JsonNode body) {
        return json(200, body);
    }

    public static Answer created(JsonNode body) {
        return json(201, body);
    }

    public static Answer accepted(JsonNode body) {
        return json(202, body);
    }

    public static Answer noContent() {
        return new Answer(204, Map.of(), new Nothing());
    }

    /// Bytes that are JSON already, sent as they are.
    public static Answer json(int status, byte[] body) {
        return new Answer(status, Map.of(), new Bytes(JSON, body));
    }

    public static Answer json(int status, JsonNode body) {
        return json(status, Json.MAPPER.writeValueAsBytes(body));
    }

    public static <T> Answer page(Page<T> page, Function<T, JsonNode> view) {
        var body = Json.MAPPER.createObjectNode();
        var items = body.putArray("items");
        page.items().forEach(item -> items.add(view.apply(item)));
        body.put("nextCursor", page.nextCursor().orElse(null));
        return ok(body);
    }

    public static Answer problem(Problem problem) {
        return new Answer(problem.type().status(), Map.of(), new Refusal(problem));
    }

    public static Answer problem(ProblemType type, String detail) {
        return problem(Problem.of(type, detail));
    }

    public Answer with(String header, String value) {
        var more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new Answer(status, more, content);
    }

    boolean isSuccess() {
        return status >= 200 && status < 300;
    }
}
