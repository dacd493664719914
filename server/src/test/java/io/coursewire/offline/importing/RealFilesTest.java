package io.coursewire.offline.importing;

import static org.assertj.core.api.Assertions.assertThat;

import io.coursewire.offline.reading.FileForm;
import io.coursewire.storage.TestDatabase;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Files as real tools write them: spreadsheets of several locales, a dump of a student information system, the
/// history report of a learning management system.
class RealFilesTest {
    @RegisterExtension static final TestDatabase db = TestDatabase.migrated();

    private static final Options SILENT = new Options(false, Policy.KEEP, false, true, false, 0);

    @TempDir Path data;
    private ImportScene scene;

    @BeforeEach
    void aScene() {
        scene = new ImportScene(db.jdbi(), data);
    }

    private JsonNode only(String text, String charset, String mapping) {
        var job =
                scene.submit(
                        text.getBytes(Charset.forName(charset)), FileForm.CSV, SILENT, mapping);
        var done = scene.finish(job);
        assertThat(done.counts().created()).as(scene.rows(done).toString()).isEqualTo(1);
        return scene.attempts().getFirst();
    }

    private JsonNode at(String item) {
        return scene.attempts().stream()
                .filter(attempt -> attempt.at("/item/externalId").asString().equals(item))
                .findFirst()
                .orElseThrow();
    }

    private static void assertResult(
            JsonNode attempt, String status, String scaled, String completed) {
        assertThat(attempt.get("status").asString()).isEqualTo(status);
        assertThat(attempt.get("scoreScaled").decimalValue()).isEqualByComparingTo(scaled);
        assertThat(attempt.get("completedDateTime").asString()).isEqualTo(completed);
    }

    @Test
    void a_german_spreadsheet() {
        var attempt =
                only(
                        "username;itemExternalId;status;scoreRaw;scoreMaximum;completedDateTime;durationSeconds\r\n"
                                + "jürgen;sco-0;passed;1.234,5;2.469,0;20.11.2026 16:05;0:30:15\r\n;;;;;;\r\n",
                        "windows-1252",
                        "{\"timeZone\":\"Europe/Berlin\"}");
        assertResult(attempt, "passed", "0.5", "2026-11-20T15:05:00");
        assertThat(attempt.at("/user/username").asString()).isEqualTo("jürgen");
        assertThat(attempt.get("durationSeconds").decimalValue()).isEqualByComparingTo("1815");
    }

    @Test
    void an_american_spreadsheet() {
        var attempt =
                only(
                        "\uFEFFUsername,Item External ID,Status,Score Scaled,Completed Date Time\r\n"
                                + "ada,sco-0,Passed,76.67%,11/20/26 4:05 PM\r\n",
                        "UTF-8", "{\"timeZone\":\"America/New_York\"}");
        assertResult(attempt, "passed", "0.7667", "2026-11-20T21:05:00");
    }

    @Test
    void unicode_text_of_a_spreadsheet() {
        var attempt =
                only(
                        "\uFEFFusername\titemExternalId\tstatus\tscoreScaled\tcompletedDateTime\r\n"
                                + "złoty\tsco-0\tcompleted\t0,5\t2026-11-20 16:05:59\r\n",
                        "UTF-16LE",
                        "{\"decimalComma\":true}");
        assertResult(attempt, "completed", "0.5", "2026-11-20T16:05:59");
        assertThat(attempt.at("/user/username").asString()).isEqualTo("złoty");
    }

    @Test
    void a_french_spreadsheet_with_its_day_first() {
        var attempt =
                only(
                        "sep=;\nIdentifiant;Cours;Résultat;Note sur 20;Terminé le\n"
                                + "ada;sco-0;réussi;15,5;03/04/2026 16:05\n",
                        "UTF-8",
                        """
                        {"columns":{"Identifiant":"username","Cours":"itemExternalId","Résultat":"status",
                                    "Note sur 20":"scoreRaw","Terminé le":"completedDateTime"},
                         "constants":{"scoreMaximum":"20","scoreMinimum":"0"},
                         "values":{"status":{"réussi":"passed"}},"dateOrder":"dayFirst","timeZone":"Europe/Paris"}
                        """);
        assertResult(attempt, "passed", "0.775", "2026-04-03T14:05:00");
    }

    @Test
    void a_dump_of_a_student_information_system() {
        var attempt =
                only(
                        "STUDENT_ID|LAST|FIRST|TERM|GRADE|GRADE_DT\n000123|O\"Neil|Ada|2026S|P|20-NOV-2026\n",
                        "UTF-8",
                        """
                        {"columns":{"STUDENT_ID":"username","LAST":"lastName","FIRST":"firstName","GRADE":"status",
                                    "GRADE_DT":"completedDateTime"},
                         "constants":{"itemExternalId":"sco-0","scoreScaled":"1"},
                         "values":{"status":{"P":"passed","F":"failed"}},"dateFormats":["dd-MMM-yyyy"],"source":"sis"}
                        """);
        assertResult(attempt, "passed", "1", "2026-11-20T00:00:00");
        assertThat(attempt.at("/user/username").asString()).isEqualTo("000123");
    }

    @Test
    void a_history_report_of_a_learning_management_system() {
        var attempt =
                only(
                        """
                        "Transcript id","Login","Course","Progress","Final score","Started","Finished","Time spent","Notes"
                        "T-1","ada","sco-0","Completed","85","2026-11-20T14:00:00+02:00","2026-11-20T15:00:00+02:00","PT59M30S","said ""fine"",
                        on two lines"
                        """,
                        "UTF-8",
                        """
                        {"columns":{"Transcript id":"recordId","Login":"username","Course":"itemExternalId","Progress":"status",
                                    "Final score":"scoreScaled","Started":"startedDateTime","Finished":"completedDateTime",
                                    "Time spent":"durationSeconds"},
                         "percent":["scoreScaled"],"source":"old LMS"}
                        """);
        assertResult(attempt, "completed", "0.85", "2026-11-20T13:00:00");
        assertThat(attempt.get("durationSeconds").decimalValue()).isEqualByComparingTo("3570");
    }

    @Test
    void a_date_that_may_be_two_dates_is_refused_with_the_remedy() {
        var done =
                scene.run(
                        "username,itemExternalId,status,completedDateTime\nada,sco-0,passed,03/04/2026\n",
                        SILENT);
        assertThat(scene.rows(done).getFirst().faults().getFirst().message()).contains("dateOrder");
    }

    @Test
    void statements_of_a_learning_record_store() {
        var statements =
                """
                {"id":"7a1b","actor":{"account":{"homePage":"https://lms.example","name":"ada"}},"verb":{"id":"http://adlnet.gov/expapi/verbs/completed"},"object":{"id":"sco-0"},"result":{"success":true,"completion":true,"score":{"scaled":0.9,"raw":18,"min":0,"max":20},"duration":"PT10M"},"timestamp":"2026-11-20T16:00:00.123+01:00"}
                {"id":"7a1c","actor":{"mbox":"mailto:ada@company.example"},"verb":{"id":"http://adlnet.gov/expapi/verbs/initialized"},"object":{"id":"sco-1"},"timestamp":"2026-11-20T16:00:00Z"}
                {"id":"7a1d","actor":{"mbox":"mailto:ada@company.example"},"verb":{"id":"https://w3id.org/xapi/verbs/liked"},"object":{"id":"sco-1"}}
                not json
                [1]
                """;
        var done =
                scene.finish(
                        scene.submit(
                                statements.getBytes(StandardCharsets.UTF_8),
                                FileForm.NDJSON,
                                SILENT,
                                "{}"));
        assertThat(scene.rows(done))
                .extracting(Imports.RowVerdict::verdict)
                .containsExactly("created", "created", "refused", "refused", "refused");
        assertResult(at("sco-0"), "passed", "0.9", "2026-11-20T15:00:00");
        assertThat(at("sco-1").get("status").asString()).isEqualTo("inProgress");
        assertThat(scene.rows(done).get(2).faults().getFirst().message()).contains("verbs/liked");
    }
}
