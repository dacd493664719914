package io.coursewire.webhooks.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.coursewire.ChildJvm;
import io.coursewire.Patience;
import io.coursewire.storage.Database;
import io.coursewire.storage.Migrations;
import io.coursewire.storage.embedded.MortalServer;
import io.coursewire.webhooks.KeepHistory;
import io.coursewire.webhooks.OrderingKey;
import io.coursewire.webhooks.delivery.HostileReceiver.Behaviour;
import io.coursewire.webhooks.delivery.HostileReceiver.Request;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Three nodes commit and deliver on one PostgreSQL, and something of it is killed by kill -9, again and
/// again, at every step of the way: nothing acknowledged is lost, the order holds, what is recorded comes
/// only once, and those who live go on by themselves.
///
/// `-Dcoursewire.crash.rounds=200` for more rounds, `-Dcoursewire.crash.seed=...` for those of a failure.
@Tag("slow")
class DeliverCrashTest {
    private static final int NODES = 3;
    private static final int ROUNDS =
            Integer.getInteger(
                    "coursewire.crash.rounds", Boolean.getBoolean("coursewire.long") ? 200 : 20);
    private static final long SEED = Long.getLong("coursewire.crash.seed", System.nanoTime());
    private static final int ACKNOWLEDGED_PER_ROUND_MIN = 10;
    private static final int ANY_MOMENT_MILLIS_MAX = 300;
    // Two that have as many as they may leave this to the third.
    private static final int BUCKETS_OF_A_NODE_MIN = 20;

    @TempDir Path dataFolder;
    private MortalServer postgres;
    private Database database;
    private Scene scene;
    private final HostileReceiver receiver = new HostileReceiver();
    private final Arrivals arrivals = new Arrivals();
    private final Random random = new Random(SEED);
    private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
    private final List<NodeProcess> nodes = new ArrayList<>();
    private final List<Thread> readers = new ArrayList<>();
    private final Map<String, Integer> blows = new TreeMap<>();
    private final long beganMillis = System.currentTimeMillis();
    private volatile Optional<Integer> dyingInFlight = Optional.empty();

    /// What is killed in one round.
    private sealed interface Blow {
        record Node(CrashStep step) implements Blow {}

        record NodeAtAnyMoment() implements Blow {}

        record Postgres() implements Blow {}

        record PostgresBackend() implements Blow {}

        record PostgresAndNode(CrashStep step) implements Blow {}
    }

    private record NodeProcess(int number, ChildJvm jvm, AtomicInteger acknowledged) {}

    @BeforeEach
    void start() throws Exception {
        postgres = MortalServer.start(dataFolder);
        Migrations.apply(postgres.address());
        database = Database.open(postgres.address());
        scene = new Scene(database.jdbi());
        new KeepHistory(database.jdbi(), KeepHistory.Retention.DEFAULT, Clock.systemUTC()).run();
        receiver.behave(this::answer);
        scene.subscription(receiver.url());
        for (int number = 0; number < NODES; number++) {
            nodes.add(start(number));
        }
    }

    @AfterEach
    void stop() throws Exception {
        nodes.forEach(node -> node.jvm().close());
        receiver.close();
        database.close();
        postgres.close();
    }

    @Test
    void nothing_is_lost_and_order_holds_whatever_is_killed_at_whatever_step() throws Exception {
        for (Blow blow : blows(ROUNDS)) {
            awaitAcknowledged(anyNodes(NODES - 1));
            strike(blow);
            blows.merge(blow.toString(), 1, Integer::sum);
            arrivals.recorded(settled("delivered"));
            receiver.requests().clear();
        }
        awaitAcknowledged(nodes);
        finish();
        arrivals.assertOrder("seed " + SEED);
        System.out.printf(
                "%d rounds of seed %d: %d acknowledged, %d arrived, %d of them again; %s%n",
                ROUNDS, SEED, acknowledged.size(), arrivals.count(), arrivals.twice(), blows);
    }

    @Test
    void the_buckets_of_a_killed_node_are_taken_over_within_seconds() throws Exception {
        scene.await("an even share", () -> isEven(owners()));
        var before = owners().keySet();
        nodes.getFirst().jvm().kill();
        Duration soon = Patience.of(Node.Limits.VANISHING.lease().multipliedBy(3));
        long startNanos = System.nanoTime();
        scene.await("the takeover", () -> owners().size() == NODES - 1);
        assertThat(Duration.ofNanos(System.nanoTime() - startNanos)).isLessThan(soon);
        assertThat(before).containsAll(owners().keySet());
        nodes.set(0, start(0));
        finish();
        arrivals.assertOrder("takeover");
    }

    private static boolean isEven(Map<String, Integer> owners) {
        return owners.size() == NODES
                && owners.values().stream().allMatch(n -> n >= BUCKETS_OF_A_NODE_MIN);
    }

    /// Every kind at least once, if there are enough rounds; in an order that the seed decides.
    private List<Blow> blows(int rounds) {
        List<Blow> deck = new ArrayList<>();
        for (CrashStep step : CrashStep.values()) {
            deck.add(new Blow.Node(step));
        }
        deck.add(new Blow.Postgres());
        deck.add(new Blow.PostgresBackend());
        deck.add(new Blow.NodeAtAnyMoment());
        while (deck.size() < rounds) {
            deck.add(
                    switch (random.nextInt(10)) {
                        case 0 -> new Blow.Postgres();
                        case 1 -> new Blow.PostgresBackend();
                        case 2, 3 -> new Blow.PostgresAndNode(anyStep());
                        case 4 -> new Blow.NodeAtAnyMoment();
                        default -> new Blow.Node(anyStep());
                    });
        }
        Collections.shuffle(deck, random);
        return deck.subList(0, rounds);
    }

    private CrashStep anyStep() {
        return CrashStep.values()[random.nextInt(CrashStep.values().length)];
    }

    private void strike(Blow blow) throws Exception {
        switch (blow) {
            case Blow.Node at -> {
                int victim = victim();
                die(victim, at.step());
                nodes.set(victim, start(victim));
            }
            case Blow.NodeAtAnyMoment _ -> {
                Thread.sleep(random.nextInt(ANY_MOMENT_MILLIS_MAX));
                int victim = victim();
                nodes.get(victim).jvm().kill();
                nodes.set(victim, start(victim));
            }
            case Blow.Postgres _ -> {
                postgres.kill();
                awaitAcknowledged(nodes);
            }
            case Blow.PostgresBackend _ -> {
                MortalServer.killBackend(anyBackend());
                awaitAcknowledged(nodes);
            }
            case Blow.PostgresAndNode at -> {
                int victim = victim();
                die(victim, at.step());
                postgres.kill();
                nodes.set(victim, start(victim));
                awaitAcknowledged(anyNodes(NODES - 1));
            }
        }
    }

    /// Has a node go to a step and no further, and kills it there.
    private void die(int number, CrashStep step) throws Exception {
        ChildJvm jvm = nodes.get(number).jvm();
        if (step == CrashStep.IN_FLIGHT) {
            dyingInFlight = Optional.of(number);
        } else {
            jvm.tell(step.name());
        }
        boolean came = jvm.endsWithin(Patience.longest().toSeconds());
        assertThat(came).as("node %d came to %s", number, step).isTrue();
        dyingInFlight = Optional.empty();
    }

    private Behaviour answer(Request request) {
        String source = request.header("ce-source");
        dyingInFlight
                .filter(number -> source.contains(CrashNode.source(number)))
                .ifPresent(number -> kill(nodes.get(number).jvm()));
        return arrivals.arrived(request);
    }

    private int victim() {
        var up = IntStream.range(0, NODES).filter(n -> isUp(nodes.get(n))).boxed().toList();
        return up.get(random.nextInt(up.size()));
    }

    private static boolean isUp(NodeProcess node) {
        return node.acknowledged().get() > 0;
    }

    /// Those that are up, up to a number, or as many as are.
    private List<NodeProcess> anyNodes(int count) {
        scene.await(
                "nodes",
                () -> {
                    nodes.replaceAll(this::startedAgain);
                    return nodes.stream().filter(n -> isUp(n)).count() >= count;
                });
        return nodes.stream().filter(n -> isUp(n)).limit(count).toList();
    }

    private void awaitAcknowledged(List<NodeProcess> some) {
        for (NodeProcess node : List.copyOf(some)) {
            int before = node.acknowledged().get();
            scene.await(
                    "commits of node %d, seed %d".formatted(node.number(), SEED),
                    () -> {
                        nodes.replaceAll(this::startedAgain);
                        var now = nodes.get(node.number());
                        return now != node
                                || now.acknowledged().get() >= before + ACKNOWLEDGED_PER_ROUND_MIN;
                    });
        }
    }

    /// One whose database died while it started ends, and is started again, as by systemd. One that was up
    /// goes on by itself.
    private NodeProcess startedAgain(NodeProcess node) {
        if (node.jvm().handle().isAlive()) {
            return node;
        }
        assertThat(isUp(node))
                .as("node %d ended by itself, seed %d", node.number(), SEED)
                .isFalse();
        return start(node.number());
    }

    private void finish() throws Exception {
        for (NodeProcess node : nodes) {
            node.jvm().kill();
        }
        for (Thread reader : readers) {
            reader.join();
        }
        Jdbi jdbi = database.jdbi();
        var clock = ahead();
        try (var last = new io.coursewire.webhooks.delivery.Node(jdbi, clock)) {
            last.outbox.wake();
            scene.await(
                    "the rest of seed " + SEED,
                    () -> {
                        // What failed last is tried again only later.
                        clock.advance(Duration.ofSeconds(1));
                        return scene.undelivered() == 0 && scene.count("pending") == 0;
                    });
        }
        arrivals.assertAllOf(acknowledged, settled("superseded"), "seed " + SEED);
        assertThat(arrivals.twice()).isLessThan(NODES * EndpointLanes.IN_FLIGHT_MAX * (1 + ROUNDS));
        scene.assertNothingIsLost();
    }

    /// As far as the nodes' clock has come.
    private MovableClock ahead() {
        var clock = new MovableClock();
        clock.advance(
                Duration.between(
                        Clock.systemUTC().instant(), CrashNode.clock(beganMillis).instant()));
        return clock;
    }

    private Set<String> settled(String state) {
        return patiently(
                "SELECT event_id::text FROM delivery WHERE client_id = :c AND state = :value",
                state);
    }

    private long anyBackend() {
        var pids =
                patiently(
                                "SELECT pid::text FROM pg_stat_activity WHERE backend_type = :value"
                                        + " AND pid <> pg_backend_pid() AND :c <> ''",
                                "client backend")
                        .stream()
                        .sorted()
                        .toList();
        return Long.parseLong(pids.get(random.nextInt(pids.size())));
    }

    private Set<String> patiently(String sql, String value) {
        while (true) {
            try {
                return database.jdbi()
                        .withHandle(
                                db ->
                                        db.createQuery(sql)
                                                .bind("c", scene.client().value())
                                                .bind("value", value)
                                                .mapTo(String.class)
                                                .set());
            } catch (ConnectionException | UnableToExecuteStatementException e) {
                // The connection died with the server.
            }
        }
    }

    /// How many buckets each living node has.
    private Map<String, Integer> owners() {
        Map<String, Integer> owners = new TreeMap<>();
        database.jdbi()
                .useHandle(
                        db ->
                                db.createQuery(
                                                "SELECT node_id::text FROM bucket_lease WHERE"
                                                        + " node_id IS NOT NULL")
                                        .mapTo(String.class)
                                        .forEach(node -> owners.merge(node, 1, Integer::sum)));
        boolean all = owners.values().stream().mapToInt(n -> n).sum() == OrderingKey.BUCKETS;
        return all ? owners : Map.of("nobody", 0);
    }

    private NodeProcess start(int number) {
        var place = new CrashNode.Place(postgres.address(), scene.client(), number, beganMillis);
        try {
            var jvm = ChildJvm.start(CrashNode.class, place.arguments());
            var node = new NodeProcess(number, jvm, new AtomicInteger());
            readers.add(Thread.ofVirtual().start(() -> read(node)));
            return node;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void read(NodeProcess node) {
        try {
            for (String line = node.jvm().nextLine(); line != null; line = node.jvm().nextLine()) {
                if (line.startsWith(CrashNode.AT)) {
                    kill(node.jvm());
                } else if (line.length() == 36) {
                    // The last line of a killed process may be half a line.
                    acknowledged.add(line);
                    node.acknowledged().incrementAndGet();
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void kill(ChildJvm jvm) {
        try {
            jvm.kill();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
