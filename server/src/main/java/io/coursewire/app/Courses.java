package io.coursewire.app;

import io.coursewire.app.settings.Settings;
import io.coursewire.kernel.SecretKey;
import io.coursewire.packages.ContentFiles;
import io.coursewire.packages.ImportPackage;
import io.coursewire.packages.PackageLimits;
import io.coursewire.packages.content.ContentKeys;
import io.coursewire.packages.content.ContentStore;
import io.coursewire.packages.content.Staging;
import io.coursewire.runtime.content.ClientOrigins;
import io.coursewire.runtime.content.CourseFiles;
import java.nio.file.Path;
import java.time.Clock;
import org.jdbi.v3.core.Jdbi;

/// The courses of one server: what brings them in, and what serves their files.
final class Courses {
    final ImportPackage importPackage;
    final CourseFiles files;

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
        files =
                new CourseFiles(
                        new ContentFiles(jdbi),
                        store,
                        new ClientOrigins(settings.endpoints().contentUrl()));
    }
}
