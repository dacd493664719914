package io.coursewire.storage.embedded;

import io.coursewire.kernel.CannotStart;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/// A running PostgreSQL server that we started.
final class Postmaster {
    /// After a crash the server first repeats what its log holds, at most about `max_wal_size`.
    static final Duration START_MAX = Duration.ofMinutes(5);

    static final int START_TRIES_MAX = 40;
    private static final Duration START_PAUSE = Duration.ofMillis(250);
    private static final Duration POLL = Duration.ofMillis(5);
    private static final int LOG_LINES_SHOWN = 5;

    /// What passes by itself: another program took the port that was free a moment ago; the processes of a
    /// killed server are still ending; a server that was just starting when its owner was killed.
    private static final List<String> PASSING =
            List.of(
                    "could not bind",
                    "pre-existing shared memory block",
                    "\"postmaster.pid\" already exists");

    /// Ctrl-C in a terminal reaches every process of its session; the server must outlive us until we
    /// have finished.
    private static final List<String> OWN_SESSION =
            Files.isExecutable(Path.of("/usr/bin/setsid"))
                    ? List.of("/usr/bin/setsid")
                    : List.of("perl", "-MPOSIX", "-e", "POSIX::setsid(); exec @ARGV");

    /// @param dataFolder absolute, as an orphan is recognised by it
    record Place(PostgresSoftware software, PostgresAccount account, Path dataFolder, Path log) {}

    private final Process process;
    private final int port;

    private Postmaster(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /// On a free port of the loopback address.
    static Postmaster start(Place place, Map<String, String> settings) throws IOException {
        return start(place, settings, 0);
    }

    /// Returns when the server answers. Stops an earlier server on the folder first. Port 0 is any free one.
    static Postmaster start(Place place, Map<String, String> settings, int port)
            throws IOException {
        String said = "";
        for (int tries = 0; tries < START_TRIES_MAX; tries++) {
            ServerStop.stopOrphan(place.dataFolder());
            long logStart = Files.exists(place.log()) ? Files.size(place.log()) : 0;
            int tried = port == 0 ? freePort() : port;
            Process process = launch(place, settings, tried);
            if (becomesReady(process, place)) {
                return new Postmaster(process, tried);
            }
            said = logSince(place.log(), logStart);
            if (PASSING.stream().noneMatch(said::contains)) {
                break;
            }
            LockSupport.parkNanos(START_PAUSE.toNanos());
        }
        throw new CannotStart(
                "The embedded database did not start: %s (its log: %s)"
                        .formatted(said, place.log()));
    }

    int port() {
        return port;
    }

    ProcessHandle process() {
        return process.toHandle();
    }

    void stop() throws IOException {
        ServerStop.stop(process.toHandle());
        process.onExit().join();
    }

    boolean endsWithin(Duration patience) throws InterruptedException {
        return process.waitFor(patience);
    }

    private static Process launch(Place place, Map<String, String> settings, int port)
            throws IOException {
        // The folder comes first: it is what an orphan is recognised by.
        var arguments = new ArrayList<>(List.of("-D", place.dataFolder().toString()));
        settings.forEach((name, value) -> arguments.addAll(List.of("-c", name + "=" + value)));
        arguments.addAll(List.of("-c", "port=" + port));
        var command = new ArrayList<>(OWN_SESSION);
        command.addAll(place.account().command(place.software().program("postgres"), arguments));
        return ShortCommand.clean(new ProcessBuilder(command))
                .redirectInput(new File("/dev/null"))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(place.log().toFile()))
                .start();
    }

    private static boolean becomesReady(Process process, Place place) throws IOException {
        Instant end = Instant.now().plus(START_MAX);
        while (Instant.now().isBefore(end)) {
            var file = PostmasterFile.read(place.dataFolder());
            if (file.filter(f -> f.isReady() && f.isOf(process)).isPresent()) {
                return true;
            }
            if (ends(process)) {
                return false;
            }
        }
        ServerStop.stop(process.toHandle());
        return false;
    }

    private static boolean ends(Process process) throws IOException {
        try {
            return process.waitFor(POLL);
        } catch (InterruptedException e) {
            ServerStop.stop(process.toHandle());
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while the database server starts", e);
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static String logSince(Path log, long position) throws IOException {
        try (var file = FileChannel.open(log)) {
            file.position(Math.min(position, file.size()));
            var lines = Channels.newReader(file, StandardCharsets.UTF_8).readAllLines();
            return String.join(
                    " ", lines.subList(Math.max(0, lines.size() - LOG_LINES_SHOWN), lines.size()));
        }
    }
}
