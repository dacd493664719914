package io.coursewire.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class PrivateFileTest {
    @TempDir Path folder;

    @Test
    void nodes_that_make_a_file_at_once_all_have_the_first_one_s_line() throws Exception {
        int nodes = 8;
        var file = folder.resolve("secret-key");
        var all = new CyclicBarrier(nodes);
        try (var threads = Executors.newFixedThreadPool(nodes)) {
            var lines =
                    threads.invokeAll(
                            IntStream.range(0, nodes)
                                    .<Callable<String>>mapToObj(node -> () -> made(file, all, node))
                                    .toList());
            for (var line : lines) {
                assertThat(line.get()).isEqualTo(Files.readString(file).strip());
            }
        }
        assertThat(folder.toFile().list()).containsExactly("secret-key");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    private static String made(Path file, CyclicBarrier all, int node) throws IOException {
        return PrivateFile.readOrCreate(
                file,
                () -> {
                    try {
                        all.await();
                    } catch (Exception e) {
                        throw new IllegalStateException(e);
                    }
                    return "key of " + node;
                });
    }
}
