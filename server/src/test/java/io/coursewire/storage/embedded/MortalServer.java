package io.coursewire.storage.embedded;

import io.coursewire.storage.DatabaseAddress;
import java.io.IOException;
import java.nio.file.Path;

/// A durable server of a test's own, which may be killed, and is started anew like that of the product.
public final class MortalServer implements AutoCloseable {
    private final Path dataFolder;
    private final EmbeddedServer server;

    private MortalServer(Path dataFolder, EmbeddedServer server) {
        this.dataFolder = dataFolder;
        this.server = server;
    }

    /// `dataFolder` is empty.
    public static MortalServer start(Path dataFolder) throws IOException {
        PreparedFolder.copyTo(dataFolder);
        return new MortalServer(dataFolder, EmbeddedServer.start(dataFolder));
    }

    public DatabaseAddress address() {
        return server.address();
    }

    /// kill -9 of the process that all others belong to; returns when it is dead.
    public void kill() {
        ProcessHandle process = server.process();
        process.destroyForcibly();
        process.onExit().join();
    }

    /// kill -9 of one process: the server then ends all connections, and recovers as after a crash.
    public static void killBackend(long pid) throws IOException {
        ShortCommand.run(java.util.List.of("sh", "-c", "kill -9 " + pid));
    }

    @Override
    public void close() throws IOException {
        server.close();
        PreparedFolder.takeBack(dataFolder);
    }
}
