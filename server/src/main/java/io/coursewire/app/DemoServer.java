package io.coursewire.app;

import io.coursewire.kernel.CannotStart;
import io.coursewire.kernel.PrivateFile;
import io.coursewire.kernel.SecretKey;
import io.coursewire.storage.Database;
import io.coursewire.storage.EmbeddedServer;
import io.coursewire.storage.Migrations;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/// The real server on a database of its own, for a demo. It alone may send webhooks to this machine.
final class DemoServer implements AutoCloseable {
    private static final String LOOPBACK = "127.0.0.0/8";

    private final EmbeddedServer embedded;
    private final Database database;
    private final Coursewire coursewire;
    private final String adminKey;

    private DemoServer(EmbeddedServer embedded, Database database, Path folder, Ports ports)
            throws IOException {
        this.embedded = embedded;
        this.database = database;
        this.coursewire = Coursewire.start(settings(folder, ports), database, secretKey(folder));
        this.adminKey = PrivateFile.readOrCreate(folder.resolve("demo-key"), this::firstKey);
    }

    /// 0 is any free port.
    record Ports(int api, int content) {}

    static DemoServer start(Path folder, Ports ports) throws IOException {
        var embedded = EmbeddedServer.start(folder);
        Migrations.apply(embedded.address());
        return new DemoServer(embedded, Database.open(embedded.address()), folder, ports);
    }

    String apiUrl() {
        return coursewire.apiUrl();
    }

    String contentUrl() {
        return coursewire.contentUrl();
    }

    String adminKey() {
        return adminKey;
    }

    @Override
    public void close() {
        coursewire.close();
        database.close();
        embedded.close();
    }

    private String firstKey() {
        return coursewire
                .apiKeys()
                .makeFirstAdminKey()
                .orElseThrow(
                        () ->
                                new CannotStart(
                                        "This data folder is a server's. Give the demo one of its own with --data-dir, or leave that out."));
    }

    private static Settings settings(Path folder, Ports ports) {
        return new Settings(
                "127.0.0.1",
                ports.api(),
                ports.content(),
                Optional.empty(),
                Optional.empty(),
                folder,
                Optional.empty(),
                List.of(LOOPBACK),
                List.of());
    }

    private static SecretKey secretKey(Path folder) throws IOException {
        var text =
                PrivateFile.readOrCreate(
                        folder.resolve("secret-key"),
                        () -> Base64.getEncoder().encodeToString(SecretKey.random()));
        return SecretKey.of(Base64.getDecoder().decode(text));
    }
}
