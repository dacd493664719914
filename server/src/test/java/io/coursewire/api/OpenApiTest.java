package io.coursewire.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.coursewire.storage.TestDatabase;
import io.helidon.http.Method;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

/// The OpenAPI document and the routes say the same. That answers are as documented is checked wherever
/// tests call the API.
class OpenApiTest {
    @RegisterExtension static final TestDatabase db = TestDatabase.migrated();

    /// What [Health] answers, on both origins.
    private static final List<String> HEALTH = List.of("GET /health/live", "GET /health/ready");

    private static final Api routes = TestApi.api(db.jdbi());
    private static final RunningApi api = TestApi.over(db, routes);
    private static final JsonNode document = api.get("none", "/openapi.json").json();

    @Test
    void every_route_is_described_and_every_description_has_a_route() {
        var declared =
                Stream.concat(
                                routes.routes().stream()
                                        .map(route -> route.method().text() + " " + route.path()),
                                HEALTH.stream())
                        .toList();
        assertThat(declared)
                .doesNotHaveDuplicates()
                .containsExactlyInAnyOrderElementsOf(new OpenApiConformance(document).operations());
    }

    @Test
    void the_parameters_of_every_route_are_those_described() {
        var conformance = new OpenApiConformance(document);
        for (var route : routes.routes()) {
            assertThat(conformance.queryParameters(route.method().text(), route.path()))
                    .as(route.path())
                    .containsExactlyInAnyOrderElementsOf(route.parameters());
            var text = conformance.operation(route.method().text(), route.path()).toString();
            assertThat(text.contains("#/components/parameters/idempotencyKey"))
                    .as(route.path())
                    .isEqualTo(route.idempotent());
            assertThat(text.contains("\"security\":[]"))
                    .as(route.path())
                    .isEqualTo(route.scope() == Scope.OPEN);
        }
    }

    @Test
    void positions_are_long_numbers_and_nothing_is_one_of_several() {
        for (var name : List.of("position", "nextPosition", "oldestPosition", "lastPosition")) {
            assertThat(document.findValues(name))
                    .as(name)
                    .isNotEmpty()
                    .allSatisfy(
                            schema ->
                                    assertThat(schema.path("format").asString())
                                            .isEqualTo("int64"));
        }
        // Generators make classes of these that hold nothing.
        assertThat(document.toString()).doesNotContain("\"oneOf\"", "\"anyOf\"");
    }

    @Test
    void every_post_that_changes_something_can_be_repeated_under_a_key() {
        assertThat(routes.routes())
                .filteredOn(route -> route.method().equals(Method.POST) && !route.idempotent())
                .extracting(Route::path)
                .containsExactly(Route.CLIENT_BASE + "/webhooks/{id}/signature-checks");
    }

    @Test
    void every_reference_leads_somewhere_and_operation_ids_are_unique() {
        var references = Pattern.compile("\"\\$ref\":\"#([^\"]+)\"").matcher(document.toString());
        while (references.find()) {
            assertThat(document.at(references.group(1)).isMissingNode())
                    .as(references.group(1))
                    .isFalse();
        }
        var ids = new ArrayList<String>();
        document.findValues("operationId").forEach(id -> ids.add(id.asString()));
        assertThat(ids).doesNotHaveDuplicates().hasSizeGreaterThan(15);
    }

    @Test
    void the_schema_of_an_attempt_status_is_served_as_it_is_kept() {
        var reply = api.get("none", "/schemas/attempt-status.json");
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.header("Content-Type")).isEqualTo("application/schema+json");
        assertThat(reply.response().body())
                .isEqualTo(OpenApi.resource("/schemas/attempt-status.json"));
    }

    @Test
    void the_page_to_read_the_api_loads_nothing_from_elsewhere() {
        var reply = api.get("none", "/docs");
        var html = new String(reply.response().body(), StandardCharsets.UTF_8);
        assertThat(reply.header("Content-Type")).isEqualTo("text/html; charset=utf-8");
        assertThat(reply.header("Content-Security-Policy"))
                .contains("default-src 'none'", "script-src 'sha256-");
        assertThat(html)
                .doesNotContainPattern("(src|href)=\"(https?:)?//")
                .doesNotContain("innerHTML");
    }
}
