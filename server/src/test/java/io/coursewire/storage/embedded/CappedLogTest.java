package io.coursewire.storage.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CappedLogTest {
    @TempDir Path folder;

    @Test
    void a_log_within_its_cap_is_left_alone() throws IOException {
        Path file = Files.writeString(folder.resolve("server.log"), "12345");
        new CappedLog(file, 5).trim();
        assertThat(file).hasContent("12345");
        assertThat(folder.resolve("server.log.1")).doesNotExist();
    }

    @Test
    void a_longer_one_becomes_the_older_file_and_who_appends_goes_on_in_the_emptied_one()
            throws IOException {
        Path file = folder.resolve("server.log");
        try (var writer =
                Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            writer.write("first".getBytes());
            new CappedLog(file, 3).trim();
            writer.write("second".getBytes());
            new CappedLog(file, 3).trim();
            writer.write("3".getBytes());
        }
        assertThat(file).hasContent("3");
        assertThat(folder.resolve("server.log.1")).hasContent("second");
    }
}
