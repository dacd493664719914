package io.coursewire.storage.embedded;

import io.coursewire.kernel.CannotStart;
import io.coursewire.kernel.Fsync;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/// PostgreSQL's own programs, unpacked from the archive that comes with Coursewire.
record PostgresSoftware(Path folder) {
    static final String VERSION = "18.4";
    static final int MAJOR_VERSION = 18;

    /// Unpacks into a folder of its own below the one given, once. Processes may race: the first wins.
    static PostgresSoftware below(Path parent) throws IOException {
        Path folder = parent.resolve("postgresql-" + VERSION);
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(parent);
            Path part = Files.createTempDirectory(parent, "unpacking-");
            Files.setPosixFilePermissions(part, PosixFilePermissions.fromString("rwxr-xr-x"));
            unpack(part);
            // Once it has its name it is never looked at again.
            Fsync.tree(part);
            settle(part, folder);
            Fsync.folder(parent);
        }
        return new PostgresSoftware(folder);
    }

    Path program(String name) {
        return folder.resolve("bin").resolve(name);
    }

    private static void settle(Path part, Path folder) throws IOException {
        try {
            Files.move(part, folder, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            if (!Files.isDirectory(folder)) {
                throw e;
            }
            deleteAll(part);
        }
    }

    private static void unpack(Path into) throws IOException {
        try (InputStream archive = open();
                var tar =
                        new TarArchiveInputStream(
                                new XZInputStream(new BufferedInputStream(archive)))) {
            for (TarArchiveEntry entry = tar.getNextEntry();
                    entry != null;
                    entry = tar.getNextEntry()) {
                Path file = into.resolve(entry.getName()).normalize();
                if (!file.startsWith(into)) {
                    throw new IOException(
                            "the archive of PostgreSQL leaves its folder: " + entry.getName());
                }
                if (isNeeded(entry.getName())) {
                    write(entry, tar, file);
                }
            }
        }
    }

    /// What only compilers need is two thirds of the archive.
    private static boolean isNeeded(String name) {
        return !name.endsWith(".a") && !name.contains("/pgxs/") && !name.contains("/pkgconfig/");
    }

    private static void write(TarArchiveEntry entry, InputStream content, Path file)
            throws IOException {
        if (entry.isDirectory()) {
            Files.createDirectories(file);
            return;
        }
        Files.createDirectories(file.getParent());
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(file, Path.of(entry.getLinkName()));
        } else {
            Files.copy(content, file);
            boolean program = (entry.getMode() & 0100) != 0;
            Files.setPosixFilePermissions(
                    file, PosixFilePermissions.fromString(program ? "rwxr-xr-x" : "rw-r--r--"));
        }
    }

    private static InputStream open() {
        String name = "/postgres-%s-%s.txz".formatted(system(), processor());
        InputStream archive = PostgresSoftware.class.getResourceAsStream(name);
        if (archive == null) {
            throw new CannotStart(
                    "Coursewire brings no PostgreSQL for this system (%s, %s). Give it a database: --database-url."
                            .formatted(
                                    System.getProperty("os.name"), System.getProperty("os.arch")));
        }
        return archive;
    }

    private static String system() {
        String name = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        return name.startsWith("mac") ? "darwin" : name;
    }

    private static String processor() {
        return switch (System.getProperty("os.arch")) {
            case "amd64", "x86_64" -> "x86_64";
            case "aarch64", "arm64" -> "arm_64";
            default -> System.getProperty("os.arch");
        };
    }

    /// Throws when something of it cannot be removed, or when others still work in it.
    static void deleteAll(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : (Iterable<Path>) files.sorted(Comparator.reverseOrder())::iterator) {
                Files.deleteIfExists(file);
            }
        } catch (UncheckedIOException e) {
            // What is still written to may lose a file between its being listed and looked at.
            throw e.getCause();
        }
    }
}
