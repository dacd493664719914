package io.coursewire.api;

import io.coursewire.kernel.InvalidInput;
import io.coursewire.kernel.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Why a request was refused, in the form of RFC 9457. `detail` says what to do; `errors` name fields by
/// JSON Pointer or parameter name; `members` are extensions of this type of problem.
public record Problem(
        ProblemType type,
        String detail,
        List<InvalidInput.Field> errors,
        Map<String, JsonNode> members) {
    public static final String MEDIA_TYPE = "application/problem+json";

    public Problem {
        errors = List.copyOf(errors);
        members = Map.copyOf(members);
    }

    public static Problem of(ProblemType type, String detail) {
        return new Problem(type, detail, List.of(), Map.of());
    }

    public static Problem of(InvalidInput refused) {
        return new Problem(
                ProblemType.INVALID_INPUT, summary(refused.fields()), refused.fields(), Map.of());
    }

    public Problem with(String member, JsonNode value) {
        var more = new LinkedHashMap<>(members);
        more.put(member, value);
        return new Problem(type, detail, errors, more);
    }

    public byte[] json(String requestId) {
        var body = Json.MAPPER.createObjectNode();
        body.put("type", type.uri());
        body.put("title", type.title());
        body.put("status", type.status());
        body.put("detail", detail);
        addErrors(body);
        members.forEach(body::set);
        body.put("requestId", requestId);
        return Json.MAPPER.writeValueAsBytes(body);
    }

    private void addErrors(ObjectNode body) {
        var array = body.putArray("errors");
        errors.forEach(
                error ->
                        array.addObject()
                                .put("pointer", error.pointer())
                                .put("message", error.message()));
    }

    private static String summary(List<InvalidInput.Field> fields) {
        var first = fields.getFirst();
        var subject = first.pointer().isEmpty() ? "" : first.pointer() + " ";
        var more = fields.size() == 1 ? "" : " (and " + (fields.size() - 1) + " more, see errors)";
        return subject + first.message() + more;
    }
}
