package io.coursewire.storage;

import io.coursewire.kernel.CannotStart;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A running PostgreSQL server: ours from start to stop, or one that an earlier process left behind.
final class Postmaster {
    static final Duration FAST_STOP_MAX = Duration.ofSeconds(20);
    static final Duration IMMEDIATE_STOP_MAX = Duration.ofSeconds(10);

    /// After a crash the server first repeats what its log holds, at most about `max_wal_size`.
    static final Duration START_MAX = Duration.ofMinutes(5);

    static final int PORT_TRIES_MAX = 5;
    private static final int LOG_LINES_SHOWN = 5;
    private static final long POLL_MILLIS = 5;
    private static final Logger LOG = LoggerFactory.getLogger(Postmaster.class);

    /// @param dataFolder absolute, as it is part of how an orphan is recognised
    record Place(PostgresSoftware software, PostgresAccount account, Path dataFolder, Path log) {}

    private final ProcessHandle process;
    private final int port;

    private Postmaster(ProcessHandle process, int port) {
        this.process = process;
        this.port = port;
    }

    /// Starts a server on a free port of the loopback address and waits until it answers.
    static Postmaster start(Place place, Map<String, String> settings) throws IOException {
        for (int tries = 1; ; tries++) {
            int port = freePort();
            long logStart = Files.exists(place.log()) ? Files.size(place.log()) : 0;
            Process process = launch(place, settings, port);
            if (becomesReady(process, place)) {
                return new Postmaster(process.toHandle(), port);
            }
            String said = logSince(place.log(), logStart);
            // Between choosing the port and taking it another program may have taken it.
            if (tries == PORT_TRIES_MAX || !said.contains("could not bind")) {
                throw new CannotStart(
                        "The embedded database did not start: %s (more in %s)"
                                .formatted(said, place.log()));
            }
        }
    }

    /// One that runs already; stops it properly.
    static void stopOrphan(ProcessHandle process) throws IOException {
        new Postmaster(process, 0).stop();
    }

    int port() {
        return port;
    }

    ProcessHandle process() {
        return process;
    }

    /// Rolls open transactions back, writes everything out, ends. Falls back to a stop that leaves
    /// recovery to the next start.
    void stop() throws IOException {
        signal("INT");
        if (endsWithin(FAST_STOP_MAX)) {
            return;
        }
        LOG.warn("the database server does not stop; stopping it at once");
        signal("QUIT");
        if (!endsWithin(IMMEDIATE_STOP_MAX)) {
            process.destroyForcibly();
            endsWithin(IMMEDIATE_STOP_MAX);
        }
    }

    private void signal(String name) throws IOException {
        ShortCommand.run(
                List.of(
                        "sh",
                        "-c",
                        "kill -" + name + " " + process.pid() + " 2>/dev/null || true"));
    }

    private boolean endsWithin(Duration patience) {
        Instant end = Instant.now().plus(patience);
        while (isRunning()) {
            if (Instant.now().isAfter(end)) {
                return false;
            }
            pause();
        }
        return true;
    }

    /// An orphan whose parent never reaps it keeps its number, but has no arguments any more.
    boolean isRunning() {
        return process.isAlive() && process.info().arguments().isPresent();
    }

    private static void pause() {
        try {
            Thread.sleep(POLL_MILLIS);
        } catch (InterruptedException e) {
            // Stopping the database properly matters more than stopping soon.
        }
    }

    private static Process launch(Place place, Map<String, String> settings, int port)
            throws IOException {
        var arguments = new ArrayList<>(List.of("-D", place.dataFolder().toString()));
        var all = new TreeMap<>(settings);
        all.put("port", Integer.toString(port));
        all.forEach((name, value) -> arguments.addAll(List.of("-c", name + "=" + value)));
        var command = new ArrayList<>(OWN_SESSION);
        command.addAll(
                place.account()
                        .command(
                                place.software().program("postgres"),
                                arguments.toArray(String[]::new)));
        return ShortCommand.clean(new ProcessBuilder(command))
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(place.log().toFile()))
                .start();
    }

    /// Ctrl-C in a terminal reaches every process of its session; the server must outlive us until we
    /// have finished.
    private static final List<String> OWN_SESSION =
            Files.isExecutable(Path.of("/usr/bin/setsid"))
                    ? List.of("/usr/bin/setsid")
                    : List.of("/usr/bin/perl", "-MPOSIX", "-e", "POSIX::setsid(); exec @ARGV");

    private static boolean becomesReady(Process process, Place place) throws IOException {
        Instant end = Instant.now().plus(START_MAX);
        while (Instant.now().isBefore(end)) {
            if (PostmasterFile.read(place.dataFolder())
                    .filter(file -> isReady(file, process))
                    .isPresent()) {
                return true;
            }
            if (ended(process)) {
                return false;
            }
        }
        new Postmaster(process.toHandle(), 0).stop();
        return false;
    }

    private static boolean isReady(PostmasterFile file, Process process) {
        return file.isReady() && file.pid().filter(pid -> pid == process.pid()).isPresent();
    }

    private static boolean ended(Process process) throws IOException {
        try {
            return process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            process.destroy();
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
        byte[] all = Files.readAllBytes(log);
        int from = (int) Math.min(position, all.length);
        List<String> lines = new String(all, from, all.length - from).lines().toList();
        return String.join(
                " ", lines.subList(Math.max(0, lines.size() - LOG_LINES_SHOWN), lines.size()));
    }
}
