package io.coursewire.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/// Commands that cannot reach a server say so, and how to mend it.
class RemoteCommandsTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter errors = new StringWriter();

    @Test
    void a_server_that_does_not_answer_is_named_with_the_remedy(@TempDir Path folder)
            throws IOException {
        var file = Files.writeString(folder.resolve("course.zip"), "any");
        var server = "http://127.0.0.1:" + closedPort();
        int exit =
                run(
                        new ImportCommand(),
                        file.toString(),
                        "--client=acme",
                        "--key=k",
                        "--server=" + server);
        assertThat(exit).isEqualTo(1);
        assertThat(errors.toString()).contains("No server answers at " + server, "serve");
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

    private int run(Object command, String... arguments) {
        return new CommandLine(command)
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(errors, true))
                .execute(arguments);
    }

    private static int closedPort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
