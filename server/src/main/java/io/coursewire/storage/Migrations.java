package io.coursewire.storage;

import io.coursewire.kernel.CannotStart;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.stream.Collectors;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.exception.FlywayValidateException;

/// Brings a database's tables up to this build. Any number of nodes may call it at once: one works,
/// the others wait for it and find nothing left to do.
public final class Migrations {
    /// Any number, as long as it stays: all nodes of all versions must take the same lock.
    private static final long LOCK = 0x636f757273657769L;

    private static final String NOT_ALLOWED = "42501";

    private Migrations() {}

    /// Throws CannotStart when a migration fails or an applied one was changed since.
    public static void apply(DatabaseAddress address) {
        // Connections of its own, as migrating takes as long as it takes; the pool has limits.
        try (Connection lock = address.connect();
                var statement = lock.createStatement()) {
            statement.execute("SELECT pg_advisory_lock(" + LOCK + ")");
            Flyway.configure()
                    .dataSource(address.jdbcUrl(), address.user(), address.password())
                    .locations("classpath:migrations")
                    // By itself it would go on with tables that a newer build has changed.
                    .ignoreMigrationPatterns(new String[0])
                    .load()
                    .migrate();
        } catch (FlywayValidateException e) {
            throw new CannotStart(
                    "The tables of the database %s were made by another build of Coursewire than this one, which does not know them. Start that build again, or give this one a database of its own (%s)."
                            .formatted(address, differences(e)),
                    e);
        } catch (SQLException | FlywayException e) {
            throw new CannotStart(
                    "The tables of the database %s could not be brought up to date: %s."
                            .formatted(address, reason(e, address.user())),
                    e);
        }
    }

    private static String reason(Exception failure, String user) {
        Throwable cause = failure;
        while (!(cause instanceof SQLException) && cause.getCause() != null) {
            cause = cause.getCause();
        }
        if (cause instanceof SQLException refused && NOT_ALLOWED.equals(refused.getSQLState())) {
            return ("%s. The account %s must own its schema and all that is in it. As an administrator of the database"
                            + " run there: ALTER SCHEMA public OWNER TO \"%s\", and ALTER TABLE ... OWNER TO the same for"
                            + " tables that another account has made")
                    .formatted(cause.getMessage(), user, user);
        }
        return cause instanceof SQLException ? cause.getMessage() : failure.getMessage();
    }

    // What Flyway says besides is for those who use it by hand.
    private static String differences(FlywayValidateException refused) {
        return refused.getMessage()
                .lines()
                .map(String::strip)
                .filter(line -> line.startsWith("Migration") || line.startsWith("Detected"))
                .collect(Collectors.joining("; "));
    }
}
