package io.coursewire.packages;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.coursewire.kernel.ClientId;
import io.coursewire.packages.scorm12.ReadScorm12;
import io.coursewire.packages.xml.ReadXml;
import io.coursewire.packages.zip.ZipArchive;
import io.coursewire.storage.TestDatabase;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// Whatever is done to a package, it comes in or it is refused, and what is refused leaves nothing.
class DamagedPackagesTest {
    private static final long SEED = 20_261_124;
    private static final int ROUNDS = Boolean.getBoolean("coursewire.long") ? 100_000 : 3_000;
    private static final int IMPORTS = 150;

    @RegisterExtension static final TestDatabase db = TestDatabase.migrated();

    @TempDir Path folder;
    private final Random random = new Random(SEED);
    private final byte[] sound = sound();

    private static byte[] sound() {
        return Manifests.course()
                .file("ünicode.txt", "text")
                .file("a/b/c.js", "var x = 1;".repeat(50))
                .folder("empty/")
                .bytes();
    }

    @Test
    void a_damaged_package_is_read_or_refused() throws IOException {
        int refusals = 0;
        for (int round = 0; round < ROUNDS; round++) {
            var file = Files.write(folder.resolve("x.zip"), damaged());
            refusals += isRefused(file, round) ? 1 : 0;
        }
        assertThat(refusals).isGreaterThan(ROUNDS / 2);
    }

    private boolean isRefused(Path file, int round) throws IOException {
        var warnings = new Warnings();
        try (var archive = ZipArchive.open(file, PackageLimits.DEFAULT, warnings)) {
            var read = new ReadPackage(archive, warnings).read();
            for (var entry : read.files().entries().values()) {
                try (var from = archive.open(entry)) {
                    from.readAllBytes();
                }
            }
            return false;
        } catch (PackageRefused refused) {
            assertThat(refused.getMessage()).as("round %d", round).isNotBlank();
            return true;
        } catch (RuntimeException | IOException e) {
            throw new AssertionError("round " + round + " of seed " + SEED, e);
        }
    }

    /// Some bits turned, a piece cut off, overwritten or doubled.
    private byte[] damaged() {
        byte[] bytes = sound.clone();
        int at = random.nextInt(bytes.length);
        int length = random.nextInt(Math.min(40, bytes.length - at) + 1);
        switch (random.nextInt(5)) {
            case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
            case 1 -> {
                for (int n = 0; n <= random.nextInt(10); n++) {
                    bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
                }
            }
            case 2 -> bytes = Arrays.copyOf(bytes, at);
            case 3 -> Arrays.fill(bytes, at, at + length, (byte) -random.nextInt(2));
            default -> {
                byte[] longer = Arrays.copyOf(bytes, bytes.length + length);
                System.arraycopy(bytes, at, longer, at + length, bytes.length - at);
                bytes = longer;
            }
        }
        return bytes;
    }

    @Test
    void a_damaged_manifest_is_read_or_refused() {
        byte[] manifest = Manifests.single().getBytes(UTF_8);
        for (int round = 0; round < ROUNDS; round++) {
            byte[] bytes = manifest.clone();
            for (int n = 0; n <= random.nextInt(3); n++) {
                bytes[random.nextInt(bytes.length)] = (byte) (32 + random.nextInt(95));
            }
            var warnings = new Warnings();
            try {
                var root = ReadXml.read(bytes, "imsmanifest.xml", warnings);
                var files = PackageFiles.of(List.of());
                ReadScorm12.read(root, new ResolveHref(files, warnings), warnings);
            } catch (PackageRefused refused) {
                assertThat(refused.getMessage()).isNotBlank();
            } catch (RuntimeException e) {
                throw new AssertionError("round " + round + " of seed " + SEED, e);
            }
        }
    }

    @Test
    void a_refused_package_leaves_nothing_whatever_is_wrong_with_it() {
        var imports = new ImportFixture(db.jdbi(), folder);
        var client = imports.client("acme");
        int refusals = 0;
        for (int round = 0; round < IMPORTS; round++) {
            byte[] bytes = damaged();
            var before = imports.rows();
            int files = imports.storedFiles().size();
            if (isRefused(imports, client, bytes)) {
                refusals++;
                assertThat(imports.rows()).as("round %d", round).isEqualTo(before);
                assertThat(imports.storedFiles()).as("round %d", round).hasSize(files);
            }
            assertThat(imports.stagedFiles()).as("round %d", round).isEmpty();
        }
        assertThat(refusals).isBetween(1, IMPORTS - 1);
    }

    private static boolean isRefused(ImportFixture imports, ClientId client, byte[] bytes) {
        try {
            imports.bring(client, new ByteArrayInputStream(bytes), new ImportTarget.SameManifest());
            return false;
        } catch (PackageRefused refused) {
            return true;
        }
    }
}
