package io.coursewire.packages;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// The reference page of the import report has every code, and no other.
class ImportReportTest {
    private static final Pattern TOLD =
            Pattern.compile(
                    "(?:warnings\\.add|\\bwarn|new PackageWarning|new PackageRefused)\\(\\s*\"([a-z0-9-]+)\"|String [A-Z_]+ =\\s*\"([a-z]+(?:-[a-z]+)+)\"");
    private static final Pattern NAMED = Pattern.compile("`([a-z]+(?:-[a-z]+)*)`");

    @Test
    void every_code_of_a_warning_or_refusal_is_explained() throws IOException {
        var told = new TreeSet<String>();
        try (var files = Files.walk(Path.of("src/main/java/io/coursewire/packages"))) {
            files.filter(file -> file.toString().endsWith(".java"))
                    .forEach(file -> find(TOLD, text(file), told));
        }
        var explained = new TreeSet<String>();
        text(Path.of("../docs/reference/import-report.md"))
                .lines()
                .filter(line -> line.startsWith("| `"))
                .forEach(line -> find(NAMED, line.split("\\|")[1], explained));
        assertThat(told).hasSizeGreaterThan(60);
        assertThat(explained).isEqualTo(told);
    }

    private static void find(Pattern pattern, String text, Set<String> found) {
        pattern.matcher(text)
                .results()
                .forEach(
                        match ->
                                found.add(
                                        match.group(1) == null ? match.group(2) : match.group(1)));
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
