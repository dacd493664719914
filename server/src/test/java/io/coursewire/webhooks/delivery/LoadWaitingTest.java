package io.coursewire.webhooks.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.coursewire.storage.TestDatabase;
import io.coursewire.webhooks.ComposeRequest;
import io.coursewire.webhooks.EndpointHealth;
import io.coursewire.webhooks.EventType;
import io.coursewire.webhooks.GivenSubscription;
import io.coursewire.webhooks.OrderingKey;
import io.coursewire.webhooks.OutboxEvent;
import io.coursewire.webhooks.Subscription;
import io.coursewire.webhooks.SubscriptionStore;
import io.coursewire.webhooks.sending.AddressBlock;
import io.coursewire.webhooks.sending.AddressGuard;
import io.coursewire.webhooks.sending.Names;
import io.coursewire.webhooks.sending.SendWebhook;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// What waits for endpoints comes back into memory, as far as there is room for it.
class LoadWaitingTest {
    @RegisterExtension static final TestDatabase db = TestDatabase.migrated();

    private static final int BYTES = 128 * 1024;
    private static final int PER_LANE = 3;
    private static final Map<Integer, Long> ALL_BUCKETS =
            IntStream.range(0, OrderingKey.BUCKETS)
                    .boxed()
                    .collect(Collectors.toMap(bucket -> bucket, _ -> 1L));

    private final MovableClock clock = new MovableClock();
    private final Scene scene = new Scene(db.jdbi());
    private final HostileReceiver receiver = new HostileReceiver();
    private final CountDownLatch answered = new CountDownLatch(1);
    private final SendWebhook send =
            new SendWebhook(
                    new AddressGuard(
                            List.of(AddressBlock.parse("127.0.0.0/8", "")), Names.system()),
                    Duration.ofMinutes(2));
    private final Work work =
            new Work(
                    new Courier(
                            new ComposeRequest(() -> "https://coursewire.example"), send, clock),
                    clock,
                    new Signal(),
                    new Paces(() -> 1),
                    (_, _) -> true);
    private final Subscribers subscribers = new Subscribers(new SubscriptionStore(Scene.KEY), work);
    private final LoadWaiting loadWaiting = new LoadWaiting(subscribers, work);

    @AfterEach
    void stop() {
        answered.countDown();
        receiver.close();
        send.close();
    }

    @Test
    void an_endpoint_that_answers_slowly_takes_no_more_of_the_room_than_is_left_for_others() {
        receiver.behave(
                (connection, out) -> {
                    answered.await();
                    return HostileReceiver.status(204).answer(connection, out);
                });
        // More than half of the room, and as many as are under way and ready at once.
        var endpoints = givenWaiting(2 * EndpointLanes.IN_FLIGHT_MAX, 1);
        Subscription slow = endpoints.getFirst();
        Subscription other = endpoints.getLast();
        IntStream.range(0, 5).forEach(_ -> load(slow));
        EndpointLanes lanes = subscribers.lanes(slow.id());
        long taken = lanes.loaded().bytes();
        assertThat(taken)
                .isBetween(
                        LoadWaiting.MAX.bytes() / 2 - BYTES, LoadWaiting.MAX.bytes() / 2 + BYTES);
        load(other);
        assertThat(subscribers.lanes(other.id()).loaded().bytes()).isEqualTo(1L * PER_LANE * BYTES);

        answered.countDown();
        scene.await("their end", () -> !lanes.isFlying());
        assertThat(lanes.loaded()).isEqualTo(Room.NONE);
    }

    private void load(Subscription one) {
        db.jdbi()
                .useHandle(
                        h -> {
                            subscribers.refresh(h);
                            loadWaiting.load(h, Set.of(one.id()), ALL_BUCKETS);
                        });
    }

    /// Endpoints, each of a client of its own, with what happened at so many ordering keys while they were gone.
    private List<Subscription> givenWaiting(int... keys) {
        var scenes = IntStream.of(keys).mapToObj(_ -> new Scene(db.jdbi())).toList();
        var endpoints = scenes.stream().map(of -> of.subscription(receiver.url())).toList();
        endpoints.forEach(
                one ->
                        is(
                                one,
                                EndpointHealth.disabled(
                                        EndpointHealth.REASON_GONE, clock.instant())));
        try (var node = new Node(db.jdbi(), clock)) {
            for (int i = 0; i < keys.length; i++) {
                append(scenes.get(i), node, keys[i]);
            }
            for (int i = 0; i < keys.length; i++) {
                Scene of = scenes.get(i);
                long count = (long) keys[i] * PER_LANE;
                of.await("all waiting", () -> of.count("pending") == count);
            }
        }
        endpoints.forEach(one -> is(one, EndpointHealth.GOOD));
        db.jdbi().useHandle(h -> h.execute("UPDATE subscription SET catching_up = false"));
        return endpoints;
    }

    private static void append(Scene of, Node node, int keys) {
        for (int n = 0; n < keys; n++) {
            var key = of.key();
            of.append(
                    node.outbox,
                    LongStream.rangeClosed(1, PER_LANE)
                            .mapToObj(version -> event(key, version))
                            .toArray(OutboxEvent[]::new));
        }
    }

    private void is(Subscription endpoint, EndpointHealth health) {
        GivenSubscription.update(db.jdbi(), Scene.KEY, endpoint.with(health, clock.instant()));
    }

    private static OutboxEvent event(OrderingKey key, long version) {
        var event = Scene.event(key, UUID.randomUUID(), EventType.STARTED, version);
        return new OutboxEvent(
                event.id(),
                event.type(),
                event.orderingKey(),
                event.attempt(),
                event.version(),
                event.attributes(),
                new byte[BYTES],
                event.at());
    }
}
