package io.coursewire.storage.embedded;

import io.coursewire.kernel.CannotStart;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.UUID;

/// A PostgreSQL data folder: made once, whole or not at all.
final class PostgresCluster {
    static final String USER = "coursewire";

    private PostgresCluster() {}

    /// Text is compared by code points as UTF-8, by rules that PostgreSQL itself brings: the system's
    /// locales are neither needed nor, when they change, able to damage indexes.
    static void create(Postmaster.Place place, Path passwordFile) throws IOException {
        // A name of its own: the initdb of a process killed halfway may still be writing to its.
        Path part = place.dataFolder().resolveSibling("creating-" + UUID.randomUUID());
        List<String> arguments =
                List.of(
                        "--pgdata=" + part,
                        "--username=" + USER,
                        "--pwfile=" + passwordFile,
                        "--auth=scram-sha-256",
                        // The password is random: iterations would only slow each connection down.
                        "--set=scram_iterations=1",
                        "--encoding=UTF8",
                        "--locale-provider=builtin",
                        "--builtin-locale=C.UTF-8",
                        "--locale=C",
                        "--data-checksums",
                        "--no-instructions");
        var made =
                ShortCommand.run(
                        place.account().command(place.software().program("initdb"), arguments));
        if (!made.succeeded()) {
            throw new CannotStart("The embedded database could not be made: " + made.output());
        }
        Files.move(part, place.dataFolder(), StandardCopyOption.ATOMIC_MOVE);
    }

    static boolean exists(Path dataFolder) {
        return Files.exists(dataFolder.resolve("PG_VERSION"));
    }

    /// Throws CannotStart when another major version made the data folder: PostgreSQL cannot read it.
    static void checkVersion(Path dataFolder) throws IOException {
        String version = Files.readString(dataFolder.resolve("PG_VERSION")).strip();
        if (!version.equals(Integer.toString(PostgresSoftware.MAJOR_VERSION))) {
            throw new CannotStart(
                    ("The data in %s was made by PostgreSQL %s, but this Coursewire brings PostgreSQL %d, which cannot read"
                                    + " it. Nothing was changed. Start the Coursewire that made it, copy its database with"
                                    + " pg_dump, and bring that into a new data folder; docs/guides/go-to-production.md tells how.")
                            .formatted(dataFolder, version, PostgresSoftware.MAJOR_VERSION));
        }
    }
}
