package io.coursewire.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/// The command tells what failed, and its exit code says whether anything did.
class ConformanceCommandTest {
    private static final String OWN = "src/test/resources/conformance";

    private final StringWriter out = new StringWriter();
    private final StringWriter errors = new StringWriter();

    @Test
    void cases_that_all_pass_exit_with_0_and_their_sums() {
        assertThat(run(OWN)).as(out.toString()).isZero();
        assertThat(out.toString()).isEqualTo("13 passed, 0 failed, 0 not applicable\n");
    }

    @Test
    void one_case_can_be_asked_for() {
        assertThat(run(OWN, "--case", "flow-01")).isZero();
        assertThat(out.toString()).isEqualTo("1 passed, 0 failed, 0 not applicable\n");
    }

    @Test
    void a_case_that_fails_exits_with_1_and_its_first_difference(@TempDir Path folder)
            throws IOException {
        for (var part : new String[] {"cases/flow-01.json", "manifests/flow-01.imsmanifest.xml"}) {
            Files.createDirectories(folder.resolve(part).getParent());
            var text = Files.readString(Path.of(OWN).resolve(part));
            Files.writeString(
                    folder.resolve(part),
                    text.replace("\"returns\": \"level=2\"", "\"returns\": \"\u00e9\""));
        }
        assertThat(run(folder.toString())).isEqualTo(1);
        assertThat(out.toString())
                .contains("cmi.launch_data: expected \u00e9, found level=2", "0 passed, 1 failed");
    }

    @Test
    void a_folder_without_cases_and_an_unknown_case_are_named() {
        assertThat(run("no-such-folder")).isEqualTo(2);
        assertThat(errors.toString()).contains("there is no folder no-such-folder");
        assertThat(run(OWN, "--case", "../flow-01")).isEqualTo(2);
        assertThat(errors.toString()).contains("there is no case ../flow-01");
    }

    @Test
    void the_replay_in_a_browser_says_which_command_brings_one() {
        assertThat(run(OWN, "--browser")).isEqualTo(2);
        assertThat(errors.toString()).contains("run ./coursewire conformance DIR --browser");
    }

    private int run(String... arguments) {
        return new CommandLine(new ConformanceCommand())
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(errors, true))
                .execute(arguments);
    }
}
