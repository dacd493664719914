package io.coursewire.webhooks.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.coursewire.ChildJvm;
import io.coursewire.kernel.ActivityId;
import io.coursewire.kernel.ClientId;
import io.coursewire.kernel.SecretKey;
import io.coursewire.kernel.UserId;
import io.coursewire.storage.Database;
import io.coursewire.storage.DatabaseAddress;
import io.coursewire.storage.TestDatabase;
import io.coursewire.webhooks.EventType;
import io.coursewire.webhooks.OrderingKey;
import io.coursewire.webhooks.OutboxEvent;
import io.coursewire.webhooks.delivery.HostileReceiver.Request;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Nodes that commit and deliver are killed by kill -9 at any moment, again and again, under load: nothing
/// acknowledged is lost, the order holds, and only what was in flight comes twice.
///
/// `-Dcoursewire.crash.rounds=200` for more rounds, `-Dcoursewire.crash.seed=...` for those of a failure.
@Tag("slow")
class KilledNodesTest {
    @RegisterExtension static final TestDatabase db = TestDatabase.migrated();

    private static final int NODES = 2;
    private static final int KEYS_PER_NODE = 8;
    private static final int ROUNDS =
            Integer.getInteger(
                    "coursewire.crash.rounds", Boolean.getBoolean("coursewire.long") ? 100 : 4);
    private static final long SEED = Long.getLong("coursewire.crash.seed", System.nanoTime());
    private static final long PAUSE_NANOS = 4_000_000;
    private static final int ROUND_MILLIS_MAX = 1_200;

    private final Scene scene = new Scene(db.jdbi());
    private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
    private final List<Integer> kills = new ArrayList<>();

    /// The process that is killed: writes events of its own keys as fast as they commit, and delivers its share
    /// of all. Tells each event after its commit.
    static final class Child {
        public static void main(String[] arguments) throws Exception {
            var address =
                    DatabaseAddress.parse(
                            arguments[0], Optional.of(arguments[1]), Optional.of(arguments[2]));
            var secretKey = SecretKey.of(Base64.getDecoder().decode(arguments[3]));
            var client = new ClientId(arguments[4]);
            int number = Integer.parseInt(arguments[5]);
            var jdbi = Database.open(address).jdbi();
            var node = new Node(jdbi, secretKey, new MovableClock(), Node.Limits.KILLED);
            Map<Integer, Long> versions = new HashMap<>();
            for (int key = 0; key < KEYS_PER_NODE; key++) {
                UUID attempt = attempt(number, key);
                versions.put(
                        key,
                        jdbi.withHandle(
                                h ->
                                        h.createQuery(
                                                        "SELECT coalesce(max(version), 0) FROM event WHERE client_id = :c AND attempt_id = :a")
                                                .bind("c", client.value())
                                                .bind("a", attempt)
                                                .mapTo(Long.class)
                                                .one()));
            }
            for (int turn = 0; ; turn++) {
                int key = turn % KEYS_PER_NODE;
                long version = versions.merge(key, 1L, Long::sum);
                OutboxEvent event =
                        Scene.event(
                                key(client, number, key),
                                attempt(number, key),
                                key % 2 == 0 ? EventType.STARTED : EventType.UPDATED,
                                version);
                jdbi.useTransaction(h -> node.outbox.append(h, List.of(event)));
                node.outbox.wake();
                System.out.println(event.id());
                // Load, but no more than a slow machine can deliver.
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
    }

    @Test
    void nothing_acknowledged_is_lost_and_order_holds_whenever_nodes_are_killed() throws Exception {
        try (var receiver = new HostileReceiver()) {
            scene.subscription(receiver.url());
            var random = new Random(SEED);
            var nodes = new ArrayList<ChildJvm>();
            var readers = new ArrayList<Thread>();
            for (int number = 0; number < NODES; number++) {
                nodes.add(start(number, readers));
            }
            for (int round = 0; round < ROUNDS; round++) {
                int before = acknowledged.size();
                scene.await("new commits", () -> acknowledged.size() > before + 20);
                Thread.sleep(random.nextInt(ROUND_MILLIS_MAX));
                int victim = random.nextInt(NODES);
                nodes.get(victim).kill();
                kills.add(receiver.requests().size());
                nodes.set(victim, start(victim, readers));
            }
            for (ChildJvm node : nodes) {
                node.kill();
            }
            kills.add(receiver.requests().size());
            for (Thread reader : readers) {
                reader.join();
            }
            drain();
            judge(receiver.requests());
        }
        scene.assertNothingIsLost();
    }

    private void drain() {
        try (var last = new Node(db.jdbi(), new MovableClock(), Node.Limits.KILLED)) {
            last.outbox.wake();
            scene.await(
                    "the rest of seed " + SEED,
                    () -> scene.undelivered() == 0 && scene.count("pending") == 0);
        }
    }

    private void judge(List<Request> requests) {
        Map<String, List<Integer>> arrivals = new HashMap<>();
        Map<String, Long> newest = new HashMap<>();
        for (int i = 0; i < requests.size(); i++) {
            Request request = requests.get(i);
            var times =
                    arrivals.computeIfAbsent(request.header("webhook-id"), _ -> new ArrayList<>());
            times.add(i);
            if (times.size() == 1) {
                long version = Long.parseLong(request.header("coursewire-attempt-version"));
                Long before = newest.put(request.header("ce-subject"), version);
                assertThat(version)
                        .as("order of %s, seed %d", request.header("ce-subject"), SEED)
                        .isGreaterThan(before == null ? 0 : before);
            }
        }
        arrivals.forEach(
                (id, times) ->
                        assertThat(times.size() == 1 || isAroundAKill(times))
                                .as("%s came at %s, nodes were killed at %s", id, times, kills)
                                .isTrue());
        Set<String> lost = new HashSet<>(acknowledged);
        lost.removeAll(arrivals.keySet());
        lost.removeAll(superseded());
        assertThat(lost).as("seed %d", SEED).isEmpty();
        int twice = (int) arrivals.values().stream().filter(times -> times.size() > 1).count();
        System.out.printf(
                "%d rounds of seed %d: %d acknowledged, %d arrived, %d of them twice%n",
                ROUNDS, SEED, acknowledged.size(), arrivals.size(), twice);
    }

    private boolean isAroundAKill(List<Integer> times) {
        return kills.stream().anyMatch(k -> times.getFirst() <= k && k <= times.getLast());
    }

    private Set<String> superseded() {
        return db.jdbi()
                .withHandle(
                        h ->
                                h.createQuery(
                                                "SELECT event_id FROM delivery WHERE client_id = :c AND state = 'superseded'")
                                        .bind("c", scene.client().value())
                                        .mapTo(String.class)
                                        .set());
    }

    private ChildJvm start(int number, List<Thread> readers) throws Exception {
        var address = db.address();
        var node =
                ChildJvm.start(
                        Child.class,
                        address.jdbcUrl(),
                        address.user(),
                        address.password(),
                        Base64.getEncoder().encodeToString(Scene.keyBytes()),
                        scene.client().value(),
                        Integer.toString(number));
        readers.add(Thread.ofVirtual().start(() -> read(node)));
        return node;
    }

    private void read(ChildJvm node) {
        try {
            for (String line = node.nextLine(); line != null; line = node.nextLine()) {
                // The last line of a killed process may be half a line.
                if (line.length() == 36) {
                    acknowledged.add(line);
                }
            }
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static UUID attempt(int node, int key) {
        return new UUID(0x7000L | node, 0x8000_0000_0000_0000L | key);
    }

    private static OrderingKey key(ClientId client, int node, int key) {
        return new OrderingKey(
                client,
                new UserId(new UUID(0x7000L | node, 0x8000_0000_0000_0100L | key)),
                new ActivityId(new UUID(0x7000L | node, 0x8000_0000_0000_0200L | key)));
    }
}
