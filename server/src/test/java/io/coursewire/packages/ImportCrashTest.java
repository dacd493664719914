package io.coursewire.packages;

import static io.coursewire.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.coursewire.storage.TestDatabase;
import java.io.IOException;
import java.nio.file.Path;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// An import whose process is killed leaves nothing once another process has started on the data folder.
@Tag("slow")
class ImportCrashTest {

    @RegisterExtension static final TestDatabase db = TestDatabase.migrated();
    @TempDir Path data;

    /// The process that is killed: imports what it reads from its standard input.
    static final class Child {
        public static void main(String[] arguments) {
            var jdbi = Jdbi.create(arguments[0], arguments[1], arguments[2]);
            var imports = new ImportFixture(jdbi, Path.of(arguments[3]));
            imports.bring(imports.client("acme"), System.in, new ImportTarget.SameManifest());
        }
    }

    @Test
    void a_process_killed_while_it_receives_leaves_nothing() throws Exception {
        var imports = new ImportFixture(db.jdbi(), data);
        var before = imports.rows();
        byte[] zip = Manifests.course().bytes();
        var child = start();
        try {
            child.getOutputStream().write(zip, 0, zip.length / 2);
            child.getOutputStream().flush();
            await(() -> !imports.stagedFiles().isEmpty());
            imports.importPackage.takeBackAbandoned();
            assertThat(imports.stagedFiles()).as("it still lives").isNotEmpty();
        } finally {
            child.destroyForcibly().waitFor();
        }
        imports.importPackage.takeBackAbandoned();
        assertThat(imports.stagedFiles()).isEmpty();
        assertThat(imports.rows()).isEqualTo(before);
    }

    @Test
    void a_process_killed_in_its_transaction_leaves_nothing() throws Exception {
        var imports = new ImportFixture(db.jdbi(), data);
        var before = imports.rows();
        var child = start();
        try (var blocking = db.jdbi().open()) {
            blocking.begin();
            blocking.execute("LOCK TABLE package_version");
            try (var to = child.getOutputStream()) {
                to.write(Manifests.course().bytes());
            }
            await(() -> imports.storedFiles().size() == 2);
            child.destroyForcibly().waitFor();
            blocking.rollback();
        } finally {
            child.destroyForcibly().waitFor();
        }
        imports.importPackage.takeBackAbandoned();
        assertThat(imports.storedFiles()).isEmpty();
        assertThat(imports.stagedFiles()).isEmpty();
        assertThat(imports.rows()).isEqualTo(before);
        assertThat(imports.bring(imports.client("acme"), Manifests.course()).version())
                .isEqualTo(1);
    }

    private Process start() throws IOException {
        var classPath =
                System.getProperty(
                        "surefire.test.class.path", System.getProperty("java.class.path"));
        var address = db.address();
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-cp",
                        classPath,
                        Child.class.getName(),
                        address.jdbcUrl(),
                        address.user(),
                        address.password(),
                        data.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }
}
