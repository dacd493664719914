package io.coursewire.storage.embedded;

import io.coursewire.storage.DatabaseAddress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// The tests' PostgreSQL, one per JVM: quick instead of durable. What a killed JVM left behind is
/// stopped and deleted by the next one.
///
/// COURSEWIRE_TEST_DATABASE_URL, such as postgresql://user:password@host/postgres, has the tests run on another
/// server instead, to see that they do on every version; its user must be allowed to create databases.
public final class TestServer {
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
    private static final Optional<String> FOREIGN =
            Optional.ofNullable(System.getenv("COURSEWIRE_TEST_DATABASE_URL"));
    private static DatabaseAddress running;

    private TestServer() {}

    /// Of a database on the server, which is started if it is not running yet.
    public static DatabaseAddress address(String database) {
        DatabaseAddress server = server();
        String url = server.jdbcUrl().replaceFirst("/[^/?]*(\\?|$)", "/" + database + "$1");
        return new DatabaseAddress(url, server.user(), server.password());
    }

    /// Whether what tests leave there stays.
    public static boolean outlivesTests() {
        return FOREIGN.isPresent();
    }

    private static synchronized DatabaseAddress server() {
        if (running == null) {
            running =
                    FOREIGN.map(
                                    url ->
                                            DatabaseAddress.parse(
                                                    url, Optional.empty(), Optional.empty()))
                            .orElseGet(TestServer::start);
        }
        return running;
    }

    /// Unpacked once for all tests.
    static PostgresSoftware software() throws IOException {
        return PostgresSoftware.below(Files.createDirectories(PARENT).toRealPath());
    }

    private static DatabaseAddress start() {
        try {
            int port = start(PARENT).port();
            return new DatabaseAddress(
                    "jdbc:postgresql://127.0.0.1:%d/postgres".formatted(port),
                    PostgresCluster.USER,
                    PASSWORD);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Postmaster start(Path parent) throws IOException {
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
        var server = Postmaster.start(place, QUICK);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server, folder, lock)));
        return server;
    }

    private static void stop(Postmaster postmaster, Path folder, FileLock lock) {
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
