package io.coursewire.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.coursewire.app.settings.Endpoints;
import io.coursewire.app.settings.Settings;
import io.coursewire.kernel.Json;
import io.coursewire.kernel.SecretKey;
import io.coursewire.packages.scorm2004.Manifests;
import io.coursewire.runtime.launch.GivenCourse;
import io.coursewire.storage.TestDatabase;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// A whole server on real ports, asked as its callers ask it.
class CoursewireTest {
    @RegisterExtension static final TestDatabase database = TestDatabase.migrated();
    @TempDir static Path folder;
    static Coursewire server;
    static String adminKey;

    private final HttpClient http = HttpClient.newHttpClient();

    @BeforeAll
    static void start() {
        var local = Endpoints.local(0, 0);
        var endpoints =
                new Endpoints(
                        local.host(), 0, 0, Optional.of(0), local.publicUrl(), local.contentUrl());
        var settings = Settings.of(endpoints, folder, List.of());
        server = Coursewire.start(settings, database.database(), SecretKey.of(SecretKey.random()));
        adminKey = server.apiKeys().makeFirstAdminKey().orElseThrow();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void a_forged_link_is_refused_with_words_for_people() throws Exception {
        var answer = post(server.contentUrl() + "/launch/a.b.c", "{}");
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.headers().firstValue("Content-Type"))
                .contains("application/problem+json");
        assertThat(json(answer).get("detail").stringValue()).contains("not a link of ours");
    }

    @Test
    void what_comes_with_a_forged_token_is_not_looked_at() throws Exception {
        var sessions = "/play/a.b.c/sessions";
        for (var path :
                List.of(
                        "/launch/a.b.c",
                        sessions,
                        sessions + "/0190a000-0000-7000-8000-000000000000/commits",
                        "/play/a.b.c/navigation")) {
            assertThat(post(server.contentUrl() + path, "no JSON").statusCode())
                    .as(path)
                    .isEqualTo(404);
        }
    }

    @Test
    void a_commit_must_be_well_formed() throws Exception {
        var course = GivenCourse.scorm12(database.jdbi(), Optional.empty(), 1);
        assertThat(course.items()).hasSize(1);
        var path = play(course) + "/sessions/0190a000-0000-7000-8000-000000000000/commits";
        var answer = post(path, "{\"commits\":[{\"sequence\":0,\"elements\":{\"a\":1}}]}");
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(json(answer).get("errors").findValuesAsString("pointer"))
                .contains("/commits/0/sequence", "/commits/0/elements/a", "/commits/0/at");
        assertThat(
                        post(
                                        path,
                                        "{\"commits\":[{\"sequence\":1,\"at\":\"2026-01-01T00:00:00Z\",\"elements\":{\"a\":\"\\u0000\"}}]}")
                                .statusCode())
                .isEqualTo(400);
    }

    @Test
    void the_api_needs_a_key() throws Exception {
        var request = HttpRequest.newBuilder(URI.create(server.apiUrl() + "/api/v1/clients"));
        assertThat(http.send(request.build(), BodyHandlers.ofString()).statusCode()).isEqualTo(401);
        request.header("Authorization", "Bearer " + adminKey);
        assertThat(http.send(request.build(), BodyHandlers.ofString()).statusCode()).isEqualTo(200);
    }

    @Test
    void metrics_need_an_admin_key_beside_the_api_and_none_on_their_own_port() throws Exception {
        assertThat(get(server.apiUrl() + "/metrics").statusCode()).isEqualTo(401);
        var open = get(server.metricsUrl().orElseThrow() + "/metrics");
        assertThat(open.statusCode()).isEqualTo(200);
        assertThat(open.body()).contains("coursewire_commits_queued");
    }

    @Test
    void a_launch_page_is_served_to_anyone() throws Exception {
        var page =
                http.send(
                        HttpRequest.newBuilder(URI.create(server.contentUrl() + "/launch/any"))
                                .build(),
                        BodyHandlers.ofString());
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("Referrer-Policy")).contains("no-referrer");
    }

    @Test
    void a_course_with_sequencing_is_gone_through_by_requests() throws Exception {
        var course =
                GivenCourse.scorm2004(
                        database.jdbi(),
                        Manifests.organization(
                                "<sco id=\"one\"></sco><sco id=\"two\"></sco>"
                                        + "<sequencing><controlMode flow=\"true\" choice=\"false\"/></sequencing>"));
        var play = play(course);
        var opened = json(post(play + "/sessions", "{}"));
        assertThat(opened.at("/navigation/controls/previous").stringValue()).isEqualTo("disabled");
        assertThat(opened.at("/items/1/enabled").booleanValue()).isFalse();
        var commits = play + "/sessions/" + opened.get("sessionId").stringValue() + "/commits";
        var finished =
                post(
                        commits,
                        """
                        {"commits": [{"sequence": 1, "elements": {"cmi.completion_status": "completed"}, "rejected": [],
                                      "finish": true, "at": "2026-01-01T00:00:00Z", "utcOffsetMinutes": 0}]}
                        """);
        assertThat(json(finished).at("/navigation/valid/continue").booleanValue()).isTrue();
        var navigation = play + "/navigation";
        assertThat(decision(post(navigation, "{\"request\": \"content\"}"))).isEqualTo("waiting");
        var refused = post(navigation, "{\"request\": \"{target=two}choice\"}");
        assertThat(decision(refused)).isEqualTo("refused");
        assertThat(json(refused).get("message").stringValue()).isNotBlank();
        var next = post(navigation, "{\"request\": \"continue\"}");
        assertThat(next.statusCode()).isEqualTo(201);
        assertThat(json(next).at("/items/1/current").booleanValue()).isTrue();
        assertThat(decision(post(navigation, "{\"request\": \"exitAll\"}"))).isEqualTo("ended");
    }

    @Test
    void an_explanation_tells_the_rule_its_inputs_and_where_sequencing_led() throws Exception {
        var course =
                GivenCourse.scorm2004(
                        database.jdbi(),
                        Manifests.organization(
                                """
                                <sco id="one"><sequencing><objectives><primaryObjective satisfiedByMeasure="true">
                                <minNormalizedMeasure>0.8</minNormalizedMeasure></primaryObjective></objectives></sequencing></sco>
                                <sco id="extra"><sequencing><sequencingRules><preConditionRule><ruleConditions>
                                <ruleCondition condition="always"/></ruleConditions><ruleAction action="skip"/>
                                </preConditionRule></sequencingRules></sequencing></sco>
                                <sco id="two"></sco><sequencing><controlMode flow="true"/></sequencing>"""));
        var play = play(course);
        var opened = json(post(play + "/sessions", "{}"));
        post(
                play + "/sessions/" + opened.get("sessionId").stringValue() + "/commits",
                """
                {"commits": [{"sequence": 1, "elements": {"cmi.score.scaled": "0.5", "adl.nav.request": "continue"},
                              "rejected": [{"call": "SetValue", "element": "cmi.exit", "value": "home", "error": "406"}],
                              "finish": true, "at": "2026-01-01T00:00:00Z", "utcOffsetMinutes": 0}]}
                """);
        post(play + "/navigation", "{\"request\": \"content\"}");
        var attempt = client(course, "/attempts?itemId=" + course.items().getFirst());
        var id = attempt.at("/items/0/attemptId").stringValue();
        var explanation = client(course, "/attempts/" + id + "/explanation");
        assertThat(explanation.get("status").stringValue()).isEqualTo("failed");
        assertThat(explanation.get("rule").stringValue()).isEqualTo("scorm2004.scaledPassingScore");
        assertThat(explanation.at("/inputs/scoreScaled").decimalValue())
                .isEqualByComparingTo("0.5");
        assertThat(explanation.at("/inputs/scaledPassingScore").decimalValue())
                .isEqualByComparingTo("0.8");
        assertThat(explanation.at("/settings/scorm2004.untouchedStatus").stringValue())
                .isEqualTo("completed");
        assertThat(explanation.get("final").booleanValue()).isTrue();
        assertThat(explanation.get("launches")).hasSize(1);
        assertThat(explanation.at("/commits/0/closeCause").stringValue()).isEqualTo("finished");
        assertThat(explanation.at("/commits/0/count").intValue()).isEqualTo(1);
        assertThat(explanation.at("/rejectedCalls/0/error").stringValue()).isEqualTo("406");
        assertThat(explanation.get("sequencing").valueStream())
                .extracting(
                        move -> move.get("request").stringValue(),
                        move -> move.get("activity").stringValue())
                .containsExactly(tuple("open", "one"), tuple("continue", "two"));
        assertThat(explanation.at("/sequencing/1/reasons").valueStream())
                .extracting(
                        reason -> reason.get("activity").stringValue(),
                        reason -> reason.get("decided").stringValue())
                .contains(tuple("extra", "skipped"), tuple("two", "delivered, attempt begins"));
        assertThat(
                        http.send(
                                        asked(
                                                course,
                                                "/attempts/0190a000-0000-7000-8000-000000000000/explanation"),
                                        BodyHandlers.ofString())
                                .statusCode())
                .isEqualTo(404);
    }

    private JsonNode client(GivenCourse course, String path) throws Exception {
        return json(http.send(asked(course, path), BodyHandlers.ofString()));
    }

    private static HttpRequest asked(GivenCourse course, String path) {
        var url = server.apiUrl() + "/api/v1/clients/" + course.client().value() + path;
        return HttpRequest.newBuilder(URI.create(url))
                .header("Authorization", "Bearer " + adminKey)
                .build();
    }

    @Test
    void a_request_that_is_none_is_refused() throws Exception {
        var course =
                GivenCourse.scorm2004(
                        database.jdbi(), Manifests.organization("<sco id=\"one\"></sco>"));
        var navigation = play(course) + "/navigation";
        assertThat(post(navigation, "{\"request\": \"dance\"}").statusCode()).isEqualTo(404);
        assertThat(post(navigation, "{}").statusCode()).isEqualTo(400);
        assertThat(post(navigation, "{\"request\": \"" + "x".repeat(4_001) + "\"}").statusCode())
                .isEqualTo(400);
        var forged = server.contentUrl() + "/play/a.b.c/navigation";
        assertThat(post(forged, "{\"request\": \"continue\"}").statusCode()).isEqualTo(404);
    }

    /// The address of a new launch of this course, its link spent.
    private String play(GivenCourse course) throws Exception {
        var made =
                http.send(
                        HttpRequest.newBuilder(
                                        URI.create(
                                                server.apiUrl()
                                                        + "/api/v1/clients/"
                                                        + course.client().value()
                                                        + "/launches"))
                                .header("Content-Type", "application/json")
                                .header("Authorization", "Bearer " + adminKey)
                                .POST(
                                        BodyPublishers.ofString(
                                                "{\"user\": {\"username\": \"ada\"}, \"activity\": {\"id\": \""
                                                        + course.activity()
                                                        + "\"}}"))
                                .build(),
                        BodyHandlers.ofString());
        var link = json(made).get("launchUrl").stringValue();
        return server.contentUrl() + json(post(link, "{}")).get("location").stringValue();
    }

    private static String decision(HttpResponse<String> answer) {
        return json(answer).get("decision").stringValue();
    }

    private HttpResponse<String> get(String url) throws Exception {
        return http.send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> post(String url, String body) throws Exception {
        return http.send(
                HttpRequest.newBuilder(URI.create(url))
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }

    private static JsonNode json(HttpResponse<String> answer) {
        return Json.MAPPER.readTree(answer.body());
    }
}
