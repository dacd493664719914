package io.coursewire.e2e.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.coursewire.app.remote.ApiClient;
import io.coursewire.e2e.Chromium;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Conformance cases through the real player: they pass, and a wrong one is told.
@Tag("slow")
class BrowserReplayTest {
    private static final Path OWN = Path.of("../server/src/test/resources/conformance");
    private static final Path SUITE = Path.of("../../shared/conformance/scorm2004");
    private static final List<String> SAMPLE = List.of("API", "CM-01", "OB-01a", "RU-01aa");

    private static Chromium chromium;
    private static Server server;
    private static ApiClient api;

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    @BeforeAll
    static void start() throws IOException {
        var executable = Chromium.find();
        assumeTrue(
                executable.isPresent(), "No Chromium found: install it, or name it in CHROMIUM.");
        chromium = Chromium.start(executable.get());
        server = Server.start();
        api = new ApiClient(server.api(), Server.ADMIN_KEY);
    }

    @AfterAll
    static void stop() throws IOException {
        if (server != null) {
            api.close();
            server.close();
            chromium.close();
        }
    }

    private boolean replay(Path directory, List<String> only) {
        var out = new PrintStream(printed, true, UTF_8);
        return BrowserReplay.run(directory, only, chromium.browser(), api, out);
    }

    @Test
    void cases_of_ours_pass() {
        var passed =
                replay(OWN, List.of("choice-01", "exit-01", "flow-01", "suspend-01", "system-01b"));
        assertThat(passed).as(printed.toString(UTF_8)).isTrue();
        assertThat(printed.toString(UTF_8)).endsWith("5 passed, 0 failed, 0 not applicable\n");
    }

    @Test
    void a_sample_of_the_conformance_suite_passes() {
        assumeTrue(Files.isDirectory(SUITE), "the conformance suite is not at " + SUITE);
        assertThat(replay(SUITE, SAMPLE)).as(printed.toString(UTF_8)).isTrue();
    }
}
