package io.coursewire.app;

import io.coursewire.app.settings.Configuration;
import io.coursewire.app.settings.Endpoints;
import io.coursewire.app.settings.Settings;
import io.coursewire.kernel.CannotStart;
import io.coursewire.kernel.PrivateFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// The real server on an embedded database, for a demo. It may send webhooks to this machine, which others
/// may not.
record DemoServer(String apiUrl, String contentUrl, String adminKey) {
    private static final String LOOPBACK = "127.0.0.0/8";

    /// 0 is any free port.
    record Ports(int api, int content) {}

    /// Stopped with the other parts. The admin key stays in the folder, for the next demo in it.
    static DemoServer start(Path folder, Ports ports, Parts parts) throws IOException {
        var configuration =
                new Configuration(settings(folder, ports), Optional.empty(), Optional.empty());
        var started = parts.add("server", new Node(configuration)).start();
        var key =
                PrivateFile.readOrCreate(
                        folder.resolve("demo-key"),
                        () -> started.newAdminKey().orElseThrow(DemoServer::foreign));
        return new DemoServer(started.server().apiUrl(), started.server().contentUrl(), key);
    }

    private static CannotStart foreign() {
        return new CannotStart(
                "This data folder is a server's. Give the demo one of its own with --data-dir, or leave that out.");
    }

    private static Settings settings(Path folder, Ports ports) {
        var endpoints = Endpoints.local(ports.api(), ports.content());
        return Settings.of(endpoints, folder, List.of(LOOPBACK));
    }
}
