package io.coursewire.app.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;

/// The bundled course is a package that any SCORM 1.2 system takes.
class BundledCourseTest {
    private static final int BYTES_MAX = 40_000;

    @Test
    void the_package_holds_exactly_what_its_manifest_lists() throws IOException {
        var files = unzipped();
        var listed =
                Pattern.compile("<file href=\"([^\"]+)\"/>")
                        .matcher(files.get("imsmanifest.xml"))
                        .results()
                        .map(match -> match.group(1))
                        .collect(Collectors.toSet());
        assertThat(files.keySet()).containsAll(listed).hasSize(listed.size() + 1);
    }

    @Test
    void nothing_is_fetched_from_elsewhere() throws IOException {
        var addresses = Pattern.compile("(?:src|href)=\"(https?:|//)|url\\(|@import");
        unzipped()
                .forEach(
                        (name, text) ->
                                assertThat(addresses.matcher(text.replace("url(#", "")).find())
                                        .as(name)
                                        .isFalse());
    }

    @Test
    void the_same_course_is_always_the_same_small_file() throws IOException {
        assertThat(zip()).isEqualTo(zip()).hasSizeLessThan(BYTES_MAX);
    }

    @Test
    void the_quiz_asks_in_every_way_that_scorm_1_2_knows() {
        assertThat(BundledCourse.quiz().questions())
                .extracting(Question::type)
                .contains(
                        "true-false",
                        "choice",
                        "fill-in",
                        "matching",
                        "performance",
                        "sequencing",
                        "likert",
                        "numeric");
    }

    @Test
    void the_quiz_can_be_passed_and_failed() {
        var quiz = BundledCourse.quiz();
        assertThat(quiz.passingScore()).isBetween(1, quiz.maximum());
    }

    private static byte[] zip() throws IOException {
        var bytes = new ByteArrayOutputStream();
        BundledCourse.writeZip(bytes);
        return bytes.toByteArray();
    }

    private static Map<String, String> unzipped() throws IOException {
        var files = new TreeMap<String, String>();
        try (var zip = new ZipInputStream(new ByteArrayInputStream(zip()))) {
            for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                files.put(entry.getName(), new String(zip.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        return files;
    }
}
