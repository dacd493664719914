package io.coursewire.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.coursewire.RefusingPort;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/// Commands that cannot reach a server say so, and how to mend it.
class RemoteCommandsTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter errors = new StringWriter();

    @Test
    void a_server_that_does_not_answer_is_named_with_the_remedy(@TempDir Path folder)
            throws IOException {
        var file = Files.writeString(folder.resolve("course.zip"), "any");
        try (var nobody = new RefusingPort()) {
            int exit =
                    run(
                            new ImportCommand(),
                            file.toString(),
                            "--client=acme",
                            "--key=k",
                            "--server=" + nobody.url());
            assertThat(exit).isEqualTo(1);
            assertThat(errors.toString()).contains("No server answers at " + nobody.url(), "serve");
        }
    }

    @Test
    void a_file_that_is_not_there_is_named() {
        assertThat(run(new ImportCommand(), "none.zip", "--client=acme", "--key=k")).isEqualTo(2);
        assertThat(errors.toString()).contains("There is no file none.zip");
    }

    @Test
    void a_client_id_of_another_form_is_refused_before_anything_is_sent() {
        assertThat(run(new KeyCommand(), "list", "--client=Not OK", "--key=k")).isEqualTo(2);
        assertThat(errors.toString()).contains("a client id is 1 to 64 of a-z 0-9 - _");
    }

    @Test
    void an_address_that_is_none_is_refused() {
        assertThat(run(new KeyCommand(), "list", "--client=a", "--key=k", "--server=localhost"))
                .isEqualTo(2);
        assertThat(errors.toString()).contains("--server takes an address such as");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://localhost:8080/api/v1", "http://localhost:8080/?x"})
    void an_address_with_a_path_is_refused(String server) {
        assertThat(run(new KeyCommand(), "list", "--client=a", "--key=k", "--server=" + server))
                .isEqualTo(2);
        assertThat(errors.toString()).contains("before /api");
    }

    @Test
    void a_host_that_is_not_there_is_told_as_that() {
        assertThat(
                        run(
                                new KeyCommand(),
                                "list",
                                "--client=a",
                                "--key=k",
                                "--server=http://nosuch.invalid"))
                .isEqualTo(1);
        assertThat(errors.toString()).contains("there is no host of that name");
    }

    @ParameterizedTest
    @ValueSource(strings = {"cwk.hunter2\nx", "cwk.hunter2 x", "cwk.hunt\u00e4r2"})
    void a_key_that_cannot_be_sent_is_refused_without_repeating_it(String key) {
        assertThat(run(new KeyCommand(), "list", "--client=a", "--key=" + key)).isEqualTo(2);
        assertThat(errors.toString()).contains("This is no API key").doesNotContain("hunt");
    }

    @Test
    void a_line_break_at_the_end_of_a_key_is_left_off() {
        try (var nobody = new RefusingPort()) {
            var server = "--server=" + nobody.url();
            assertThat(run(new KeyCommand(), "list", "--client=a", "--key=k\n", server))
                    .isEqualTo(1);
            assertThat(errors.toString()).contains("No server answers at");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"99999", "-1", "http"})
    void a_port_that_is_none_is_refused(String port) {
        assertThat(run(new ListenCommand(), "--port=" + port)).isEqualTo(2);
        assertThat(run(new DemoCommand(), "--port=" + port)).isEqualTo(2);
        assertThat(run(new DemoCommand(), "--content-port=" + port)).isEqualTo(2);
        assertThat(errors.toString().split("a port is a number from 0", -1)).hasSize(4);
    }

    private int run(Object command, String... arguments) {
        return new CommandLine(command)
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(errors, true))
                .execute(arguments);
    }
}
