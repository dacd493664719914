package io.coursewire.runtime.scorm2004.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The conformance cases come out as they should, and one that does not is told.
class ConformanceReplayTest {
    private static final Path OWN = Path.of("src/test/resources/conformance");
    private static final Path SUITE = Path.of("../../shared/conformance/scorm2004");

    @TempDir Path folder;

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    private boolean replay(Path directory, Optional<String> only) {
        return ConformanceReplay.run(directory, only, new PrintStream(printed, true, UTF_8));
    }

    private String printed() {
        return printed.toString(UTF_8);
    }

    @Test
    void every_case_of_ours_passes() {
        assertThat(replay(OWN, Optional.empty())).as(printed()).isTrue();
        assertThat(printed()).endsWith("13 passed, 0 failed, 0 not applicable\n");
    }

    @Test
    void every_case_of_the_conformance_suite_passes() {
        assumeTrue(Files.isDirectory(SUITE), "the conformance suite is not at " + SUITE);
        assertThat(replay(SUITE, Optional.empty())).as(printed()).isTrue();
    }

    @Test
    void a_case_that_needs_others_before_it_gets_them() {
        assertThat(replay(OWN, Optional.of("system-01b"))).as(printed()).isTrue();
    }

    @Test
    void a_wrong_delivery_is_told_with_its_visit() throws IOException {
        copy(
                "flow-01",
                "\"item\": \"item_6\",\n   \"title\"",
                "\"item\": \"item_4\",\n   \"title\"");
        assertThat(replay(folder, Optional.empty())).isFalse();
        assertThat(printed())
                .startsWith("flow-01: Act6V1 delivery: expected item_4, found item_6")
                .contains("0 passed, 1 failed");
    }

    @Test
    void a_wrong_value_is_told_with_its_element() throws IOException {
        copy("flow-01", "\"returns\": \"level=2\"", "\"returns\": \"level=3\"");
        assertThat(replay(folder, Optional.empty())).isFalse();
        assertThat(printed()).contains("cmi.launch_data: expected level=3, found level=2");
    }

    @Test
    void a_wrong_control_is_told_with_its_name() throws IOException {
        copy("choice-01", "\"expected\": false", "\"expected\": true");
        assertThat(replay(folder, Optional.empty())).isFalse();
        assertThat(printed()).contains("Act2V1 toc item_3 visible: expected true, found false");
    }

    @Test
    void a_manifest_that_is_missing_fails_its_case_alone() throws IOException {
        copy("flow-01", "flow-01.imsmanifest.xml", "none.imsmanifest.xml");
        assertThat(replay(folder, Optional.empty())).isFalse();
        assertThat(printed())
                .contains("flow-01: cannot be replayed")
                .contains("0 passed, 1 failed");
    }

    private void copy(String id, String text, String changed) throws IOException {
        Files.createDirectories(folder.resolve("cases"));
        Files.createDirectories(folder.resolve("manifests"));
        var json = Files.readString(OWN.resolve("cases/" + id + ".json"));
        assertThat(json).contains(text);
        Files.writeString(folder.resolve("cases/" + id + ".json"), json.replace(text, changed));
        Files.copy(
                OWN.resolve("manifests/" + id + ".imsmanifest.xml"),
                folder.resolve("manifests/" + id + ".imsmanifest.xml"));
    }
}
