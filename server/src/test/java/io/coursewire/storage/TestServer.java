package io.coursewire.storage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.stream.Stream;

/// The tests' PostgreSQL, one per JVM: quick instead of durable. What a killed JVM left behind is
/// stopped and deleted by the next one.
final class TestServer {
    private static final Map<String, String> QUICK =
            Map.of(
                    "listen_addresses", "127.0.0.1",
                    "unix_socket_directories", "",
                    "max_connections", "200",
                    "fsync", "off",
                    "synchronous_commit", "off",
                    "full_page_writes", "off");
    private static final String PASSWORD = "test";
    private static final Path PARENT =
            Path.of(System.getProperty("basedir", "."), "target", "test-postgres");
    private static TestServer running;

    private final Postmaster postmaster;

    private TestServer(Postmaster postmaster) {
        this.postmaster = postmaster;
    }

    static synchronized TestServer get() {
        if (running == null) {
            try {
                running =
                        start(
                                Path.of(
                                        System.getProperty("basedir", "."),
                                        "target",
                                        "test-postgres"));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return running;
    }

    DatabaseAddress address(String database) {
        return new DatabaseAddress(
                "jdbc:postgresql://127.0.0.1:%d/%s".formatted(postmaster.port(), database),
                PostgresCluster.USER,
                PASSWORD);
    }

    /// Unpacked once for all tests.
    static PostgresSoftware software() throws IOException {
        return PostgresSoftware.below(Files.createDirectories(PARENT).toRealPath());
    }

    private static TestServer start(Path parent) throws IOException {
        Files.createDirectories(parent);
        removeOrphans(parent.toRealPath());
        Path folder = Files.createTempDirectory(parent.toRealPath(), "server-");
        FileLock lock = lock(folder);
        var account = PostgresAccount.current();
        account.own(folder);
        var place =
                new Postmaster.Place(
                        software(), account, folder.resolve("data"), folder.resolve("log"));
        Path password = Files.writeString(folder.resolve("password"), PASSWORD);
        PostgresCluster.create(place, password);
        var server = new TestServer(Postmaster.start(place, QUICK));
        Runtime.getRuntime().addShutdownHook(new Thread(() -> server.stop(folder, lock)));
        return server;
    }

    private void stop(Path folder, FileLock lock) {
        try {
            postmaster.stop();
            PostgresSoftware.deleteAll(folder);
            lock.acquiredBy().close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void removeOrphans(Path parent) throws IOException {
        try (Stream<Path> folders = Files.list(parent)) {
            for (Path folder :
                    folders.filter(f -> f.getFileName().toString().startsWith("server-"))
                            .toList()) {
                removeIfOrphan(folder);
            }
        }
    }

    private static void removeIfOrphan(Path folder) throws IOException {
        FileLock lock = lock(folder);
        if (lock == null) {
            return;
        }
        ServerStop.stopOrphan(folder.resolve("data"));
        PostgresSoftware.deleteAll(folder);
        lock.acquiredBy().close();
    }

    /// Null when another JVM holds it.
    private static FileLock lock(Path folder) throws IOException {
        FileChannel channel =
                FileChannel.open(
                        folder.resolve("lock"),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock();
        if (lock == null) {
            channel.close();
        }
        return lock;
    }
}
