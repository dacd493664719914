package io.coursewire.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.coursewire.api.TestApi.TestClient;
import io.coursewire.runtime.launch.GivenCourse;
import io.coursewire.storage.TestDatabase;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

/// Files of results, from the upload to what became of each row, over real HTTP.
class ImportsApiTest {
    @RegisterExtension static final TestDatabase db = TestDatabase.migrated();

    private static final String CSV =
            "username,itemExternalId,status,scoreRaw,recordId\nada,sco-0,passed,17,a\nada,sco-0,pased,=1+1,b\n";

    private static final RunningApi api = TestApi.over(db);
    private TestClient client;

    @BeforeEach
    void aCourse() {
        var course = GivenCourse.scorm12(db.jdbi(), Optional.empty(), 1);
        client = TestApi.withKey(api, course.client().value());
    }

    private RunningApi.Reply upload(String query, byte[] file, String mediaType) {
        return api.send(
                client.key(),
                client.path() + "/imports" + query,
                request ->
                        request.header("Content-Type", mediaType)
                                .POST(BodyPublishers.ofByteArray(file)));
    }

    private JsonNode imported(String query, String csv) {
        var reply = upload(query, csv.getBytes(StandardCharsets.UTF_8), "text/csv");
        assertThat(reply.status()).as(reply.json().toString()).isEqualTo(202);
        TestApi.runImports(db.jdbi());
        return get("/imports/" + reply.json().get("id").asString()).json();
    }

    private RunningApi.Reply get(String path) {
        return api.get(client.key(), client.path() + path);
    }

    @Test
    void an_import_tells_what_became_of_every_row() {
        var done = imported("?announce=false", CSV);
        assertThat(done.get("state").asString()).isEqualTo("done");
        assertThat(done.get("created").asInt()).isEqualTo(1);
        assertThat(done.get("refused").asInt()).isEqualTo(1);
        var rows = get("/imports/" + done.get("id").asString() + "/rows?verdict=refused").json();
        assertThat(rows.at("/items/0/line").asInt()).isEqualTo(3);
        assertThat(rows.at("/items/0/errors/0/message").asString())
                .contains("Did you mean \"passed\"?");
        assertThat(get("/imports").json().at("/items/0")).isEqualTo(done);
    }

    @Test
    void the_errors_are_mended_and_imported_again_as_they_are() {
        var done = imported("", CSV);
        var errors = get("/imports/" + done.get("id").asString() + "/errors.csv");
        var text = new String(errors.response().body(), StandardCharsets.UTF_8);
        assertThat(text)
                .startsWith("\uFEFFusername,itemExternalId,status,scoreRaw,recordId,errorLine,");
        assertThat(text).contains("ada,sco-0,pased,'=1+1,b,3,");
        var mended = imported("", text.replace("pased", "passed").replace("'=1+1", "12"));
        assertThat(mended.get("created").asInt()).isEqualTo(1);
        assertThat(mended.get("warnings").size()).isZero();
    }

    @Test
    void what_was_taken_back_stays_readable_and_so_does_who_asked_for_it() {
        var done = imported("?announce=false", CSV);
        var attempt = get("/attempts").json().at("/items/0");
        var path = "/attempts/" + attempt.get("attemptId").asString();
        assertThat(done.get("undoneBy").isNull()).isTrue();
        var id = done.get("id").asString();
        api.post(client.key(), client.path() + "/imports/" + id + "/undo", "");
        TestApi.runImports(db.jdbi());
        assertThat(get("/imports/" + id).json().get("state").asString()).isEqualTo("undone");
        assertThat(get("/imports/" + id).json().get("undoneBy")).isEqualTo(done.get("author"));
        assertThat(get(path).status()).isEqualTo(404);
        var last = get(path + "/history").json().get("items").valueStream().toList().getLast();
        assertThat(last.get("cause").asString()).isEqualTo("undone");
        assertThat(last.get("author")).isEqualTo(done.get("author"));
        assertThat(last.get("attempt")).isEqualTo(attempt);
        api.delete(client.key(), client.path() + "/users/ada");
        assertThat(get(path + "/history").json().toString()).doesNotContain("\"ada\"");
    }

    @Test
    void a_dry_run_is_applied_with_the_same_file() {
        var shown = imported("?dryRun=true", CSV);
        assertThat(get("/attempts").json().get("items").size()).isZero();
        var applied =
                api.post(
                        client.key(),
                        client.path() + "/imports/" + shown.get("id").asString() + "/applications",
                        "");
        assertThat(applied.status()).as(applied.json().toString()).isEqualTo(202);
        TestApi.runImports(db.jdbi());
        assertThat(get("/attempts").json().get("items").size()).isEqualTo(1);
        var again =
                api.post(
                        client.key(),
                        client.path()
                                + "/imports/"
                                + applied.json().get("id").asString()
                                + "/applications",
                        "");
        assertThat(again.status()).isEqualTo(409);
    }

    @Test
    void a_mapping_is_remembered_and_reads_a_file_in_other_words() {
        var mapping =
                """
                {"columns":{"Anmeldename":"username","Kurs":"itemExternalId","Ergebnis":"status","Punktzahl in %":"scoreScaled","Abgeschlossen":"completedDateTime"},
                 "values":{"status":{"bestanden":"passed"}},"percent":["scoreScaled"],"timeZone":"Europe/Berlin"}
                """;
        var put = api.put(client.key(), client.path() + "/import-mappings/default", mapping);
        assertThat(put.status()).as(put.json().toString()).isEqualTo(200);
        var csv =
                "sep=;\r\nAnmeldename;Kurs;Ergebnis;Punktzahl in %;Abgeschlossen;Bemerkung\r\n"
                        + "ada;sco-0;Bestanden;87,5;20.11.2026 15:30;\"schön,\r\nwirklich\"\r\n";
        var reply = upload("", csv.getBytes(Charset.forName("windows-1252")), "text/csv");
        assertThat(reply.json().at("/warnings/0").asString()).contains("Bemerkung");
        TestApi.runImports(db.jdbi());
        var attempt = get("/attempts").json().at("/items/0");
        assertThat(attempt.get("scoreScaled").decimalValue()).isEqualByComparingTo("0.875");
        assertThat(attempt.get("completedDateTime").asString()).isEqualTo("2026-11-20T14:30:00");
        assertThat(get("/import-mappings").json().at("/items/0/name").asString())
                .isEqualTo("default");
        assertThat(api.delete(client.key(), client.path() + "/import-mappings/default").status())
                .isEqualTo(204);
    }

    @Test
    void what_cannot_be_imported_is_refused_before_it_is_queued() {
        assertThat(upload("", "a,b\n".getBytes(StandardCharsets.UTF_8), "text/csv").status())
                .isEqualTo(400);
        assertThat(upload("", new byte[] {1, 0, 2}, "text/csv").json().get("detail").asString())
                .contains("not text");
        assertThat(upload("", new byte[0], "application/pdf").status()).isEqualTo(415);
        assertThat(upload("?policy=kep", new byte[0], "text/csv").json().toString())
                .contains("keep");
        assertThat(
                        upload("?announce=false&maxPerSecond=5", new byte[0], "text/csv")
                                .json()
                                .at("/errors/0/pointer")
                                .asString())
                .isEqualTo("maxPerSecond");
        assertThat(upload("?mapping=none", new byte[0], "text/csv").status()).isEqualTo(400);
        assertThat(get("/imports").json().get("items").size()).isZero();
    }

    @Test
    void the_encoding_of_a_file_is_found_out_whatever_its_type_says() {
        var file = "username,itemExternalId,status\n";
        for (var charset : List.of("iso-8859-1", "utf-8", "windows-1252")) {
            var type = "text/csv; charset=" + charset;
            assertThat(upload("?dryRun=true", file.getBytes(StandardCharsets.UTF_8), type).status())
                    .as(type)
                    .isEqualTo(202);
        }
    }

    @Test
    void a_mapping_that_cannot_be_is_refused_by_its_part() {
        for (var wrong :
                new String[] {
                    "{\"columns\":{\"Login\":\"usrname\"}}",
                    "{\"timeZone\":\"Mars/Base\"}",
                    "{\"dateFormats\":[\"dd.QQQQQQQQQ\"]}",
                    "{\"dateFormats\":[\"HH:mm\"]}",
                    "{\"dateFormats\":[\"dd.MM\"]}",
                    "{\"delimiter\":\"x\"}",
                    "{\"encoding\":\"none such\"}",
                    "{\"colums\":{}}"
                }) {
            var put = api.put(client.key(), client.path() + "/import-mappings/x", wrong);
            assertThat(put.status()).as(wrong).isEqualTo(400);
        }
    }
}
