package io.coursewire.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.coursewire.app.settings.Endpoints;
import io.coursewire.app.settings.Settings;
import io.coursewire.kernel.SecretKey;
import io.coursewire.runtime.launch.GivenCourse;
import io.coursewire.storage.TestDatabase;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/// The command on a whole server: what it prints, and its exit code.
class OfflineCommandTest {
    @RegisterExtension static final TestDatabase database = TestDatabase.migrated();
    @TempDir static Path folder;
    private static Coursewire server;
    private static String adminKey;

    private static final String MAPPING = "{\"columns\":{\"Login\":\"username\"}}";

    private final StringWriter out = new StringWriter();
    private final StringWriter errors = new StringWriter();
    private String client;

    @BeforeAll
    static void start() {
        var settings = Settings.of(Endpoints.local(0, 0), folder, List.of());
        server = Coursewire.start(settings, database.database(), SecretKey.of(SecretKey.random()));
        adminKey = server.apiKeys().makeFirstAdminKey().orElseThrow();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void aCourse() {
        client = GivenCourse.scorm12(database.jdbi(), Optional.empty(), 1).client().value();
    }

    private int run(String... arguments) {
        var all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--client", client, "--server", server.apiUrl(), "--key", adminKey));
        return new CommandLine(new OfflineCommand())
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(errors, true))
                .setParameterExceptionHandler(new TellMistake())
                .execute(all.toArray(String[]::new));
    }

    private static String file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text).toString();
    }

    @Test
    void it_shows_then_does_and_names_the_rows_that_are_refused() throws IOException {
        var csv =
                file(
                        "results.csv",
                        "Login,Kurs,status,recordId\nada,sco-0,passed,a\nada,sco-0,pased,b\n");
        var map =
                file(
                        "My map.json",
                        "{\"columns\":{\"Login\":\"username\",\"Kurs\":\"itemExternalId\"}}");
        assertThat(run(csv, "--dry-run", "--map", map)).isEqualTo(1);
        assertThat(out.toString())
                .contains(
                        "Dry run, done: 2 of 2 rows. 1 created, 0 updated, 0 unchanged, 1 refused.");
        var refused = folder.resolve("refused.csv");
        assertThat(run(csv, "--map", map, "--silent", "--errors", refused.toString())).isEqualTo(1);
        assertThat(out.toString())
                .contains("line 3     status \"pased\" must be one of", "mend them");
        Files.writeString(refused, Files.readString(refused).replace(",pased,", ",failed,"));
        out.getBuffer().setLength(0);
        assertThat(run(refused.toString(), "--map", map)).as(out.toString()).isZero();
        assertThat(out.toString()).contains("1 of 1 rows. 1 created");
    }

    @Test
    void it_brings_in_whom_and_what_is_not_there_when_it_is_told_to() throws IOException {
        var csv = file("new.csv", "username,itemExternalId,status\ngrace,paper_test,passed\n");
        assertThat(run(csv, "--create-users")).isEqualTo(1);
        assertThat(out.toString()).contains("import with createItems");
        assertThat(run(csv, "--create-users", "--create-items")).as(out.toString()).isZero();
        assertThat(out.toString()).contains("1 of 1 rows. 1 created");
    }

    @Test
    void what_it_cannot_send_it_says() throws IOException {
        assertThat(run("none.csv")).isEqualTo(2);
        assertThat(errors.toString()).contains("There is no file none.csv");
        assertThat(run(file("a.pdf", "x"))).isEqualTo(2);
        assertThat(run(file("b.csv", "x,y\n"))).isEqualTo(1);
        assertThat(errors.toString()).contains("is missing");
    }

    @Test
    void a_dry_run_leaves_no_mapping() throws IOException {
        var csv = file("dry.csv", "Login,itemExternalId,status\nada,sco-0,passed\n");
        for (var name : List.of("default.json", "dry map.json")) {
            var map = file(name, MAPPING);
            assertThat(run(csv, "--dry-run", "--map", map)).as(errors.toString()).isZero();
        }
        assertThat(mappings()).isEmpty();
        assertThat(
                        run(
                                file("none.csv", "Login\nada\n"),
                                "--dry-run",
                                "--map",
                                file("m.json", MAPPING)))
                .isEqualTo(1);
        assertThat(mappings()).isEmpty();
    }

    @Test
    void a_mapping_that_others_go_by_is_replaced_when_it_is_asked_for_only() throws IOException {
        var csv = file("map.csv", "Login,itemExternalId,status\nada,sco-0,passed\n");
        assertThat(run(csv, "--map", file("default.json", MAPPING))).isEqualTo(2);
        assertThat(errors.toString()).contains("remembered as \"default\"", "--replace-map");
        assertThat(mappings()).isEmpty();
        var map = file("a b.json", MAPPING);
        assertThat(run(csv, "--map", map)).isZero();
        assertThat(run(csv, "--map", map)).isZero();
        var other = file("a-b.json", MAPPING.replace("}}", "},\"source\":\"lms\"}"));
        assertThat(run(csv, "--map", other)).isEqualTo(2);
        assertThat(mappings()).singleElement().asString().doesNotContain("lms");
        assertThat(run(csv, "--map", other, "--replace-map")).isZero();
        assertThat(mappings()).singleElement().asString().contains("a-b", "lms");
    }

    private List<String> mappings() {
        return database.jdbi()
                .withHandle(
                        h ->
                                h.createQuery(
                                                "SELECT name || mapping FROM offline_mapping WHERE client_id = :client")
                                        .bind("client", client)
                                        .mapTo(String.class)
                                        .list());
    }

    @Test
    void a_folder_for_the_refused_rows_that_is_not_there_is_told_before_anything_is_done()
            throws IOException {
        var csv = file("rows.csv", "username,itemExternalId,status\nada,sco-0,pased\n");
        assertThat(run(csv, "--errors", folder.resolve("none/x.csv").toString())).isEqualTo(2);
        assertThat(errors.toString()).contains("There is no folder for");
        assertThat(out.toString()).isEmpty();
        assertThat(run(csv, "--errors", folder.toString())).isEqualTo(1);
        assertThat(errors.toString())
                .contains("A file cannot be read or written: " + folder)
                .doesNotContain("connection");
    }
}
