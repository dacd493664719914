package io.coursewire.kernel;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What of it can be seen without a power cut.
class FsyncTest {
    @TempDir Path folder;

    @Test
    void a_tree_may_hold_folders_programs_and_links_that_lead_nowhere() throws IOException {
        var program =
                Files.writeString(Files.createDirectory(folder.resolve("bin")).resolve("p"), "x");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.createSymbolicLink(folder.resolve("link"), Path.of("nowhere"));
        assertThatCode(() -> Fsync.tree(folder)).doesNotThrowAnyException();
    }

    @Test
    void what_is_not_there_is_no_success() {
        assertThatThrownBy(() -> Fsync.tree(folder.resolve("none")))
                .isInstanceOf(IOException.class);
        assertThatThrownBy(() -> Fsync.file(folder.resolve("none")))
                .isInstanceOf(IOException.class);
    }
}
