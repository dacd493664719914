package io.coursewire.bench.run;

import io.coursewire.bench.floor.Floor;
import io.coursewire.bench.load.Flow;
import io.coursewire.bench.load.Load.Pressure;
import io.coursewire.bench.load.Player;
import io.coursewire.bench.load.Receiver;
import io.coursewire.bench.load.Standard;
import io.coursewire.bench.measure.Phase;
import io.coursewire.storage.DatabaseAddress;
import io.coursewire.storage.embedded.EmbeddedServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;

/// Measures two targets in turn: the product beside its floor, on the same database with the same requests and
/// the same receiver; or commits of one standard beside those of another, on one server.
public final class Compare {
    private final Plan plan;
    private final List<String> javaOptions;
    private final Path folder;
    private final Progress progress;

    Compare(Plan plan, List<String> javaOptions, Path folder, Progress progress) {
        this.plan = plan;
        this.javaOptions = javaOptions;
        this.folder = folder;
        this.progress = progress;
    }

    @FunctionalInterface
    private interface Comparison {
        Figures on(DatabaseAddress database, Measure measure)
                throws IOException, InterruptedException, ExecutionException;
    }

    Figures besideFloor() throws IOException, InterruptedException, ExecutionException {
        return run(this::besideFloor);
    }

    Figures ofStandards() throws IOException, InterruptedException, ExecutionException {
        return run(this::ofStandards);
    }

    /// Live commits while a file of results is imported, beside the same without one: `rows` are so many that the import
    /// outlasts the rounds.
    Figures duringImport(int rows) throws IOException, InterruptedException, ExecutionException {
        return run((database, measure) -> duringImport(database, measure, rows));
    }

    private Figures run(Comparison comparison)
            throws IOException, InterruptedException, ExecutionException {
        progress.begin("starting PostgreSQL");
        try (var database = EmbeddedServer.start(folder)) {
            return comparison.on(database.address(), new Measure(postmaster(), progress));
        }
    }

    private Figures besideFloor(DatabaseAddress database, Measure measure)
            throws IOException, InterruptedException, ExecutionException {
        var ourFlow = new Flow(plan.onTheirWayMax());
        var floorFlow = new Flow(plan.onTheirWayMax());
        progress.begin("starting Coursewire");
        try (var ourReceiver = Receiver.start(ourFlow);
                var floorReceiver = Receiver.start(floorFlow);
                var server = Coursewire.start(folder, database, javaOptions)) {
            Target ours =
                    target("Coursewire", server, Standard.SCORM_12, ourFlow, ourReceiver.url());
            warmUp(measure, ours);
            progress.begin("starting the floor");
            try (var floor = floor(database, floorReceiver.url(), webhookBytes(ourFlow))) {
                Target beside = target(floor, floorFlow);
                warmUp(measure, beside);
                return measure(measure, ours, beside);
            }
        }
    }

    private Figures ofStandards(DatabaseAddress database, Measure measure)
            throws IOException, InterruptedException, ExecutionException {
        var newer = new Flow(plan.onTheirWayMax());
        var older = new Flow(plan.onTheirWayMax());
        progress.begin("starting Coursewire");
        try (var newerReceiver = Receiver.start(newer);
                var olderReceiver = Receiver.start(older);
                var server = Coursewire.start(folder, database, javaOptions)) {
            Target measured = target(server, Standard.SCORM_2004, newer, newerReceiver.url());
            Target beside = target(server, Standard.SCORM_12, older, olderReceiver.url());
            warmUp(measure, beside);
            warmUp(measure, measured);
            return measure(measure, measured, beside);
        }
    }

    private Figures duringImport(DatabaseAddress database, Measure measure, int rows)
            throws IOException, InterruptedException, ExecutionException {
        var flow = new Flow(plan.onTheirWayMax());
        var pressure = new Pressure(plan.connections(), Plan.LIVE_PAUSE);
        progress.begin("starting Coursewire");
        try (var http = HttpClient.newHttpClient();
                var receiver = Receiver.start(flow);
                var server = Coursewire.start(folder, database, javaOptions)) {
            var live = target("live", server, Standard.SCORM_12, flow, receiver.url());
            warmUp(measure, live);
            var without = rounds(measure, live, pressure);
            var idle = new Pressure(1, Plan.IDLE_PAUSE);
            var withoutIdle = measure.measure(live, idle, plan.idle());
            progress.begin("importing");
            var running = RunningImport.start(server, http, folder, rows);
            var during = rounds(measure, live, pressure);
            var duringIdle = measure.measure(live, idle, plan.idle());
            running.check();
            return new Figures(
                    plan,
                    webhookBytes(flow),
                    new Figures.OfProgram("with import", during, duringIdle),
                    new Figures.OfProgram("without", without, withoutIdle));
        }
    }

    private List<Phase> rounds(Measure measure, Target live, Pressure pressure)
            throws InterruptedException {
        var rounds = new ArrayList<Phase>();
        for (int round = 0; round < plan.rounds(); round++) {
            rounds.add(measure.measure(live, pressure, plan.load()));
        }
        return rounds;
    }

    private Figures measure(Measure measure, Target measured, Target beside)
            throws InterruptedException {
        var pressure = new Pressure(plan.connections(), Duration.ZERO);
        var measuredRounds = new ArrayList<Phase>();
        var besideRounds = new ArrayList<Phase>();
        for (int round = 1; round <= plan.rounds(); round++) {
            progress.begin("measuring, round " + round + " of " + plan.rounds());
            measuredRounds.add(measure.measure(measured, pressure, plan.load()));
            besideRounds.add(measure.measure(beside, pressure, plan.load()));
        }
        progress.begin("measuring without load");
        var idle = new Pressure(1, Plan.IDLE_PAUSE);
        Phase measuredIdle = measure.measure(measured, idle, plan.idle());
        Phase besideIdle = measure.measure(beside, idle, plan.idle());
        return new Figures(
                plan,
                webhookBytes(measured.flow()),
                new Figures.OfProgram(measured.name(), measuredRounds, measuredIdle),
                new Figures.OfProgram(beside.name(), besideRounds, besideIdle));
    }

    private void warmUp(Measure measure, Target target) throws InterruptedException {
        progress.begin("warming up " + target.name());
        measure.warmUp(
                target, new Pressure(plan.connections(), Duration.ZERO), plan.warmUpCommits());
    }

    private Target target(Coursewire server, Standard standard, Flow flow, URI receiver)
            throws IOException, InterruptedException, ExecutionException {
        return target(standard.title(), server, standard, flow, receiver);
    }

    private Target target(
            String name, Coursewire server, Standard standard, Flow flow, URI receiver)
            throws IOException, InterruptedException, ExecutionException {
        progress.begin("preparing " + plan.participants() + " participants");
        try (var http = HttpClient.newHttpClient()) {
            var players =
                    new Prepare(server, http, standard, flow, progress).prepare(plan, receiver);
            return new Target(name, server.content(), server.process().handle(), flow, players);
        }
    }

    private Target target(JavaProcess floor, Flow flow) {
        URI origin = URI.create(floor.ready("content"));
        var players = new ArrayList<Player>();
        for (int i = 0; i < plan.participants(); i++) {
            var journey = flow.journey(UUID.randomUUID().toString());
            players.add(
                    new Player(
                            origin,
                            "/play/token/sessions/" + i + "/commits",
                            journey,
                            Standard.SCORM_12));
        }
        return new Target("floor", origin, floor.handle(), flow, players);
    }

    private JavaProcess floor(DatabaseAddress database, URI receiver, int webhookBytes)
            throws IOException {
        var arguments =
                List.of(
                        receiver.toString(),
                        Integer.toString(webhookBytes),
                        Integer.toString(plan.inFlightMax()));
        return JavaProcess.start(
                new JavaProcess.Program(javaOptions, Floor.class, arguments),
                Coursewire.environment(database),
                folder.resolve("floor.log"));
    }

    private static int webhookBytes(Flow flow) {
        return Math.toIntExact(flow.counts().webhookBytes() / flow.counts().arrived());
    }

    private ProcessHandle postmaster() throws IOException {
        Path file = folder.resolve("database/data/postmaster.pid");
        return ProcessHandle.of(Long.parseLong(Files.readAllLines(file).getFirst())).orElseThrow();
    }
}
