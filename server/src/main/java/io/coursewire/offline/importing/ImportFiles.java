package io.coursewire.offline.importing;

import io.coursewire.offline.reading.UnreadableFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// The files of imports, below the data folder, each under its import's id, until nobody needs it any more.
public final class ImportFiles {
    public static final long BYTES_MAX = 4L << 30;

    private static final int BUFFER_BYTES = 64 * 1024;

    private final Path folder;

    public ImportFiles(Path dataDir) {
        this.folder = dataDir.resolve("imports");
    }

    Path path(ImportId id) {
        return folder.resolve(id.toString());
    }

    /// Receives a file whole and makes it durable; of a failed upload nothing stays.
    void receive(ImportId id, InputStream upload) {
        try {
            Files.createDirectories(folder);
            try (var file =
                    FileChannel.open(
                            path(id), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                copy(upload, file);
                file.force(true);
            } catch (IOException | RuntimeException e) {
                Files.deleteIfExists(path(id));
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException("a file of results cannot be stored", e);
        }
    }

    private static void copy(InputStream upload, FileChannel file) throws IOException {
        var buffer = new byte[BUFFER_BYTES];
        long bytes = 0;
        for (int got = upload.read(buffer); got >= 0; got = upload.read(buffer)) {
            bytes += got;
            if (bytes > BYTES_MAX) {
                throw new UnreadableFile("The file has more than " + BYTES_MAX + " bytes.");
            }
            var part = ByteBuffer.wrap(buffer, 0, got);
            while (part.hasRemaining()) {
                file.write(part);
            }
        }
    }

    /// The file of one import, for another.
    void share(ImportId from, ImportId to) {
        try {
            Files.createLink(path(to), path(from));
        } catch (IOException | UnsupportedOperationException e) {
            copy(from, to);
        }
    }

    private void copy(ImportId from, ImportId to) {
        try (var in = Files.newInputStream(path(from))) {
            receive(to, in);
        } catch (IOException e) {
            throw new UncheckedIOException("a file of results cannot be read", e);
        }
    }

    boolean has(ImportId id) {
        return Files.isRegularFile(path(id));
    }

    void delete(ImportId id) {
        try {
            Files.deleteIfExists(path(id));
        } catch (IOException e) {
            throw new UncheckedIOException("a file of results cannot be removed", e);
        }
    }

    /// Those that have been there for longer than this.
    List<ImportId> olderThan(Duration age, Instant now) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (var all = Files.list(folder)) {
            return all.filter(file -> isOlder(file, now.minus(age)))
                    .flatMap(file -> ImportId.parse(file.getFileName().toString()).stream())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("the files of results cannot be listed", e);
        }
    }

    private static boolean isOlder(Path file, Instant limit) {
        try {
            return Files.getLastModifiedTime(file).toInstant().isBefore(limit);
        } catch (IOException e) {
            return false;
        }
    }
}
