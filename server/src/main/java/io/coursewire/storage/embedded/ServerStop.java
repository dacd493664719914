package io.coursewire.storage.embedded;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Stops a PostgreSQL server, ours or one that a killed process left behind.
final class ServerStop {
    static final Duration FAST_MAX = Duration.ofSeconds(20);
    static final Duration IMMEDIATE_MAX = Duration.ofSeconds(10);
    private static final Duration POLL = Duration.ofMillis(5);
    private static final Logger LOG = LoggerFactory.getLogger(ServerStop.class);

    private ServerStop() {}

    /// The server rolls open transactions back, writes everything out and ends; if it does not, it is stopped
    /// so that the next start repeats its log.
    static void stop(ProcessHandle server) throws IOException {
        if (!isRunning(server)) {
            return;
        }
        signal(server, "INT");
        if (ends(server, FAST_MAX)) {
            return;
        }
        LOG.warn("the database server does not stop within {}, ending it at once", FAST_MAX);
        signal(server, "QUIT");
        if (!ends(server, IMMEDIATE_MAX)) {
            server.destroyForcibly();
            ends(server, IMMEDIATE_MAX);
        }
    }

    /// Makes room for a new server on a data folder: never takes a running one over.
    static void stopOrphan(Path dataFolder) throws IOException {
        Optional<PostmasterFile> file = PostmasterFile.read(dataFolder);
        Optional<ProcessHandle> server = file.flatMap(PostmasterFile::liveServer);
        if (server.isPresent()) {
            LOG.warn(
                    "an earlier process left its database server (process {}) behind, stopping it",
                    server.get().pid());
            stop(server.get());
        } else if (file.isPresent()) {
            file.get().makeStale();
        }
    }

    private static void signal(ProcessHandle server, String name) throws IOException {
        // CONT wakes one that someone has frozen. One that has ended meanwhile is what we want.
        ShortCommand.run(
                List.of(
                        "sh",
                        "-c",
                        "kill -%s %d && kill -CONT %d; true"
                                .formatted(name, server.pid(), server.pid())));
    }

    private static boolean ends(ProcessHandle server, Duration patience) {
        Instant end = Instant.now().plus(patience);
        while (isRunning(server)) {
            if (Instant.now().isAfter(end)) {
                return false;
            }
            LockSupport.parkNanos(POLL.toNanos());
        }
        return true;
    }

    /// A process that ended but that nobody reaps keeps its number, but not its arguments.
    private static boolean isRunning(ProcessHandle server) {
        return server.isAlive() && server.info().arguments().isPresent();
    }
}
