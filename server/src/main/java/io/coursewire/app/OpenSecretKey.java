package io.coursewire.app;

import io.coursewire.app.settings.SecretKeyText;
import io.coursewire.kernel.CannotStart;
import io.coursewire.kernel.InvalidInput;
import io.coursewire.kernel.PrivateFile;
import io.coursewire.kernel.SecretKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;

/// Finds the secret key that a database belongs to, or makes one for a new database. With any other, stored
/// secrets could not be read and launch links of other nodes would be refused.
final class OpenSecretKey {
    private static final String FILE = "secret-key";
    private static final String VARIABLE = "COURSEWIRE_SECRET_KEY";

    private final SecretKeyStore store = new SecretKeyStore();
    private final Jdbi jdbi;
    private final InstantSource clock;
    private final Path file;

    OpenSecretKey(Jdbi jdbi, InstantSource clock, Path dataFolder) {
        this.jdbi = jdbi;
        this.clock = clock;
        this.file = dataFolder.resolve(FILE);
    }

    /// Throws CannotStart when the database belongs to another key.
    SecretKey open(Optional<SecretKey> given) throws IOException {
        if (given.isEmpty() && !Files.exists(file)) {
            jdbi.useHandle(db -> store.fingerprint(db).ifPresent(this::refuseWithout));
        }
        SecretKey key = given.isPresent() ? given.get() : ofFile();
        String bound = bind(key.fingerprint());
        if (!bound.equals(key.fingerprint())) {
            throw new CannotStart(
                    "This node has the secret key with the fingerprint %s (%s), but its database belongs to the one with %s. Give it that one: all nodes of a database have the same."
                            .formatted(key.fingerprint(), source(given), bound));
        }
        return key;
    }

    private String bind(String fingerprint) {
        return jdbi.inTransaction(
                db -> {
                    store.bind(db, fingerprint, clock.instant());
                    return store.fingerprint(db).orElseThrow();
                });
    }

    private SecretKey ofFile() throws IOException {
        try {
            return SecretKeyText.parse(PrivateFile.readOrCreate(file, SecretKeyText::random));
        } catch (InvalidInput e) {
            throw new CannotStart(
                    "%s is damaged: it %s. Put it back from a backup."
                            .formatted(file, e.fields().getFirst().message()));
        }
    }

    private void refuseWithout(String fingerprint) {
        throw new CannotStart(
                "This node has no secret key, but its database belongs to the one with the fingerprint %s. Give it that one, as %s or as the file %s of the node that made it."
                        .formatted(fingerprint, VARIABLE, file));
    }

    private String source(Optional<SecretKey> given) {
        return given.isPresent() ? VARIABLE : file.toString();
    }
}
