package io.coursewire.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coursewire.kernel.CannotStart;
import io.coursewire.kernel.SecretKey;
import io.coursewire.storage.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class OpenSecretKeyTest {
    @RegisterExtension static final TestDatabase db = TestDatabase.migrated();

    @TempDir Path folder;
    @TempDir Path otherFolder;

    @BeforeEach
    void forget() {
        db.jdbi().useHandle(h -> h.execute("DELETE FROM secret_key"));
    }

    @Test
    void the_first_start_makes_a_key_that_the_next_finds() throws IOException {
        var first = open(folder, Optional.empty());
        assertThat(open(folder, Optional.empty()).fingerprint()).isEqualTo(first.fingerprint());
        assertThat(
                        PosixFilePermissions.toString(
                                Files.getPosixFilePermissions(folder.resolve("secret-key"))))
                .isEqualTo("rw-------");
    }

    @Test
    void a_node_with_another_key_is_refused_and_told_both_fingerprints() throws IOException {
        var first = open(folder, Optional.empty());
        var other = SecretKey.of(SecretKey.random());
        assertThatThrownBy(() -> open(otherFolder, Optional.of(other)))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining(other.fingerprint())
                .hasMessageContaining(first.fingerprint())
                .hasMessageContaining("COURSEWIRE_SECRET_KEY");
    }

    @Test
    void a_node_without_a_key_makes_none_for_a_database_that_has_one() throws IOException {
        open(folder, Optional.empty());
        assertThatThrownBy(() -> open(otherFolder, Optional.empty()))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("has no secret key")
                .hasMessageContaining(otherFolder.resolve("secret-key").toString());
        assertThat(otherFolder).isEmptyDirectory();
    }

    @Test
    void a_given_key_is_used_and_not_written_anywhere() throws IOException {
        var given = SecretKey.of(SecretKey.random());
        assertThat(open(folder, Optional.of(given))).isSameAs(given);
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void a_key_file_that_others_can_read_or_that_is_damaged_is_refused() throws IOException {
        open(folder, Optional.empty());
        Path file = folder.resolve("secret-key");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        assertThatThrownBy(() -> open(folder, Optional.empty()))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("chmod 600 " + file);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        String key = Files.readString(file).strip();
        Files.writeString(file, key.substring(1));
        assertThatThrownBy(() -> open(folder, Optional.empty()))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("is damaged")
                .hasMessageNotContaining(key.substring(1));
    }

    private static SecretKey open(Path folder, Optional<SecretKey> given) throws IOException {
        return new OpenSecretKey(db.jdbi(), Clock.systemUTC(), folder).open(given);
    }
}
