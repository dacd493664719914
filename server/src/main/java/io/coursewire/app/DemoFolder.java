package io.coursewire.app;

import io.coursewire.kernel.CannotStart;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;

/// Where a demo keeps its data: a folder that was named and stays, or a temporary one that goes with it.
record DemoFolder(Path path, boolean temporary) implements AutoCloseable {

    static DemoFolder open(Optional<Path> named) throws IOException {
        return named.isPresent()
                ? new DemoFolder(made(named.get()), false)
                : new DemoFolder(Files.createTempDirectory("coursewire-demo"), true);
    }

    private static Path made(Path named) {
        try {
            return Files.createDirectories(named);
        } catch (IOException e) {
            throw CannotStart.on(named, e);
        }
    }

    @Override
    public void close() throws IOException {
        if (temporary) {
            Files.walkFileTree(path, new Delete());
        }
    }

    private static final class Delete extends SimpleFileVisitor<Path> {
        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path folder, IOException failure)
                throws IOException {
            Files.deleteIfExists(folder);
            return FileVisitResult.CONTINUE;
        }
    }
}
