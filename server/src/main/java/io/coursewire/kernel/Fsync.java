package io.coursewire.kernel;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

/// Makes files and folders outlive a power cut.
public final class Fsync {
    private static final int AT_ONCE = 64;

    private Fsync() {}

    public static void file(Path file) throws IOException {
        try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    /// The names in a folder are data of the folder, not of the files.
    public static void folder(Path folder) throws IOException {
        try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /// A folder and everything in it, many at once: a disk writes them together, and one after the other takes seconds.
    public static void tree(Path root) throws IOException {
        try (Stream<Path> all = Files.walk(root);
                var threads = Executors.newFixedThreadPool(AT_ONCE)) {
            var parts = all.<Callable<Path>>map(path -> () -> one(path)).toList();
            for (var part : threads.invokeAll(parts)) {
                part.get();
            }
        } catch (ExecutionException e) {
            throw new IOException(root + " cannot be written to disk", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while writing " + root + " to disk", e);
        }
    }

    private static Path one(Path path) throws IOException {
        if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
            folder(path);
        } else if (Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
            file(path);
        }
        return path;
    }
}
