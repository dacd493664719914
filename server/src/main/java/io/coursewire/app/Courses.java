package io.coursewire.app;

import io.coursewire.app.settings.Settings;
import io.coursewire.catalog.Client;
import io.coursewire.catalog.Clients;
import io.coursewire.kernel.Page;
import io.coursewire.kernel.SecretKey;
import io.coursewire.packages.ContentFiles;
import io.coursewire.packages.ImportPackage;
import io.coursewire.packages.PackageLimits;
import io.coursewire.packages.content.ContentKeys;
import io.coursewire.packages.content.ContentStore;
import io.coursewire.packages.content.Staging;
import io.coursewire.runtime.content.ClientOrigins;
import io.coursewire.runtime.content.CourseFiles;
import io.coursewire.webhooks.watch.Alerts;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The courses of one server: what brings them in, and what serves their files.
final class Courses {
    private static final Logger LOG = LoggerFactory.getLogger(Courses.class);

    final ImportPackage importPackage;
    final CourseFiles files;
    final ClientOrigins origins;

    Courses(Settings settings, Jdbi jdbi, SecretKey key, Clock clock) {
        Path dataDir = settings.dataDir();
        var store = new ContentStore(dataDir);
        importPackage =
                new ImportPackage(
                        jdbi,
                        new ImportPackage.PackageFolders(new Staging(dataDir), store),
                        new ContentKeys(key.mac("content keys", new byte[0])),
                        PackageLimits.DEFAULT,
                        clock);
        importPackage.takeBackAbandoned();
        origins = new ClientOrigins(settings.endpoints().contentUrl());
        files = new CourseFiles(new ContentFiles(jdbi), store, origins);
    }

    /// Tells the log of each client whose links can lead nowhere, as it was made before there was an origin per client.
    void warnOfDeadLinks(Clients clients) {
        var next = Optional.of("").filter(_ -> origins.arePerClient());
        while (next.isPresent()) {
            var page = clients.list(Page.LIMIT_MAX, next.filter(cursor -> !cursor.isEmpty()));
            page.items().stream()
                    .map(Client::id)
                    .filter(id -> !origins.canBeOf(id) && !id.equals(Alerts.OPERATOR))
                    .forEach(
                            id ->
                                    LOG.warn(
                                            "links to the courses of the client {} lead nowhere: content-url makes its id a part of a host's name, which it cannot be",
                                            id));
            next = page.nextCursor();
        }
    }
}
