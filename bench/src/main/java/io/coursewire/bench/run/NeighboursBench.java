package io.coursewire.bench.run;

import io.coursewire.bench.measure.Histogram;
import io.coursewire.storage.embedded.EmbeddedServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// A hundred endpoints, each of a client of its own, under a steady load: how long webhooks of the good ones
/// take while all are well, and while one is dead and ten answer after ten seconds.
final class NeighboursBench {
    private static final int ENDPOINTS = 100;
    private static final int SLOW_FROM = 89;
    private static final int DEAD = 99;
    private static final Duration SLOW = Duration.ofSeconds(10);
    private static final int SENDERS = 8;
    private static final int PER_SECOND = 100;
    private static final String BEGAN = "began-at-";
    private static final Duration SETTLE = Duration.ofSeconds(3);
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final Path folder;
    private final Progress progress;
    private final List<String> items = new ArrayList<>();
    private volatile boolean ill;
    private volatile Histogram latencies = new Histogram();

    NeighboursBench(Path folder, Progress progress) {
        this.folder = folder;
        this.progress = progress;
    }

    /// Of the endpoints that are good in both.
    record Compared(Histogram well, Histogram ill) {
        double ratio() {
            return (double) ill.percentile(99).toNanos() / well.percentile(99).toNanos();
        }

        String text() {
            return "p99 of 89 good endpoints: %.1f ms while all are well (%,d webhooks), %.1f ms beside 1 dead and 10 slow ones (%,d): %.2f times"
                    .formatted(
                            well.percentile(99).toNanos() / 1e6,
                            well.count(),
                            ill.percentile(99).toNanos() / 1e6,
                            ill.count(),
                            ratio());
        }
    }

    /// Both in turn, several times, so that what else the machine does meets both.
    Compared run(int rounds, Duration each)
            throws IOException, InterruptedException, ExecutionException {
        progress.begin("starting PostgreSQL and Coursewire");
        try (var postgres = EmbeddedServer.start(folder);
                var receiver = SubscribersServer.start(this::arrived);
                var server = Coursewire.start(folder, postgres.address(), List.of());
                var http = HttpClient.newHttpClient()) {
            var api =
                    new JsonClient(
                            http, server.api(), List.of("Authorization", "Bearer " + server.key()));
            for (int i = 0; i < ENDPOINTS; i++) {
                items.add(client(api, i, receiver));
            }
            load(api, "warming up", each);
            var well = new Histogram();
            var illOnes = new Histogram();
            for (int round = 1; round <= rounds; round++) {
                ill = false;
                well.addAll(load(api, "all well, round " + round, each));
                ill = true;
                illOnes.addAll(load(api, "some ill, round " + round, each));
            }
            return new Compared(well, illOnes);
        }
    }

    private Duration arrived(String path, byte[] body) {
        long now = System.nanoTime();
        int number = Integer.parseInt(path.substring(1));
        if (number >= SLOW_FROM) {
            return ill ? SLOW : Duration.ZERO;
        }
        String text = new String(body, StandardCharsets.UTF_8);
        int at = text.indexOf(BEGAN) + BEGAN.length();
        long began = Long.parseLong(text.substring(at, text.indexOf('"', at)));
        synchronized (this) {
            latencies.add(now - began);
        }
        return Duration.ZERO;
    }

    /// Returns the id of its item.
    private String client(JsonClient api, int number, SubscribersServer receiver)
            throws IOException, InterruptedException {
        String path = path(number);
        api.put(path, NODES.objectNode().put("name", "n").put("defaultLanguage", "en"));
        api.put(path + "/users/someone", NODES.objectNode());
        // Nobody listens there.
        URI url = number == DEAD ? URI.create("http://127.0.0.1:1/") : receiver.url("/" + number);
        ObjectNode webhook = NODES.objectNode().put("url", url.toString());
        webhook.putArray("events").add("attempt.completed");
        api.post(path + "/webhooks", webhook);
        ObjectNode activity =
                NODES.objectNode().put("title", "T").put("type", "course").put("externalId", "a");
        activity.putArray("items")
                .addObject()
                .put("title", "T")
                .put("type", "lesson")
                .put("externalId", "i");
        return api.post(path + "/activities", activity).at("/items/0/id").asString();
    }

    private static String path(int number) {
        return "/api/v1/clients/neighbour-" + number;
    }

    private Histogram load(JsonClient api, String what, Duration time)
            throws InterruptedException, ExecutionException {
        progress.begin(what);
        Thread.sleep(SETTLE);
        var histogram = new Histogram();
        latencies = histogram;
        var turn = new AtomicInteger();
        long startNanos = System.nanoTime();
        var sending = new ArrayList<Future<?>>();
        try (var threads = Executors.newFixedThreadPool(SENDERS)) {
            for (int i = 0; i < SENDERS; i++) {
                sending.add(
                        threads.submit(
                                () -> {
                                    send(api, turn, startNanos, time);
                                    return null;
                                }));
            }
            for (Future<?> each : sending) {
                each.get();
            }
        }
        Thread.sleep(SETTLE);
        return histogram;
    }

    /// At a steady rate, whatever the answers take.
    private void send(JsonClient api, AtomicInteger turn, long startNanos, Duration time)
            throws IOException, InterruptedException {
        while (System.nanoTime() - startNanos < time.toNanos()) {
            int number = turn.getAndIncrement();
            long due = startNanos + number * (1_000_000_000L / PER_SECOND);
            Thread.sleep(Duration.ofNanos(Math.max(0, due - System.nanoTime())));
            int client = number % (ill ? ENDPOINTS : DEAD);
            api.post(path(client) + "/attempts", result(items.get(client)));
        }
    }

    private static ObjectNode result(String item) {
        ObjectNode result = NODES.objectNode().put("status", "passed");
        result.putObject("user").put("username", "someone");
        result.putObject("item").put("id", item);
        result.putArray("interactions")
                .addObject()
                .put("number", 0)
                .put("id", "q")
                .put("learnerResponse", BEGAN + System.nanoTime());
        return result;
    }
}
