package io.coursewire.storage.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;

/// Spares the tests of the embedded server most of its first start: data folders that it made once and
/// closed, copied, with the software unpacked once.
public final class PreparedFolder {
    private static final String SOFTWARE = "postgresql-" + PostgresSoftware.VERSION;
    private static Path made;

    private PreparedFolder() {}

    /// The database folder of a data folder, without data yet.
    static Path lendSoftware(Path dataFolder) throws IOException {
        Path folder =
                Files.createDirectory(
                        dataFolder.resolve("database"),
                        PosixFilePermissions.asFileAttribute(
                                PosixFilePermissions.fromString("rwx------")));
        Files.createSymbolicLink(folder.resolve(SOFTWARE), TestServer.software().folder());
        return folder;
    }

    /// JUnit follows no links when it removes a folder, but warns of each.
    public static void takeBack(Path dataFolder) throws IOException {
        Path link = dataFolder.resolve("database").resolve(SOFTWARE);
        if (Files.isSymbolicLink(link)) {
            Files.delete(link);
        }
    }

    /// As a first start and a clean stop leave it.
    public static void copyTo(Path dataFolder) throws IOException {
        Path from = template();
        Path to = dataFolder.resolve("database");
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Files.copy(
                        file,
                        to.resolve(from.relativize(file).toString()),
                        StandardCopyOption.COPY_ATTRIBUTES,
                        LinkOption.NOFOLLOW_LINKS);
            }
        }
    }

    private static synchronized Path template() throws IOException {
        if (made == null) {
            Path folder = Files.createTempDirectory("coursewire-test-");
            lendSoftware(folder);
            EmbeddedServer.start(folder).close();
            made = folder.resolve("database");
            Runtime.getRuntime().addShutdownHook(new Thread(() -> remove(folder)));
        }
        return made;
    }

    private static void remove(Path folder) {
        try {
            PostgresSoftware.deleteAll(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
