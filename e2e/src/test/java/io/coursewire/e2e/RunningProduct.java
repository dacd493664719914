package io.coursewire.e2e;

import io.coursewire.ChildJvm;
import io.coursewire.app.Main;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// `coursewire serve` as a process with a data folder of its own, on free ports that it keeps when it is started again.
final class RunningProduct implements AutoCloseable {
    static final String ADMIN_KEY = "e2e-admin-key-of-this-test-run";

    private static final Pattern READY = Pattern.compile("ready api=(\\S+) content=(\\S+)");

    private final Path folder;
    private ChildJvm server;
    private URI api;
    private URI content;

    private RunningProduct(Path folder) {
        this.folder = folder;
    }

    static RunningProduct start() {
        try {
            var product = new RunningProduct(Files.createTempDirectory("coursewire-e2e"));
            product.serve(0, 0);
            return product;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    URI api() {
        return api;
    }

    /// kill -9.
    void kill() throws InterruptedException {
        server.kill();
    }

    void startAgain() throws IOException {
        serve(api.getPort(), content.getPort());
    }

    @Override
    public void close() throws IOException {
        terminate();
        try (var files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
        }
    }

    private void serve(int port, int contentPort) throws IOException {
        server =
                ChildJvm.start(
                        List.of(),
                        Map.of(
                                "COURSEWIRE_ADMIN_KEY",
                                ADMIN_KEY,
                                "COURSEWIRE_ALLOW_TARGETS",
                                "127.0.0.0/8"),
                        Main.class,
                        "serve",
                        "--port",
                        Integer.toString(port),
                        "--content-port",
                        Integer.toString(contentPort),
                        "--data-dir",
                        folder.toString());
        var ready = READY.matcher(String.valueOf(server.nextLine()));
        if (!ready.matches()) {
            throw new IllegalStateException(
                    "The server did not start; its standard error says why.");
        }
        api = URI.create(ready.group(1));
        content = URI.create(ready.group(2));
    }

    private void terminate() {
        try {
            server.terminate();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
