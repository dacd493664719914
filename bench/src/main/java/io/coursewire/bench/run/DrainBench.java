package io.coursewire.bench.run;

import io.coursewire.bench.load.BenchFailed;
import io.coursewire.bench.measure.ProcessUsage;
import io.coursewire.storage.Database;
import io.coursewire.storage.DatabaseAddress;
import io.coursewire.storage.embedded.EmbeddedServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import tools.jackson.databind.node.JsonNodeFactory;

/// Delivers what piled up while a server stood still, and nothing else: how fast, how steadily, and in how much memory;
/// and the same again beside what was delivered before.
final class DrainBench {
    private static final String CLIENT = "drain";
    private static final List<String> JAVA = List.of("-Xmx256m", "-XX:+UseCompactObjectHeaders");
    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final int LOOKS_PER_WINDOW = 10;
    private static final int SILENT_LOOKS_MAX = 60;

    private final Path folder;
    private final Progress progress;
    private final AtomicLong arrived = new AtomicLong();

    DrainBench(Path folder, Progress progress) {
        this.folder = folder;
        this.progress = progress;
    }

    /// @param windows what arrived in each whole window, per second
    record Drained(int events, Duration time, List<Long> windows, long bytesMax) {
        double perSecond() {
            return events * 1e9 / time.toNanos();
        }

        String text() {
            return "%,d webhooks in %,d s: %,.0f per second; windows of %d s from %,d to %,d; memory at most %,d MB"
                    .formatted(
                            events,
                            time.toSeconds(),
                            perSecond(),
                            LOOKS_PER_WINDOW,
                            windows.stream().mapToLong(w -> w).min().orElse(0),
                            windows.stream().mapToLong(w -> w).max().orElse(0),
                            bytesMax / 1_000_000);
        }
    }

    /// With `history` more than none, once without and once with so many delivered before.
    List<Drained> run(int events, int history) throws IOException, InterruptedException {
        progress.begin("starting PostgreSQL");
        try (var postgres = EmbeddedServer.start(folder);
                var receiver = SubscribersServer.start((_, _) -> arrived())) {
            UUID endpoint = subscribe(postgres.address(), receiver.url("/all"));
            var results = new ArrayList<Drained>();
            results.add(drain(postgres.address(), events));
            if (history > 0) {
                progress.begin("writing what was delivered before");
                try (var database = Database.open(postgres.address())) {
                    new BacklogStore(database.jdbi(), CLIENT)
                            .addDelivered(history, endpoint, n -> progress.show("%,d rows", n));
                }
                results.add(drain(postgres.address(), events));
            }
            return results;
        }
    }

    private Duration arrived() {
        arrived.incrementAndGet();
        return Duration.ZERO;
    }

    private UUID subscribe(DatabaseAddress database, URI receiver)
            throws IOException, InterruptedException {
        try (var http = HttpClient.newHttpClient();
                var server = Coursewire.start(folder, database, JAVA)) {
            var api =
                    new JsonClient(
                            http, server.api(), List.of("Authorization", "Bearer " + server.key()));
            var nodes = JsonNodeFactory.instance;
            String path = "/api/v1/clients/" + CLIENT;
            api.put(path, nodes.objectNode().put("name", CLIENT).put("defaultLanguage", "en"));
            var webhook = nodes.objectNode().put("url", receiver.toString());
            webhook.putArray("events").add("*");
            return UUID.fromString(api.post(path + "/webhooks", webhook).path("id").asString());
        }
    }

    private Drained drain(DatabaseAddress database, int events)
            throws IOException, InterruptedException {
        progress.begin("writing the backlog");
        try (var pool = Database.open(database)) {
            new BacklogStore(pool.jdbi(), CLIENT)
                    .addUndelivered(events, n -> progress.show("%,d events", n));
            pool.jdbi().useHandle(db -> db.execute("ANALYZE"));
            pool.jdbi().useHandle(db -> db.execute("CHECKPOINT"));
        }
        arrived.set(0);
        progress.begin("delivering");
        try (var server = Coursewire.start(folder, database, JAVA)) {
            return watch(server, events);
        }
    }

    private Drained watch(Coursewire server, int events) throws InterruptedException {
        long startNanos = System.nanoTime();
        long bytesMax = 0;
        long windowStart = 0;
        var windows = new ArrayList<Long>();
        int silent = 0;
        for (int look = 1; arrived.get() < events; look++) {
            long before = arrived.get();
            Thread.sleep(LOOK);
            silent = arrived.get() == before ? silent + 1 : 0;
            if (silent > SILENT_LOOKS_MAX) {
                throw new BenchFailed("only %,d of %,d arrived".formatted(before, events));
            }
            bytesMax = Math.max(bytesMax, ProcessUsage.bytes(server.process().handle()));
            if (look % LOOKS_PER_WINDOW == 0) {
                windows.add((arrived.get() - windowStart) / LOOKS_PER_WINDOW);
                windowStart = arrived.get();
            }
            progress.show("%,d of %,d", arrived.get(), events);
        }
        return new Drained(
                events, Duration.ofNanos(System.nanoTime() - startNanos), windows, bytesMax);
    }
}
