package io.coursewire.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Holds what a server says and takes against its own OpenAPI document.
final class OpenApiConformance {
    private static final JsonMapper JSON = new JsonMapper();
    private static final List<String> METHODS = List.of("get", "post", "put", "patch", "delete");

    /// What a caller may have to tell apart; others are by default.
    private static final Set<Integer> REFUSALS =
            Set.of(400, 401, 403, 404, 409, 410, 413, 415, 422);

    private final JsonNode document;
    private final SchemaRegistry registry =
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
    private final Map<JsonNode, Schema> schemas = new ConcurrentHashMap<>();

    OpenApiConformance(JsonNode document) {
        this.document = document;
    }

    /// Each as `GET /path/{name}`.
    List<String> operations() {
        var operations = new ArrayList<String>();
        document.get("paths")
                .forEachEntry(
                        (path, item) ->
                                METHODS.stream()
                                        .filter(item::has)
                                        .forEach(
                                                method ->
                                                        operations.add(
                                                                method.toUpperCase()
                                                                        + " "
                                                                        + path)));
        return operations;
    }

    JsonNode operation(String method, String template) {
        return document.get("paths").path(template).path(method.toLowerCase());
    }

    /// The names of an operation's query parameters, those of its path included.
    List<String> queryParameters(String method, String template) {
        var names = new ArrayList<String>();
        for (var parameters :
                List.of(
                        document.get("paths").path(template).path("parameters"),
                        operation(method, template).path("parameters"))) {
            for (var parameter : parameters) {
                var found = resolve(parameter);
                if (found.get("in").asString().equals("query")) {
                    names.add(found.get("name").asString());
                }
            }
        }
        return names;
    }

    /// That this answer of a documented operation is one that the document tells of.
    void check(String method, URI uri, RunningApi.Reply reply) {
        template(uri.getRawPath())
                .filter(template -> operation(method, template).isObject())
                .ifPresent(
                        template -> check(operation(method, template), method + " " + uri, reply));
    }

    /// That a body which was taken is one that the document describes.
    void checkTaken(String method, URI uri, String body) {
        template(uri.getRawPath())
                .map(
                        template ->
                                operation(method, template)
                                        .at("/requestBody/content/application~1json/schema"))
                .filter(JsonNode::isObject)
                .ifPresent(schema -> assertValid(schema, body, "taken by " + method + " " + uri));
    }

    private void check(JsonNode operation, String what, RunningApi.Reply reply) {
        var responses = operation.get("responses");
        var documented = Optional.ofNullable(responses.get(Integer.toString(reply.status())));
        if (reply.status() < 400 || REFUSALS.contains(reply.status())) {
            assertThat(documented).as(what + " answers " + reply.status()).isPresent();
        }
        var content = resolve(documented.orElse(responses.get("default"))).path("content");
        var text = new String(reply.response().body(), StandardCharsets.UTF_8);
        if (content.isEmpty()) {
            assertThat(text).as(what).isEmpty();
            return;
        }
        var said = String.valueOf(reply.header("Content-Type"));
        var media =
                content.propertyNames().stream()
                        .filter(said::startsWith)
                        .findFirst()
                        .orElseGet(() -> content.propertyNames().iterator().next());
        assertThat(reply.header("Content-Type")).as(what + " " + text).startsWith(media);
        if (media.contains("json") && !media.contains("ndjson")) {
            assertValid(content.get(media).get("schema"), text, what);
        }
    }

    private void assertValid(JsonNode schema, String json, String what) {
        assertThat(schemas.computeIfAbsent(schema, this::compile).validate(json, InputFormat.JSON))
                .as(what + ": " + json)
                .isEmpty();
    }

    private Schema compile(JsonNode schema) {
        var whole = JSON.createObjectNode();
        whole.putArray("allOf").add(schema);
        whole.set("components", document.get("components"));
        return registry.getSchema(whole.toString(), InputFormat.JSON);
    }

    private JsonNode resolve(JsonNode node) {
        return node instanceof ObjectNode object && object.has("$ref")
                ? resolve(document.at(object.get("$ref").asString().substring(1)))
                : node;
    }

    private Optional<String> template(String path) {
        return document.get("paths").propertyNames().stream()
                .filter(
                        template ->
                                Pattern.matches(
                                        template.replace(".", "\\.")
                                                .replaceAll("\\{\\w+}", "[^/]+"),
                                        path))
                .findFirst();
    }
}
