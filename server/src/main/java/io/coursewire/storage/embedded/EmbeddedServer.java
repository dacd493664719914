package io.coursewire.storage.embedded;

import io.coursewire.kernel.CannotStart;
import io.coursewire.kernel.PrivateFile;
import io.coursewire.storage.DatabaseAddress;
import io.coursewire.storage.Durability;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A PostgreSQL server of our own, in the folder `database` of the data folder: durable, reachable by this
/// machine only and with its password only, one per data folder. Whatever ended the process before,
/// the next start finds its data and takes over.
public final class EmbeddedServer implements AutoCloseable {
    private static final String DATABASE = "coursewire";
    private static final int PASSWORD_BYTES = 24;

    static final Map<String, String> SETTINGS =
            Map.ofEntries(
                    Map.entry("listen_addresses", "127.0.0.1"),
                    Map.entry("unix_socket_directories", ""),
                    Map.entry("fsync", "on"),
                    Map.entry("full_page_writes", "on"),
                    Map.entry("synchronous_commit", "on"),
                    Map.entry("max_connections", "100"),
                    // Many short transactions: parallel plans would take their processors, and
                    // containers are short of the shared memory that they need.
                    Map.entry("max_parallel_workers_per_gather", "0"),
                    // A connection keeps the plan of a statement until the table's statistics are
                    // new, and a young table grows a thousandfold within the minute that is usual
                    // here. Taken so often, they come from few rows: every statement goes by a key.
                    Map.entry("autovacuum_naptime", "5s"),
                    Map.entry("default_statistics_target", "10"),
                    Map.entry("timezone", "UTC"),
                    Map.entry("log_timezone", "UTC"),
                    // Details and statements hold personal data.
                    Map.entry("log_error_verbosity", "terse"),
                    Map.entry("log_min_error_statement", "panic"));

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedServer.class);

    private final FolderLock lock;
    private final PostmasterWatch watch;
    private final DatabaseAddress address;

    private EmbeddedServer(FolderLock lock, PostmasterWatch watch, DatabaseAddress address) {
        this.lock = lock;
        this.watch = watch;
        this.address = address;
    }

    /// Returns when the server answers. Throws CannotStart when another process has the folder, when another
    /// version of PostgreSQL made it, or when the system does not let us.
    public static EmbeddedServer start(Path dataFolder) {
        try {
            Path folder = PrivateFile.folder(PrivateFile.folder(dataFolder).resolve("database"));
            FolderLock lock = FolderLock.take(folder);
            try {
                return start(folder, lock, PostgresAccount.current());
            } catch (IOException | SQLException | RuntimeException e) {
                lock.close();
                throw e;
            }
        } catch (FileSystemException e) {
            throw CannotStart.on(dataFolder, e);
        } catch (IOException | SQLException e) {
            throw new CannotStart("The embedded database did not start: " + e.getMessage(), e);
        }
    }

    public DatabaseAddress address() {
        return address;
    }

    /// The server's process, which changes when it had to be started anew.
    ProcessHandle process() {
        return watch.process();
    }

    /// Stops the server properly; returns when it has ended.
    @Override
    public void close() {
        try (lock) {
            watch.close();
        } catch (IOException e) {
            throw new IllegalStateException("the embedded database did not stop", e);
        }
    }

    static EmbeddedServer start(Path folder, FolderLock lock, PostgresAccount account)
            throws IOException, SQLException {
        String password =
                PrivateFile.readOrCreate(folder.resolve("password"), EmbeddedServer::password);
        account.own(folder);
        account.checkReach(folder);
        removeLeftovers(folder);
        var place =
                new Postmaster.Place(
                        PostgresSoftware.below(folder),
                        account,
                        folder.resolve("data"),
                        folder.resolve("server.log"));
        if (PostgresCluster.exists(place.dataFolder())) {
            PostgresCluster.checkVersion(place.dataFolder());
        } else {
            PostgresCluster.create(place, folder.resolve("password"));
        }
        var postmaster = Postmaster.start(place, SETTINGS);
        try {
            DatabaseAddress address = prepare(postmaster.port(), password);
            return new EmbeddedServer(lock, new PostmasterWatch(place, postmaster), address);
        } catch (SQLException | RuntimeException e) {
            postmaster.stop();
            throw e;
        }
    }

    /// Of starts that were killed halfway. What an initdb still writes to goes with the next start.
    private static void removeLeftovers(Path folder) throws IOException {
        try (var leftovers = Files.newDirectoryStream(folder, "{unpacking,creating}-*")) {
            for (Path leftover : leftovers) {
                try {
                    PostgresSoftware.deleteAll(leftover);
                } catch (IOException e) {
                    LOG.info("{} is still in use", leftover);
                }
            }
        }
    }

    private static String password() {
        byte[] random = new byte[PASSWORD_BYTES];
        new SecureRandom().nextBytes(random);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    }

    private static DatabaseAddress prepare(int port, String password) throws SQLException {
        try (var connection = address(port, "postgres", password).connect()) {
            createDatabase(connection);
        }
        var address = address(port, DATABASE, password);
        try (var connection = address.connect()) {
            checkDurability(connection);
        }
        return address;
    }

    private static void createDatabase(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var found =
                        statement.executeQuery(
                                "SELECT FROM pg_database WHERE datname = '" + DATABASE + "'")) {
            if (!found.next()) {
                statement.execute("CREATE DATABASE " + DATABASE);
            }
        }
    }

    private static void checkDurability(Connection connection) throws SQLException {
        List<String> faults = Durability.faults(connection);
        if (!faults.isEmpty()) {
            throw new CannotStart(
                    "The embedded database would lose data when the machine stops: %s. Undo that setting (ALTER ROLE or ALTER DATABASE ... RESET)."
                            .formatted(String.join(", ", faults)));
        }
    }

    private static DatabaseAddress address(int port, String database, String password) {
        return new DatabaseAddress(
                "jdbc:postgresql://127.0.0.1:%d/%s".formatted(port, database),
                PostgresCluster.USER,
                password);
    }
}
