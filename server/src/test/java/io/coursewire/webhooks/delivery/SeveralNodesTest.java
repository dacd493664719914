package io.coursewire.webhooks.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.coursewire.Patience;
import io.coursewire.storage.Database;
import io.coursewire.storage.TestDatabase;
import io.coursewire.webhooks.EndpointHealth;
import io.coursewire.webhooks.EventType;
import io.coursewire.webhooks.GivenSubscription;
import io.coursewire.webhooks.OrderingKey;
import io.coursewire.webhooks.OutboxEvent;
import io.coursewire.webhooks.Subscription;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Several nodes on one database, some of which vanish in the middle of their work.
class SeveralNodesTest {
    @RegisterExtension static final TestDatabase db = TestDatabase.migrated();

    private final MovableClock clock = new MovableClock();
    private final Scene scene = new Scene(db.jdbi());
    private final HostileReceiver receiver = new HostileReceiver();
    private final List<Node> nodes = new ArrayList<>();

    @AfterEach
    void stop() {
        nodes.forEach(Node::close);
        receiver.close();
        scene.assertNothingIsLost();
    }

    @Test
    void nodes_share_the_work_and_each_event_is_sent_once() {
        var first = node();
        var second = node();
        var third = node();
        scene.await(
                "an even share",
                () ->
                        List.of(first, second, third).stream()
                                .allMatch(n -> n.deliver.buckets().size() >= 20));
        scene.subscription(receiver.url());
        for (int i = 0; i < 30; i++) {
            scene.append(List.of(first, second, third).get(i % 3).outbox, events(20));
        }
        scene.await("all delivered", () -> scene.count("delivered") == 600);
        assertThat(receiver.requests().size()).isEqualTo(600);
    }

    @Test
    void a_node_that_vanishes_is_replaced_within_seconds_and_nothing_is_lost() {
        var survivor = node(Node.Limits.VANISHING);
        var victim = node(Node.Limits.VANISHING);
        scene.await(
                "an even share", () -> victim.deliver.buckets().size() == OrderingKey.BUCKETS / 2);
        scene.subscription(receiver.url());
        receiver.behave(
                (connection, out) -> {
                    Thread.sleep(20);
                    return HostileReceiver.status(204).answer(connection, out);
                });
        scene.append(survivor.outbox, events(400));
        scene.await("some deliveries", () -> receiver.requests().size() > 50);
        victim.vanish();
        nodes.remove(victim);
        Duration soon = Patience.of(Duration.ofSeconds(30));
        long start = System.nanoTime();
        scene.await("the takeover", () -> survivor.deliver.buckets().size() == OrderingKey.BUCKETS);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(soon);
        scene.await("all delivered", () -> scene.count("delivered") == 400);
    }

    @Test
    void a_disabled_endpoint_is_probed_by_one_node_of_several_and_also_after_a_restart() {
        var first = node();
        var second = node();
        scene.await(
                "an even share", () -> second.deliver.buckets().size() == OrderingKey.BUCKETS / 2);
        var endpoint = scene.subscription(receiver.url());
        receiver.behave(HostileReceiver.status(410));
        scene.append(first.outbox, events(60));
        scene.await("the end", () -> !health(endpoint).enabled());
        scene.await("all waiting", () -> scene.count("pending") == 60);
        int tries = receiver.requests().size();
        for (int probes = 1; probes <= 3; probes++) {
            int made = tries + probes;
            clock.advance(Condition.GONE_PROBED_EVERY.plusMinutes(1));
            scene.await("a probe", () -> receiver.requests().size() >= made);
            letAllWork(first, "of " + probes);
        }
        first.close();
        nodes.remove(first);
        letAllWork(node(), "after the restart");
        assertThat(receiver.requests()).hasSize(tries + 3);
        clock.advance(Condition.GONE_PROBED_EVERY.plusMinutes(1));
        scene.await("one more", () -> receiver.requests().size() == tries + 4);
    }

    private EndpointHealth health(Subscription endpoint) {
        return GivenSubscription.read(db.jdbi(), Scene.KEY, endpoint).health();
    }

    /// Every node has delivered to another endpoint again and again, and looked at all that waits between.
    private void letAllWork(Node node, String round) {
        try (var other = new HostileReceiver()) {
            var healthy = scene.subscription(other.url(), EventType.COMPLETED);
            for (int i = 1; i <= 5; i++) {
                int batch = i * 40;
                scene.append(
                        node.outbox,
                        IntStream.range(0, 40)
                                .mapToObj(
                                        _ ->
                                                Scene.event(
                                                        scene.key(),
                                                        UUID.randomUUID(),
                                                        EventType.COMPLETED,
                                                        1))
                                .toArray(OutboxEvent[]::new));
                scene.await("the other's events " + round, () -> other.requests().size() == batch);
            }
            GivenSubscription.delete(db.jdbi(), Scene.KEY, healthy);
        }
    }

    @Test
    void nodes_come_and_vanish_under_load_and_order_holds() {
        var random = new Random(20261124);
        scene.subscription(receiver.url());
        receiver.behave(
                _ ->
                        random.nextInt(20) == 0
                                ? HostileReceiver.status(500)
                                : HostileReceiver.status(204));
        var keys = IntStream.range(0, 40).mapToObj(_ -> scene.key()).toList();
        Map<OrderingKey, Long> versions = new HashMap<>();
        node(Node.Limits.VANISHING);
        for (int round = 0; round < 12; round++) {
            for (int batch = 0; batch < 5; batch++) {
                scene.append(
                        nodes.getFirst().outbox,
                        keys.stream()
                                .map(
                                        key ->
                                                Scene.event(
                                                        key,
                                                        key.user().value(),
                                                        EventType.COMPLETED,
                                                        versions.merge(key, 1L, Long::sum)))
                                .toArray(OutboxEvent[]::new));
            }
            if (random.nextBoolean()) {
                node(Node.Limits.VANISHING);
            } else {
                var victim = nodes.remove(random.nextInt(nodes.size()));
                victim.vanish();
                if (nodes.isEmpty()) {
                    node(Node.Limits.VANISHING);
                }
            }
            int least = round * 20;
            scene.await("progress", () -> receiver.requests().size() > least);
            clock.advance(Duration.ofSeconds(6));
        }
        scene.await(
                "all delivered",
                () -> {
                    clock.advance(Duration.ofMinutes(1));
                    return scene.count("delivered") == 40 * 60;
                });
        assertOrderWithoutRepeats(receiver.requests());
    }

    /// Per attempt, versions rise but for repeats of what was in flight when a node vanished.
    private static void assertOrderWithoutRepeats(List<HostileReceiver.Request> requests) {
        Map<String, Long> highest = new HashMap<>();
        Map<String, HashSet<Long>> seen = new HashMap<>();
        for (var request : requests) {
            String subject = request.header("ce-subject");
            long version = Long.parseLong(request.header("coursewire-attempt-version"));
            if (seen.computeIfAbsent(subject, _ -> new HashSet<>()).add(version)) {
                assertThat(version).as(subject).isEqualTo(highest.getOrDefault(subject, 0L) + 1);
                highest.put(subject, version);
            }
        }
    }

    private OutboxEvent[] events(int count) {
        return IntStream.range(0, count)
                .mapToObj(_ -> Scene.event(scene.key(), UUID.randomUUID(), EventType.STARTED, 1))
                .toArray(OutboxEvent[]::new);
    }

    private Node node() {
        return node(Node.Limits.PATIENT);
    }

    private Node node(Node.Limits limits) {
        // Each with connections of its own, as the processes that they stand for.
        var node = new Node(Database.open(db.address()), clock, limits);
        nodes.add(node);
        return node;
    }
}
