package io.coursewire.bench.run;

import io.coursewire.bench.measure.Histogram;
import io.coursewire.bench.measure.Phase;
import io.coursewire.kernel.Json;
import java.time.Duration;
import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Figures for programs. Times say their unit in their names.
final class ReportJson {
    private ReportJson() {}

    static String of(Figures figures) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("ratio", figures.ratio());
        var ratios = json.putArray("ratios");
        figures.ratios().forEach(ratios::add);
        json.set("plan", plan(figures));
        json.set(key(figures.measured()), program(figures.measured()));
        json.set(key(figures.beside()), program(figures.beside()));
        return Json.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(json) + "\n";
    }

    private static String key(Figures.OfProgram program) {
        return program.name().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
    }

    private static JsonNode plan(Figures figures) {
        var plan = figures.plan();
        return JsonNodeFactory.instance
                .objectNode()
                .put("clients", plan.clients())
                .put("participants", plan.participants())
                .put("connections", plan.connections())
                .put("onTheirWayMax", plan.onTheirWayMax())
                .put("rounds", plan.rounds())
                .put("secondsPerRound", plan.load().toSeconds())
                .put("webhookBytes", figures.webhookBytes())
                .put("processors", Runtime.getRuntime().availableProcessors());
    }

    private static JsonNode program(Figures.OfProgram program) {
        Phase loaded = program.loaded();
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("commitsAcceptedPerSecond", loaded.acceptedPerSecond())
                .put("webhooksDeliveredPerSecond", loaded.deliveredPerSecond())
                .put("commitsAccepted", loaded.accepted())
                .put("webhooksDelivered", loaded.arrived())
                .put("webhooksSuperseded", loaded.superseded());
        json.set("loadedMillis", latencies(loaded.latencies()));
        json.set("idleMillis", latencies(program.idle().latencies()));
        json.putObject("cpuSecondsPer1000Commits")
                .put("program", loaded.cost(loaded.usage().program()))
                .put("database", loaded.cost(loaded.usage().database()))
                .put("load", loaded.cost(loaded.usage().load()));
        return json.put("memoryBytes", loaded.memoryBytes());
    }

    private static JsonNode latencies(Histogram latencies) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("p50", millis(latencies.percentile(50)))
                .put("p99", millis(latencies.percentile(99)))
                .put("count", latencies.count());
    }

    private static double millis(Duration time) {
        return time.toNanos() / 1e6;
    }
}
