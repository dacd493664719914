package io.coursewire.storage;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.coursewire.kernel.CannotStart;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.StatementExceptions;
import org.jdbi.v3.core.statement.StatementExceptions.MessageRendering;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A pool of connections to one PostgreSQL database and the Jdbi over it. Work that rightly takes
/// longer than the limits below raises them for its own transaction (`SET LOCAL`).
public final class Database implements AutoCloseable {
    public static final int MAJOR_VERSION_MIN = 15;
    public static final int CONNECTIONS_MIN = 2;
    public static final int CONNECTIONS_MAX = 16;
    public static final Duration CONNECTION_WAIT = Duration.ofSeconds(5);
    public static final Duration FIRST_CONNECTION_WAIT = Duration.ofSeconds(15);
    public static final int ANSWER_WAIT_SECONDS = 2;
    private static final Duration FIRST_CONNECTION_PAUSE = Duration.ofMillis(200);

    // By class: rolled back for another's sake, locked, cancelled, read-only.
    private static final List<String> PASSING = List.of("40", "55", "57", "25");

    private static final Logger LOG = LoggerFactory.getLogger(Database.class);

    // Joins are done in the order in which they are written. A connection keeps the plan of a
    // statement while the tables grow; an order that was guessed while they were small costs a
    // thousandfold later. Payloads are compressed by the faster of the server's ways.
    private static final String SESSION_SETTINGS =
            """
            SET statement_timeout = '30s';
            SET lock_timeout = '10s';
            SET idle_in_transaction_session_timeout = '60s';
            SET join_collapse_limit = 1;
            SELECT set_config(name, 'lz4', false) FROM pg_settings
            WHERE name = 'default_toast_compression' AND 'lz4' = ANY (enumvals);
            """;

    private final HikariDataSource pool;
    private final Jdbi jdbi;

    private Database(HikariDataSource pool) {
        this.pool = pool;
        this.jdbi = jdbi(pool);
    }

    /// Throws CannotStart when the database does not answer or is not one we can work on.
    public static Database open(DatabaseAddress address) {
        Database database = open(address, "");
        database.warnOfLoss();
        return database;
    }

    static Database open(DatabaseAddress address, String moreSessionSql) {
        awaitServer(address);
        return new Database(pool(address, moreSessionSql));
    }

    public Jdbi jdbi() {
        return jdbi;
    }

    public DataSource dataSource() {
        return pool;
    }

    /// Whether it answers within [#ANSWER_WAIT_SECONDS].
    public boolean answers() {
        try (Connection connection = pool.getConnection()) {
            return connection.isValid(ANSWER_WAIT_SECONDS);
        } catch (SQLException e) {
            return false;
        }
    }

    @Override
    public void close() {
        pool.close();
    }

    /// Whether the database itself is out of reach, so that trying the next statement is in vain: no
    /// connection, shutting down, out of resources.
    public static boolean isOutage(Throwable failure) {
        return hasCause(failure, SQLTransientConnectionException.class::isInstance)
                || hasState(failure, Database::isOutage);
    }

    /// Whether what was tried is not at fault, and may succeed at another time: an outage; a lock that others hold, a
    /// deadlock with them, a statement that was cancelled, a database that is read-only for now.
    public static boolean isPassing(Throwable failure) {
        return isOutage(failure)
                || hasState(failure, state -> PASSING.stream().anyMatch(state::startsWith));
    }

    private static boolean isOutage(String state) {
        return state.startsWith("08") || state.startsWith("57P") || state.startsWith("53");
    }

    private static boolean hasState(Throwable failure, Predicate<String> states) {
        return hasCause(
                failure,
                cause ->
                        cause instanceof SQLException sql
                                && sql.getSQLState() != null
                                && states.test(sql.getSQLState()));
    }

    private static boolean hasCause(Throwable failure, Predicate<Throwable> wanted) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause).anyMatch(wanted);
    }

    /// What the embedded database refuses, the operator of another one may have reasons for.
    private void warnOfLoss() {
        try (Connection connection = pool.getConnection()) {
            List<String> faults = Durability.faults(connection);
            if (!faults.isEmpty()) {
                LOG.warn(
                        "the database forgets what it committed when its machine fails ({}): what"
                                + " is shown as saved may be lost",
                        String.join(", ", faults));
            }
        } catch (SQLException e) {
            LOG.warn("whether the database is durable could not be seen", e);
        }
    }

    private static HikariDataSource pool(DatabaseAddress address, String moreSessionSql) {
        var config = new HikariConfig();
        config.setPoolName("database");
        config.setJdbcUrl(address.jdbcUrl());
        config.setUsername(address.user());
        config.setPassword(address.password());
        config.setMaximumPoolSize(CONNECTIONS_MAX);
        config.setMinimumIdle(CONNECTIONS_MIN);
        config.setConnectionTimeout(CONNECTION_WAIT.toMillis());
        // One that ends while we start, and is started anew, is waited for.
        config.setInitializationFailTimeout(FIRST_CONNECTION_WAIT.toMillis());
        config.setConnectionInitSql(SESSION_SETTINGS + moreSessionSql);
        config.addDataSourceProperty("ApplicationName", "coursewire");
        config.addDataSourceProperty("connectTimeout", "5");
        // Longer than any statement may take: only a dead network is silent for so long.
        config.addDataSourceProperty("socketTimeout", "300");
        config.addDataSourceProperty("tcpKeepAlive", "true");
        // What was a standby for a while, or set to be, may be so no more on a new connection.
        config.setExceptionOverride(new LeaveReadOnly());
        // Its messages would quote the rows at fault into our log.
        config.addDataSourceProperty("logServerErrorDetail", "false");
        return new HikariDataSource(config);
    }

    /// A database that is still starting is waited for; one that says no is not asked again.
    private static void awaitServer(DatabaseAddress address) {
        Instant end = Instant.now().plus(FIRST_CONNECTION_WAIT);
        while (true) {
            try (Connection connection = address.connect()) {
                check(connection, address);
                return;
            } catch (SQLException e) {
                if (!isOutage(e) || Instant.now().isAfter(end)) {
                    throw unreachable(address, e);
                }
                LockSupport.parkNanos(FIRST_CONNECTION_PAUSE.toNanos());
            }
        }
    }

    private static void check(Connection connection, DatabaseAddress address) throws SQLException {
        int version = connection.getMetaData().getDatabaseMajorVersion();
        if (version < MAJOR_VERSION_MIN) {
            throw new CannotStart(
                    "The database %s is PostgreSQL %d; Coursewire needs %d or newer."
                            .formatted(address, version, MAJOR_VERSION_MIN));
        }
        String encoding = setting(connection, "server_encoding");
        if (!encoding.equals("UTF8")) {
            throw new CannotStart(
                    ("The database %s stores text as %s; make one with CREATE DATABASE ..."
                                    + " ENCODING 'UTF8' TEMPLATE template0.")
                            .formatted(address, encoding));
        }
        if (setting(connection, "transaction_read_only").equals("on")) {
            throw new CannotStart(
                    "The database %s is read-only: it is a standby, or default_transaction_read_only is on for it or its account. Give Coursewire one that it can write to."
                            .formatted(address));
        }
    }

    private static String setting(Connection connection, String name) throws SQLException {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery("SHOW " + name)) {
            row.next();
            return row.getString(1);
        }
    }

    private static CannotStart unreachable(DatabaseAddress address, SQLException cause) {
        return new CannotStart(
                "The database %s cannot be used: %s. Check the database URL, user and password."
                        .formatted(address, withoutStop(cause.getMessage())),
                cause);
    }

    // The driver writes whole sentences, the server does not.
    private static String withoutStop(String message) {
        return message.endsWith(".") ? message.substring(0, message.length() - 1) : message;
    }

    private static Jdbi jdbi(HikariDataSource pool) {
        return Jdbi.create(new Shares(pool, CONNECTION_WAIT))
                // A failed statement is logged; the values bound to it are people's data and
                // secrets.
                .configure(
                        StatementExceptions.class,
                        messages -> messages.setMessageRendering(MessageRendering.NONE))
                .registerArgument(new BinaryArrays());
    }
}
