package io.coursewire.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.coursewire.app.settings.Endpoints;
import io.coursewire.app.settings.Settings;
import io.coursewire.kernel.Json;
import io.coursewire.kernel.SecretKey;
import io.coursewire.packages.ZipBuilder;
import io.coursewire.storage.TestDatabase;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// An AICC course on a whole server: content speaks HACP with its own requests, as it does from a browser.
class AiccOverHttpTest {
    private static final String NAMES =
            "\"course_id\",\"student_id\",\"lesson_id\",\"date\",\"time\",\"interaction_id\",\"objective_id\",\"type_interaction\",\"correct_response\",\"student_response\",\"result\",\"weighting\",\"latency\"\r\n";

    @RegisterExtension static final TestDatabase database = TestDatabase.migrated();
    @TempDir static Path folder;
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static Coursewire server;
    private static String key;
    private static String client;

    private JsonNode launch;
    private String play;
    private JsonNode session;

    @BeforeAll
    static void start() {
        var settings = Settings.of(Endpoints.local(0, 0), folder, List.of());
        server = Coursewire.start(settings, database.database(), SecretKey.of(SecretKey.random()));
        key = server.apiKeys().makeFirstAdminKey().orElseThrow();
        client = server.apiUrl() + "/api/v1/clients/acme";
        api("PUT", client, json("{\"name\":\"Acme\",\"defaultLanguage\":\"en\"}"));
        api(
                "PUT",
                client + "/users/ada",
                json("{\"firstName\":\"Ada\",\"lastName\":\"Lovelace\"}"));
        api("POST", client + "/packages", BodyPublishers.ofByteArray(course()));
    }

    private static byte[] gated() {
        return new ZipBuilder()
                .file("g.crs", "[Course]\r\nCourse_ID=G-1\r\nCourse_Title=Rigging\r\n")
                .file(
                        "g.au",
                        "system_id,type,file_name\r\nA11,lesson,a.html\r\nA12,lesson,a.html\r\nA13,lesson,a.html\r\n")
                .file("g.des", "system_id,title\r\nA11,Mast\r\nA12,Boom\r\nA13,Sail\r\n")
                .file(
                        "g.cst",
                        "block,member,prerequisites\r\nroot,A11,\r\nroot,A12,A11=passed\r\nroot,A13,A11 & a12\r\n")
                .file("a.html", "<html></html>")
                .bytes();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static byte[] course() {
        return new ZipBuilder()
                .file("c.crs", "[Course]\r\nCourse_ID=C-7\r\nCourse_Title=Sailing\r\n")
                .file(
                        "c.au",
                        "system_id,type,file_name,mastery_score,core_vendor,web_launch,au_password\r\nA1,lesson,a.html,80,v=1,k=v,sesame\r\n")
                .file("c.des", "system_id,title\r\nA1,Knots\r\n")
                .file("c.cst", "block,member\r\nroot,A1\r\n")
                .file("a.html", "<html></html>")
                .bytes();
    }

    @BeforeEach
    void open() {
        launch =
                api(
                        "POST",
                        client + "/launches",
                        json(
                                "{\"user\":{\"username\":\"ada\"},\"item\":{\"externalId\":\"A1\"},\"attempt\":\"new\"}"));
        play =
                server.contentUrl()
                        + post(launch.path("launchUrl").asString(), "{}")
                                .path("location")
                                .asString();
        session = post(play + "/sessions", "{}");
    }

    @Test
    void content_is_opened_with_what_it_needs_to_speak() {
        assertThat(session.path("standard").asString()).isEqualTo("aicc");
        assertThat(session.path("contentUrl").asString()).endsWith("/a.html?k=v");
        assertThat(session.path("contentToken").asString())
                .hasSizeBetween(60, 200)
                .matches("[A-Za-z0-9._-]+");
        assertThat(hacp("GetParam", ""))
                .startsWith(
                        "error=0\r\nerror_text=Successful\r\nversion=4.0\r\naicc_data=[Core]\r\n")
                .contains(
                        "Student_Name=Lovelace, Ada\r\n",
                        "Lesson_Status=not attempted, ab-initio\r\n",
                        "Mastery_Score=80\r\n",
                        "[Core_Vendor]\r\nv=1\r\n",
                        "Course_ID=C-7\r\n");
    }

    @Test
    void what_content_says_becomes_the_attempt() {
        ok(
                "PutParam",
                "[Core]\r\nLesson_Location=7\r\nLesson_Status=i\r\nScore=\r\nTime=00:01:00\r\n[Core_Lesson]\r\nx=1\r\n[y]\r\n");
        assertThat(status().path("status").asString()).isEqualTo("active");
        ok(
                "PutInteractions",
                NAMES
                        + "\"C-7\",\"s\",\"A1\",\"2026/03/01\",\"10:00:00\",\"Q1\",\"J1\",\"C\",\"b\",\"a\",\"W\",\"1\",\"00:00:09\"\r\n");
        ok("PutObjectives", "objective_id,status,score\r\nJ1,p,90\r\n");
        ok("PutComments", "It was good.");
        ok("PutPath", "element_location,status\r\nA1,i\r\n");
        ok("PutPerformance", "anything");
        ok("PutParam", "[Core]\r\nLesson_Status=completed\r\nScore=85,100,0\r\nTime=00:02:30\r\n");
        assertThat(hacp("GetParam", ""))
                .contains(
                        "Lesson_Location=7\r\n",
                        "Score=85,100,0\r\n",
                        "J_ID.1=J1\r\nJ_Score.1=90\r\nJ_Status.1=p\r\n",
                        "[Core_Lesson]\r\nx=1\r\n[y]\r\n[Core_Vendor]");
        ok("ExitAU", "");
        var status = status();
        assertThat(status.path("status").asString()).isEqualTo("passed");
        assertThat(status.path("scoreRaw").decimalValue()).isEqualByComparingTo("85");
        assertThat(status.path("scoreScaled").decimalValue()).isEqualByComparingTo("0.85");
        assertThat(status.path("durationSeconds").decimalValue()).isEqualByComparingTo("150");
        assertThat(status.path("completedDateTime").isNull()).isFalse();
        var answer = status.path("interactions").path(0);
        assertThat(answer.path("id").asString()).isEqualTo("Q1");
        assertThat(answer.path("questionType").asString()).isEqualTo("choice");
        assertThat(answer.path("learnerResponse").asString()).isEqualTo("a");
        assertThat(answer.path("correctResponse").asString()).isEqualTo("b");
        assertThat(answer.path("result").asString()).isEqualTo("incorrect");
        assertThat(answer.path("latencySeconds").asInt()).isEqualTo(9);
        assertThat(answer.path("timestamp").asString()).isEqualTo("2026-03-01T09:00:00");
    }

    @Test
    void a_session_id_is_useless_after_the_exit() {
        ok("PutParam", "[Core]\r\nLesson_Status=i,s\r\n[Core_Lesson]\r\npage=3");
        ok("ExitAU", "");
        for (var command : List.of("GetParam", "PutParam", "PutInteractions", "ExitAU")) {
            assertThat(hacp(command, "[Core]\r\nLesson_Status=p")).startsWith("error=3\r\n");
        }
        assertThat(status().path("status").asString()).isEqualTo("suspended");
        var again = post(play + "/sessions", "{}");
        assertThat(again.path("contentToken").asString())
                .isNotEqualTo(session.path("contentToken").asString());
        session = again;
        assertThat(hacp("GetParam", ""))
                .contains("Lesson_Status=i", ", resume\r\n", "[Core_Lesson]\r\npage=3\r\n[");
    }

    @Test
    void the_player_hears_that_content_has_ended() {
        ok("PutParam", "[Core]\r\nLesson_Status=c\r\nScore=90");
        assertThat(commit("").has("finished")).isFalse();
        ok("ExitAU", "");
        var answer = commit("");
        assertThat(answer.path("finished").asBoolean()).isTrue();
        assertThat(answer.path("status").asString()).isEqualTo("passed");
        var goodbye = commit("{\"sequence\":1,\"left\":true,\"at\":\"2026-03-01T10:00:00Z\"}");
        assertThat(goodbye.path("acknowledged").asInt()).isEqualTo(1);
    }

    @Test
    void last_words_after_the_players_goodbye_still_count() {
        commit("{\"sequence\":1,\"left\":true,\"at\":\"2026-03-01T10:00:00Z\"}");
        ok("PutParam", "[Core]\r\nLesson_Status=passed\r\nScore=90");
        ok("ExitAU", "");
        assertThat(status().path("status").asString()).isEqualTo("passed");
    }

    @Test
    void a_form_in_the_query_of_a_request_without_a_body_is_heard() {
        assertThat(inQuery("PutParam", "[Core]\r\nLesson_Location=a&b+c/d\r\nScore=90"))
                .startsWith("error=0\r\n");
        assertThat(inQuery("GetParam", ""))
                .startsWith("error=0\r\n")
                .contains("Lesson_Location=a&b+c/d\r\n", "Score=90\r\n");
        assertThat(post(hacpUrl() + "?command=Fly", "", 200)).startsWith("error=1\r\n");
    }

    private String inQuery(String command, String data) {
        return post(hacpUrl() + "?" + form(session, command, data), "", 200);
    }

    @Test
    void an_older_opening_and_a_withdrawn_link_are_refused() {
        var older = session;
        session = post(play + "/sessions", "{}");
        assertThat(hacp(older, "GetParam", "")).startsWith("error=3\r\n");
        ok("GetParam", "");
        api(
                "DELETE",
                client + "/launches/" + launch.path("launchId").asString(),
                BodyPublishers.noBody());
        assertThat(hacp("PutParam", "[Core]\r\nLesson_Status=p")).startsWith("error=3\r\n");
    }

    @Test
    void a_unit_opens_once_what_it_waits_for_is_done() {
        openActivity(gated());
        assertThat(session.path("item").path("title").asString()).isEqualTo("Mast");
        assertThat(enabled(session)).containsExactly("Mast");
        var boom = session.path("items").path(1).path("id").asString();
        var refused = post(play + "/sessions", "{\"itemId\":\"" + boom + "\"}");
        assertThat(refused.path("decision").asString()).isEqualTo("refused");
        assertThat(refused.path("message").asString()).endsWith("It waits for: Mast.");
        ok("PutParam", "[Core]\r\nLesson_Status=p\r\n");
        assertThat(enabled(commit(""))).containsExactly("Mast", "Boom");
        ok("ExitAU", "");
        session = post(play + "/sessions", "{}");
        assertThat(session.path("item").path("title").asString()).isEqualTo("Boom");
        ok("PutParam", "[Core]\r\nLesson_Status=f\r\n");
        assertThat(enabled(commit(""))).containsExactly("Mast", "Boom");
        ok("PutParam", "[Core]\r\nLesson_Status=c\r\n");
        ok("PutParam", "[Core]\r\nLesson_Status=p\r\n");
        assertThat(enabled(commit(""))).containsExactly("Mast", "Boom", "Sail");
    }

    private static byte[] ruled() {
        return new ZipBuilder()
                .file("r.crs", "[Course]\r\nCourse_ID=R-1\r\nCourse_Title=Navigation\r\n")
                .file(
                        "r.au",
                        "system_id,type,file_name\r\nA21,test,a.html\r\nA22,lesson,a.html\r\nA23,lesson,a.html\r\n")
                .file("r.des", "system_id,title\r\nA21,Pretest\r\nA22,Stars\r\nA23,Charts\r\n")
                .file("r.cst", "block,member,member,member\r\nroot,A21,A22,A23\r\n")
                .file("r.ort", "course_element,member,member\r\nA21,J1,J2\r\nA22,J1\r\n")
                .file("r.pre", "structure_element,prerequisite\r\nA22,J1=failed\r\nA23,J1 & J2\r\n")
                .file(
                        "r.cmp",
                        "structure_element,requirement,result\r\nJ2,A21 & J1=passed,passed\r\n")
                .file("a.html", "<html></html>")
                .bytes();
    }

    @Test
    void objectives_that_content_reports_open_and_close_units() {
        openActivity(ruled());
        assertThat(enabled(session)).containsExactly("Pretest");
        ok("PutObjectives", "objective_id,status\r\nJ1,f\r\nJ2,f\r\n");
        assertThat(enabled(commit(""))).containsExactly("Pretest", "Stars");
        ok("PutParam", "[Core]\r\nLesson_Status=c\r\n");
        ok("ExitAU", "");
        session = post(play + "/sessions", "{}");
        assertThat(session.path("item").path("title").asString()).isEqualTo("Stars");
        ok(
                "PutParam",
                "[Core]\r\nLesson_Status=i\r\n[Objectives_Status]\r\nJ_ID.1=J1\r\nJ_Status.1=P\r\n");
        assertThat(enabled(commit(""))).containsExactly("Pretest", "Charts");
    }

    @Test
    void a_password_that_is_not_the_units_is_error_2_and_stores_nothing() {
        for (var command : List.of("GetParam", "PutParam", "ExitAU")) {
            assertThat(withPassword("guess", command, "[Core]\r\nLesson_Location=66\r\n"))
                    .startsWith("error=2\r\nerror_text=Invalid AU password\r\n");
        }
        assertThat(withPassword("sesame", "PutParam", "[Core]\r\nLesson_Location=7\r\n"))
                .startsWith("error=0\r\n");
        assertThat(hacp("GetParam", "")).contains("Lesson_Location=7\r\n");
    }

    @Test
    void values_of_250_000_characters_come_back_whole_and_longer_ones_are_refused() {
        var long1 = "é,=[x]&".repeat(250_000 / 7);
        ok("PutParam", "[Core]\r\nLesson_Location=1\r\n[Core_Lesson]\r\n" + long1);
        assertThat(hacp("GetParam", "")).contains("[Core_Lesson]\r\n" + long1 + "\r\n[");
        var long2 = "ü".repeat(250_000);
        var answer =
                commit(
                        "{\"sequence\":1,\"elements\":{\"cmi.suspend_data\":\"%s\"},\"at\":\"2026-03-01T10:00:00Z\"}"
                                .formatted(long2));
        assertThat(answer.path("acknowledged").asInt()).isEqualTo(1);
        assertThat(hacp("GetParam", "")).contains(long2);
        var refused =
                commit(
                        "{\"sequence\":2,\"elements\":{\"cmi.suspend_data\":\"%s\"},\"at\":\"2026-03-01T10:00:00Z\"}"
                                .formatted("x".repeat(256_001)));
        assertThat(refused.path("status").asInt()).isEqualTo(400);
        assertThat(hacp("GetParam", "")).contains(long2);
    }

    private void openActivity(byte[] zip) {
        var imported = api("POST", client + "/packages", BodyPublishers.ofByteArray(zip));
        var made =
                api(
                        "POST",
                        client + "/launches",
                        json(
                                "{\"user\":{\"username\":\"ada\"},\"activity\":{\"id\":\"%s\"}}"
                                        .formatted(
                                                imported.path("activity").path("id").asString())));
        play =
                server.contentUrl()
                        + post(made.path("launchUrl").asString(), "{}").path("location").asString();
        session = post(play + "/sessions", "{}");
    }

    private String withPassword(String password, String command, String data) {
        var fields =
                Map.of(
                        "command",
                        command,
                        "session_id",
                        session.path("contentToken").asString(),
                        "au_password",
                        password,
                        "aicc_data",
                        data);
        return post(hacpUrl(), form(fields), 200);
    }

    private static List<String> enabled(JsonNode answer) {
        return answer.path("items")
                .valueStream()
                .filter(line -> line.path("enabled").asBoolean())
                .map(line -> line.path("title").asString())
                .toList();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "session_id=SID",
                "command=Fly&session_id=SID",
                "{\"command\":\"GetParam\"}",
                "%00%00%00",
            })
    void what_is_no_command_is_error_1(String body) {
        assertThat(
                        post(
                                hacpUrl(),
                                body.replace("SID", session.path("contentToken").asString()),
                                200))
                .startsWith("error=1\r\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "command=GetParam",
                "command=GetParam&session_id=",
                "command=GetParam&session_id=acme.0190a000-0000-7000-8000-000000000000.x",
                "command=GetParam&session_id=SIDx",
            })
    void a_missing_or_forged_session_is_error_3(String body) {
        assertThat(
                        post(
                                hacpUrl(),
                                body.replace("SID", session.path("contentToken").asString()),
                                200))
                .startsWith("error=3\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "&version=", "&version=2.2", "&version=nonsense"})
    void any_version_is_answered(String version) {
        var body =
                "command=GetParam"
                        + version
                        + "&session_id="
                        + session.path("contentToken").asString();
        assertThat(post(hacpUrl(), body, 200)).startsWith("error=0\r\n");
    }

    @Test
    void other_methods_and_monstrous_bodies_are_refused() throws Exception {
        var get = HTTP.send(request(hacpUrl()).GET().build(), BodyHandlers.ofString());
        assertThat(get.statusCode()).isEqualTo(405);
        assertThat(get.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
        assertThat(post(hacpUrl(), "x".repeat(4 * 1024 * 1024 + 1), 413)).startsWith("error=1\r\n");
    }

    private void ok(String command, String data) {
        assertThat(hacp(command, data)).startsWith("error=0\r\nerror_text=Successful\r\n");
    }

    private String hacp(String command, String data) {
        return hacp(session, command, data);
    }

    private String hacp(JsonNode session, String command, String data) {
        return post(hacpUrl(), form(session, command, data), 200);
    }

    private static String form(JsonNode session, String command, String data) {
        return form(
                Map.of(
                        "command",
                        command,
                        "version",
                        "4.0",
                        "session_id",
                        session.path("contentToken").asString(),
                        "aicc_data",
                        data));
    }

    private static String form(Map<String, String> fields) {
        return String.join(
                "&",
                fields.entrySet().stream()
                        .map(
                                field ->
                                        field.getKey()
                                                + "="
                                                + URLEncoder.encode(
                                                        field.getValue(), StandardCharsets.UTF_8))
                        .toList());
    }

    private static String hacpUrl() {
        return server.contentUrl() + "/aicc/60";
    }

    private JsonNode commit(String commit) {
        return post(
                play + "/sessions/" + session.path("sessionId").asString() + "/commits",
                "{\"commits\":[" + commit + "]}");
    }

    private JsonNode status() {
        return api(
                "GET",
                client + "/attempts/" + launch.path("attemptId").asString(),
                BodyPublishers.noBody());
    }

    private static JsonNode post(String url, String body) {
        return Json.MAPPER.readTree(
                send(request(url).header("Content-Type", "application/json").POST(json(body)))
                        .body());
    }

    private static String post(String url, String body, int status) {
        var answer =
                send(
                        request(url)
                                .header("Content-Type", "application/x-www-form-urlencoded")
                                .POST(json(body)));
        assertThat(answer.statusCode()).isEqualTo(status);
        return answer.body();
    }

    private static JsonNode api(String method, String url, BodyPublisher body) {
        var type = url.endsWith("/packages") ? "application/zip" : "application/json";
        var answer =
                send(
                        request(url)
                                .header("Authorization", "Bearer " + key)
                                .header("Content-Type", type)
                                .method(method, body));
        assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 299);
        return answer.body().isEmpty()
                ? Json.MAPPER.nullNode()
                : Json.MAPPER.readTree(answer.body());
    }

    private static HttpRequest.Builder request(String url) {
        return HttpRequest.newBuilder(URI.create(url));
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return HTTP.send(request.build(), BodyHandlers.ofString());
        } catch (java.io.IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static BodyPublisher json(String body) {
        return BodyPublishers.ofString(body);
    }
}
