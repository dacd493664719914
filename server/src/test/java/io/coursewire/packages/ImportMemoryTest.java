package io.coursewire.packages;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.coursewire.storage.TestDatabase;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// An import needs the same memory for a large package as for a small one: everything that its thread ever
/// allocated is counted, not what happened to be alive.
class ImportMemoryTest {
    private static final boolean LONG = Boolean.getBoolean("coursewire.long");
    private static final int LARGE_MEGABYTES = LONG ? 500 : 48;
    private static final int SMALL_MEGABYTES = 2;
    private static final long DIFFERENCE_BYTES_MAX = 4L << 20;

    @RegisterExtension static final TestDatabase db = TestDatabase.migrated();
    @TempDir Path folder;

    @Test
    void memory_does_not_grow_with_the_package() throws IOException {
        allocatedFor(1);
        long small = allocatedFor(SMALL_MEGABYTES);
        long large = allocatedFor(LARGE_MEGABYTES);
        assertThat(large - small).isLessThan(DIFFERENCE_BYTES_MAX);
    }

    private long allocatedFor(int megabytes) throws IOException {
        var imports = new ImportFixture(db.jdbi(), folder.resolve("data-" + megabytes));
        var client = imports.client("acme");
        var file = folder.resolve("x.zip");
        write(file, megabytes);
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        try (var upload = Files.newInputStream(file)) {
            imports.bring(client, upload, new ImportTarget.SameManifest());
        }
        return threads.getCurrentThreadAllocatedBytes() - before;
    }

    private static void write(Path file, int megabytes) throws IOException {
        byte[] noise = new byte[1 << 20];
        new Random(megabytes).nextBytes(noise);
        try (var out = new ZipOutputStream(new BufferedOutputStream(Files.newOutputStream(file)))) {
            out.setLevel(1);
            put(out, "imsmanifest.xml", Manifests.single().getBytes());
            put(out, "index.html", "<p>Hello".getBytes());
            out.putNextEntry(new ZipEntry("clip.mp4"));
            for (int n = 0; n < megabytes; n++) {
                noise[n % noise.length]++;
                out.write(noise);
            }
        }
    }

    private static void put(ZipOutputStream out, String name, byte[] bytes) throws IOException {
        out.putNextEntry(new ZipEntry(name));
        out.write(bytes);
    }
}
