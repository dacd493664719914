package io.coursewire.bench.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.stream.Stream;

/// Everything that a run keeps, gone when it is closed.
record TemporaryFolder(Path path) implements AutoCloseable {
    // PostgreSQL may run under another account, which has to pass the folder.
    private static final String PASSABLE = "rwx--x--x";

    static TemporaryFolder create() throws IOException {
        return new TemporaryFolder(
                Files.createTempDirectory(
                        "coursewire-bench-",
                        PosixFilePermissions.asFileAttribute(
                                PosixFilePermissions.fromString(PASSABLE))));
    }

    @Override
    public void close() throws IOException {
        try (Stream<Path> files = Files.walk(path)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
