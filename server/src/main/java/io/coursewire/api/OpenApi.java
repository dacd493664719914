package io.coursewire.api;

import io.coursewire.kernel.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The API's own description, put together from one part per feature.
final class OpenApi {
    /// Each is `/openapi/NAME.json`, with `paths` and `components` of its own.
    private static final List<String> PARTS =
            List.of(
                    "clients",
                    "keys",
                    "users",
                    "activities",
                    "packages",
                    "launches",
                    "attempts",
                    "offline",
                    "webhooks",
                    "events",
                    "server");

    static final String ATTEMPT_STATUS = "/schemas/attempt-status.json";
    private static final String ATTEMPT_STATUS_PLACE = "#/components/schemas/AttemptStatus";

    private OpenApi() {}

    static ObjectNode document() {
        var document = part("base");
        PARTS.forEach(name -> merge(document, part(name)));
        ((ObjectNode) document.at("/components/schemas")).set("AttemptStatus", attemptStatus());
        return document;
    }

    static byte[] resource(String path) {
        try (var in = OpenApi.class.getResourceAsStream(path)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("a part of this program cannot be read: " + path, e);
        }
    }

    // Embedded, so that the document is whole by itself.
    private static JsonNode attemptStatus() {
        var schema = (ObjectNode) Json.MAPPER.readTree(resource(ATTEMPT_STATUS));
        schema.remove(List.of("$schema", "$id"));
        var embedded =
                schema.toString().replace("\"#/$defs/", "\"" + ATTEMPT_STATUS_PLACE + "/$defs/");
        return Json.MAPPER.readTree(embedded);
    }

    private static ObjectNode part(String name) {
        return (ObjectNode) Json.MAPPER.readTree(resource("/openapi/" + name + ".json"));
    }

    private static void merge(ObjectNode into, ObjectNode part) {
        part.forEachEntry(
                (name, value) -> {
                    if (value instanceof ObjectNode more
                            && into.get(name) instanceof ObjectNode known) {
                        merge(known, more);
                    } else if (into.has(name)) {
                        throw new IllegalStateException("described twice: " + name);
                    } else {
                        into.set(name, value);
                    }
                });
    }
}
