package io.coursewire.e2e.conformance;

import io.coursewire.app.Main;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// The product as a process of its own, with a data folder that goes with it.
record Server(Process process, Path folder, URI api) implements AutoCloseable {
    static final String ADMIN_KEY = "conformance-admin-key-of-this-run";

    private static final long STOP_SECONDS = 30;

    static Server start() throws IOException {
        var folder = Files.createTempDirectory("coursewire-conformance");
        var builder =
                new ProcessBuilder(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "--enable-native-access=ALL-UNNAMED",
                                "-cp",
                                System.getProperty("java.class.path"),
                                Main.class.getName(),
                                "serve",
                                "--port",
                                "0",
                                "--content-port",
                                "0",
                                "--data-dir",
                                folder.resolve("data").toString()));
        builder.environment().put("COURSEWIRE_ADMIN_KEY", ADMIN_KEY);
        builder.redirectError(folder.resolve("server.log").toFile());
        var process = builder.start();
        var out =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        var ready = String.valueOf(out.readLine());
        if (!ready.startsWith("ready api=")) {
            throw new IllegalStateException(
                    "The server did not start; " + folder.resolve("server.log") + " says why.");
        }
        return new Server(
                process, folder, URI.create(ready.substring("ready api=".length()).split(" ")[0]));
    }

    @Override
    public void close() throws IOException {
        process.destroy();
        try {
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        try (var files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
        }
    }
}
