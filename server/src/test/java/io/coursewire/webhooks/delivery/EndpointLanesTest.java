package io.coursewire.webhooks.delivery;

import static io.coursewire.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.coursewire.kernel.ActivityId;
import io.coursewire.kernel.ClientId;
import io.coursewire.kernel.UserId;
import io.coursewire.webhooks.ComposeRequest;
import io.coursewire.webhooks.DeliveryState;
import io.coursewire.webhooks.EndpointHealth;
import io.coursewire.webhooks.EventType;
import io.coursewire.webhooks.GivenSubscription;
import io.coursewire.webhooks.OrderingKey;
import io.coursewire.webhooks.Subscription;
import io.coursewire.webhooks.sending.AddressBlock;
import io.coursewire.webhooks.sending.AddressGuard;
import io.coursewire.webhooks.sending.Names;
import io.coursewire.webhooks.sending.SendWebhook;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// One endpoint's lanes in memory, before a real receiver; what is on record is told by the test.
class EndpointLanesTest {
    private static final int BUCKET = 7;
    private static final long EPOCH = 3;
    private static final Optional<Integer> PACED = Optional.of(100);

    private final HostileReceiver receiver = new HostileReceiver();
    private final SendWebhook send =
            new SendWebhook(
                    new AddressGuard(
                            List.of(AddressBlock.parse("127.0.0.0/8", "")), Names.system()),
                    Duration.ofSeconds(30));
    private final Clock clock = Clock.systemUTC();
    private final AtomicInteger waiting = new AtomicInteger();
    private final Semaphore turns = new Semaphore(0);
    private final Work work =
            new Work(
                    new Courier(
                            new ComposeRequest(() -> "https://coursewire.example"), send, clock),
                    clock,
                    new Signal(),
                    new Paces(this::nodesOnceItsTurnIsGiven),
                    (_, _) -> true);
    private final ClientId client = new ClientId("lanes");
    private final OrderingKey key = new OrderingKey(client, UserId.next(), ActivityId.next());
    private final UUID attempt = UUID.randomUUID();
    private long position;

    @AfterEach
    void stop() {
        receiver.close();
        send.close();
    }

    @Test
    void what_supersedes_is_sent_once_that_is_on_record() {
        var answered = new CountDownLatch(1);
        receiver.behave(
                (connection, out) -> {
                    answered.await();
                    return HostileReceiver.status(204).answer(connection, out);
                });
        var lanes = new EndpointLanes(subscription(Optional.empty()), work);
        lanes.offer(updated(1), false, Flights.MAX);
        await(() -> receiver.requests().size() == 1);
        lanes.offer(updated(2), false, Flights.MAX);
        lanes.offer(updated(3), false, Flights.MAX);
        answered.countDown();
        await(() -> !lanes.isFlying());
        // Were this the end of the process, another one would send the second after the third.
        assertThat(versions()).containsExactly(1L);

        work.takeOutcomes(10).forEach(lanes::recorded);
        await(() -> receiver.requests().size() == 2);
        assertThat(versions()).containsExactly(1L, 3L);
    }

    @Test
    void nothing_is_sent_of_a_dropped_lane_that_waited_for_its_turn() {
        var lanes = new EndpointLanes(subscription(PACED), work);
        waitsForItsTurn(lanes);
        lanes.drop(Set.of(BUCKET));
        turns.release();
        await(() -> !lanes.isFlying());
        assertThat(versions()).containsExactly(1L);
    }

    @Test
    void what_waited_for_its_turn_goes_where_the_subscription_says_by_then() {
        var before = subscription(PACED);
        var lanes = new EndpointLanes(before, work);
        waitsForItsTurn(lanes);
        try (var moved = new HostileReceiver()) {
            var settings = GivenSubscription.settings(moved.url(), PACED);
            lanes.change(before.with(settings, clock.instant()), false);
            turns.release();
            await(() -> !lanes.isFlying());
            assertThat(versions()).containsExactly(1L);
            assertThat(moved.requests()).hasSize(1);
        }
    }

    @Test
    void what_waited_for_its_turn_is_not_sent_once_the_endpoint_is_switched_off() {
        var before = subscription(PACED);
        var lanes = new EndpointLanes(before, work);
        waitsForItsTurn(lanes);
        var off = EndpointHealth.disabled(EndpointHealth.REASON_BY_HAND, clock.instant());
        lanes.change(before.with(off, clock.instant()), false);
        turns.release();
        await(() -> !lanes.isFlying());
        assertThat(versions()).containsExactly(1L);
        assertThat(work.takeOutcomes(10))
                .filteredOn(outcome -> outcome instanceof Outcome.Joined)
                .hasSize(1);
    }

    @Test
    void what_waited_for_its_turn_is_cancelled_with_the_subscription() {
        var lanes = new EndpointLanes(subscription(PACED), work);
        waitsForItsTurn(lanes);
        lanes.delete();
        turns.release();
        await(() -> !lanes.isFlying());
        assertThat(versions()).containsExactly(1L);
        assertThat(work.takeOutcomes(10))
                .filteredOn(
                        outcome ->
                                outcome instanceof Outcome.Settled settled
                                        && settled.state() == DeliveryState.CANCELLED)
                .hasSize(1);
    }

    /// The first goes out, the second has been taken from its lane and waits until its turn is given.
    private void waitsForItsTurn(EndpointLanes lanes) {
        lanes.offer(updated(1), false, Flights.MAX);
        turns.release();
        await(() -> receiver.requests().size() == 1 && !lanes.isFlying());
        lanes.offer(updated(2), false, Flights.MAX);
        await(() -> waiting.get() == 2);
    }

    // Asked for on a worker's thread, as the last thing before it is the request's turn.
    private int nodesOnceItsTurnIsGiven() {
        waiting.incrementAndGet();
        turns.acquireUninterruptibly();
        return 1;
    }

    @Test
    void a_probe_whose_bucket_goes_meanwhile_is_followed_by_another() {
        var clock = new MovableClock();
        var mayBegin = new AtomicBoolean();
        var courier =
                new Courier(new ComposeRequest(() -> "https://coursewire.example"), send, clock);
        var work =
                new Work(
                        courier, clock, new Signal(), new Paces(() -> 1), (_, _) -> mayBegin.get());
        var off = EndpointHealth.disabled(EndpointHealth.REASON_FAILING, clock.instant());
        var lanes =
                new EndpointLanes(subscription(Optional.empty()).with(off, clock.instant()), work);
        var answered = new CountDownLatch(1);
        receiver.behave(
                (connection, out) -> {
                    answered.await();
                    return HostileReceiver.status(500).answer(connection, out);
                });
        beginProbe(lanes, clock);
        lanes.drop(Set.of(BUCKET));
        mayBegin.set(true);
        beginProbe(lanes, clock);
        await(() -> receiver.requests().size() == 1);
        lanes.drop(Set.of(BUCKET));
        answered.countDown();
        await(() -> !lanes.isFlying());
        beginProbe(lanes, clock);
        await(() -> receiver.requests().size() == 2 && !lanes.isFlying());
    }

    private void beginProbe(EndpointLanes lanes, MovableClock clock) {
        clock.advance(Condition.PROBED_EVERY.plusMinutes(1));
        assertThat(lanes.slots()).isEqualTo(1);
        lanes.probe(true);
        var one = updated(1);
        lanes.load(List.of(new Assignment(one.event(), one.origin(), one.lanes(), 0, true)), 0);
    }

    @Test
    void a_fault_of_ours_while_sending_is_a_failed_try_and_ends_no_worker() {
        var faulty =
                new Courier(
                        new ComposeRequest(
                                () -> {
                                    throw new IllegalStateException("no public URL");
                                }),
                        send,
                        clock,
                        _ -> {
                            throw new IllegalStateException("no metrics");
                        });
        var work = new Work(faulty, clock, new Signal(), new Paces(() -> 1), (_, _) -> true);
        var lanes = new EndpointLanes(subscription(Optional.empty()), work);
        lanes.offer(updated(1), false, Flights.MAX);
        await(() -> !lanes.isFlying());
        assertThat(work.takeOutcomes(10))
                .filteredOn(outcome -> outcome instanceof Outcome.Failed)
                .hasSize(1);
    }

    @Test
    void a_parked_lane_stays_in_memory_until_all_that_joined_it_is_on_record() {
        var now = clock.instant();
        var lanes =
                new EndpointLanes(
                        subscription(Optional.empty())
                                .with(
                                        EndpointHealth.disabled(EndpointHealth.REASON_GONE, now),
                                        now),
                        work);
        lanes.offer(updated(1), false, Flights.MAX);
        var first = work.takeOutcomes(10);
        lanes.offer(updated(2), false, Flights.MAX);
        first.forEach(lanes::recorded);
        assertThat(lanes.has(key)).as("the second is not on record").isTrue();
        assertThat(lanes.holds(BUCKET)).isTrue();
        work.takeOutcomes(10).forEach(lanes::recorded);
        assertThat(lanes.has(key)).isFalse();
        assertThat(lanes.holds(BUCKET)).isFalse();
    }

    private Subscription subscription(Optional<Integer> perSecond) {
        return GivenSubscription.of(client, GivenSubscription.settings(receiver.url(), perSecond));
    }

    private Assignment updated(long version) {
        var event = Scene.event(key, attempt, EventType.UPDATED, version);
        return new Assignment(
                event, new Assignment.Origin(++position, BUCKET, EPOCH), Optional.of(1), 0, false);
    }

    private List<Long> versions() {
        return receiver.requests().stream()
                .map(request -> Long.parseLong(request.header("coursewire-attempt-version")))
                .toList();
    }
}
