package io.coursewire.app;

import io.coursewire.api.keys.ApiKeys;
import io.coursewire.app.settings.Configuration;
import io.coursewire.app.settings.Settings;
import io.coursewire.app.tracing.Traces;
import io.coursewire.kernel.CannotStart;
import io.coursewire.kernel.PrivateFile;
import io.coursewire.storage.Database;
import io.coursewire.storage.DatabaseAddress;
import io.coursewire.storage.Migrations;
import io.coursewire.storage.embedded.EmbeddedServer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A node: its database, its secret key and its server, started one after the other and stopped in reverse
/// order. May be closed at any time, also while it starts.
public final class Node implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Node.class);

    private final Configuration configuration;
    private final Parts parts = new Parts();

    Node(Configuration configuration) {
        this.configuration = configuration;
    }

    /// What a node that has started answers to.
    ///
    /// @param newAdminKey made by this start, as there was none; to be shown this once
    public record Started(Coursewire server, Optional<String> newAdminKey) {
        /// Without the key.
        @Override
        public String toString() {
            return server.apiUrl();
        }
    }

    /// Accepts requests when it returns. Throws CannotStart with what to do about it, nothing left running.
    Started start() {
        try {
            return startParts();
        } catch (IOException e) {
            close();
            throw CannotStart.on(configuration.settings().dataDir(), e);
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /// Takes no more requests, finishes those in progress, stops delivering, then stops the database.
    @Override
    public void close() {
        parts.close();
    }

    private Started startParts() throws IOException {
        Settings settings = configuration.settings();
        LoadEarly.begin();
        Path dataFolder = PrivateFile.folder(settings.dataDir());
        DatabaseAddress address = settings.database().orElseGet(() -> embedded(dataFolder));
        LOG.info(
                "database: {}",
                settings.database().isPresent() ? address : "embedded PostgreSQL in " + dataFolder);
        Database database = parts.add("pool", Database.open(address));
        Migrations.apply(address);
        var key =
                new OpenSecretKey(database.jdbi(), Clock.systemUTC(), dataFolder)
                        .open(configuration.secretKey());
        var server =
                parts.add(
                        "server",
                        Coursewire.start(settings, database, key, Traces.of(System.getenv())));
        return new Started(server, adminKey(server.apiKeys()));
    }

    private DatabaseAddress embedded(Path dataFolder) {
        return parts.add("embedded database", EmbeddedServer.start(dataFolder)).address();
    }

    private Optional<String> adminKey(ApiKeys keys) {
        configuration.adminKey().ifPresent(keys::useAdminKey);
        return configuration.adminKey().isPresent() ? Optional.empty() : keys.makeFirstAdminKey();
    }
}
