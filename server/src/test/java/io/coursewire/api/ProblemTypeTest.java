package io.coursewire.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ProblemTypeTest {
    private static final Path REFERENCE = Path.of("..", "docs", "reference", "api.md");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([a-z-]+)` \\| (\\d{3}) \\|");

    @Test
    void the_reference_lists_every_type_with_its_status() throws IOException {
        var listed =
                ROW.matcher(Files.readString(REFERENCE))
                        .results()
                        .map(row -> row.group(1) + " " + row.group(2));
        assertThat(listed)
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(ProblemType.values())
                                .map(type -> type.uri().replaceAll(".*/", "") + " " + type.status())
                                .toList());
    }
}
