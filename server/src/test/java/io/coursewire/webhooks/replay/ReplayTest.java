package io.coursewire.webhooks.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.coursewire.Patience;
import io.coursewire.storage.LockQueue;
import io.coursewire.storage.TestDatabase;
import io.coursewire.webhooks.DeliveryState;
import io.coursewire.webhooks.EndpointHealth;
import io.coursewire.webhooks.EventType;
import io.coursewire.webhooks.GivenSubscription;
import io.coursewire.webhooks.OrderingKey;
import io.coursewire.webhooks.OutboxEvent;
import io.coursewire.webhooks.Subscription;
import io.coursewire.webhooks.SubscriptionStore;
import io.coursewire.webhooks.delivery.HostileReceiver;
import io.coursewire.webhooks.delivery.HostileReceiver.Request;
import io.coursewire.webhooks.delivery.MovableClock;
import io.coursewire.webhooks.delivery.Node;
import io.coursewire.webhooks.delivery.Scene;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Past events sent again beside the flow, on a real database, to a real server.
class ReplayTest {
    @RegisterExtension static final TestDatabase db = TestDatabase.migrated();

    private static final Set<String> MISSED = Set.of(ReplayRequest.MISSED);

    private final MovableClock clock = new MovableClock();
    private final Scene scene = new Scene(db.jdbi());
    private final HostileReceiver receiver = new HostileReceiver();
    private final Node node = new Node(db.jdbi(), clock);
    private final SubscriptionStore subscriptions = new SubscriptionStore(Scene.KEY);
    private final Replays replays = new Replays(db.jdbi(), subscriptions, clock);
    private final Instant start = clock.instant().minusSeconds(1);
    private final List<RunReplays> runners = new ArrayList<>();

    @AfterEach
    void stop() {
        runners.forEach(RunReplays::close);
        node.close();
        receiver.close();
        scene.assertNothingIsLost();
    }

    @Test
    void everything_is_sent_again_in_order_under_its_own_id() {
        var endpoint = scene.subscription(receiver.url());
        OrderingKey key = scene.key();
        List<OutboxEvent> events = events(key, 30);
        deliver(events);
        run(node);
        assertThat(previewed(endpoint, ReplayRequest.SETTLED).byState())
                .isEqualTo(java.util.Map.of("delivered", 30L));
        Replay done = ended(endpoint, make(endpoint, ReplayRequest.SETTLED, 500));
        assertThat(done.progress().state()).isEqualTo(ReplayState.DONE);
        assertThat(done.progress().total()).isEqualTo(30);
        assertThat(done.progress().delivered()).isEqualTo(30);
        assertThat(ids().subList(30, 60))
                .containsExactlyElementsOf(events.stream().map(e -> e.id().toString()).toList());
        assertThat(scene.count("delivered")).isEqualTo(30);
    }

    @Test
    void only_what_was_asked_for_is_sent_and_what_was_dead_is_delivered_then() {
        var endpoint = scene.subscription(receiver.url());
        List<OutboxEvent> events = events(scene.key(), 6);
        deliver(events);
        setState(events.subList(0, 2), "dead");
        setState(events.subList(2, 3), "superseded");
        run(node);
        Replay done = ended(endpoint, make(endpoint, Set.of("dead"), 500));
        assertThat(done.progress().delivered()).isEqualTo(2);
        assertThat(ids().subList(6, 8))
                .containsExactly(events.get(0).id().toString(), events.get(1).id().toString());
        assertThat(scene.count("dead")).isZero();
        assertThat(scene.count("superseded")).isEqualTo(1);
        assertThat(scene.count("delivered")).isEqualTo(5);
    }

    @Test
    void an_endpoint_can_have_what_happened_before_it_was_made() {
        deliverToNobody(events(scene.key(), 5));
        var endpoint = scene.subscription(receiver.url(), EventType.STARTED);
        run(node);
        assertThat(previewed(endpoint, ReplayRequest.SETTLED).total()).isZero();
        Replay done = ended(endpoint, make(endpoint, Set.of(ReplayRequest.MISSED), 500));
        assertThat(done.progress().delivered()).isEqualTo(5);
        assertThat(receiver.requests()).hasSize(5);
        var picky = scene.subscription(receiver.url(), EventType.COMPLETED);
        assertThat(previewed(picky, Set.of(ReplayRequest.MISSED)).total()).isZero();
    }

    @Test
    void what_is_older_than_any_delivery_kept_is_sent_once_and_leaves_no_record() {
        Instant then = clock.instant().minus(Duration.ofDays(40));
        var old = of(then, Scene.started(scene.key()));
        db.jdbi()
                .useHandle(
                        h -> {
                            h.execute(
                                    "SELECT create_daily_partitions(day_of(?), day_of(?))",
                                    old.id(),
                                    old.id());
                            h.createQuery("SELECT 'delivery_' || to_char(day_of(?), 'YYYYMMDD')")
                                    .bind(0, old.id())
                                    .mapTo(String.class)
                                    .forEach(table -> h.execute("DROP TABLE " + table));
                        });
        deliverToNobody(List.of(old, Scene.started(scene.key())));
        var endpoint = scene.subscription(receiver.url());
        run(node);
        var request =
                new ReplayRequest(
                        then.minusSeconds(1),
                        clock.instant().plusSeconds(5),
                        Set.of(ReplayRequest.MISSED),
                        Set.of(),
                        1);
        var made = replays.create(scene.client(), endpoint.id(), request);
        Replay done = ended(endpoint, ((Replays.Outcome.Made) made).replay().id());
        assertThat(done.progress().delivered()).isEqualTo(2);
        assertThat(receiver.requests()).hasSize(2);
        assertThat(scene.count("delivered")).isEqualTo(1);
    }

    @Test
    void a_delivery_that_is_asked_for_again_meanwhile_has_no_second_record() throws Exception {
        var endpoint = scene.subscription(receiver.url());
        var event = Scene.started(scene.key());
        deliver(List.of(event));
        var replay =
                ((Replays.Outcome.Made)
                                replays.create(
                                        scene.client(),
                                        endpoint.id(),
                                        request(ReplayRequest.SETTLED, 1)))
                        .replay();
        var sent = new Sent(1, event.id(), event.orderingKey().bucket(), true, List.of());
        try (var threads = Executors.newVirtualThreadPerTaskExecutor();
                var again = db.jdbi().open()) {
            again.begin();
            again.createQuery("SELECT bucket FROM bucket_lease WHERE bucket = ? FOR UPDATE")
                    .bind(0, event.orderingKey().bucket())
                    .mapTo(Integer.class)
                    .one();
            var record =
                    threads.submit(
                            () ->
                                    db.jdbi()
                                            .useTransaction(
                                                    h ->
                                                            new ReplayEventStore()
                                                                    .record(
                                                                            h,
                                                                            replay,
                                                                            List.of(sent),
                                                                            clock.instant())));
            LockQueue.awaitOneFor(again, db);
            again.execute(
                    """
                    INSERT INTO waiting_delivery (client_id, endpoint_id, user_id, activity_id, position, event_id, attempt_id, type,
                                                  bytes, tries_used, lanes, tries)
                    SELECT client_id, ?, user_id, activity_id, position, event_id, attempt_id, type, 1, 0, 1, '[]'
                    FROM event WHERE event_id = ?
                    """,
                    endpoint.id().value(),
                    event.id());
            again.execute("DELETE FROM delivery WHERE event_id = ?", event.id());
            again.execute(
                    "UPDATE delivery_count SET delivered = delivered - 1, pending = pending + 1 WHERE client_id = ? AND delivered = 1",
                    scene.client().value());
            again.commit();
            record.get();
        }
        assertThat(scene.count("pending")).isEqualTo(1);
        assertThat(scene.count("delivered")).isZero();
    }

    private static OutboxEvent of(Instant at, OutboxEvent event) {
        return new OutboxEvent(
                new UUID(at.toEpochMilli() << 16 | 0x7000L, event.id().getLeastSignificantBits()),
                event.type(),
                event.orderingKey(),
                event.attempt(),
                event.version(),
                event.attributes(),
                event.payload(),
                at);
    }

    @Test
    void more_than_any_batch_or_page_are_all_sent() {
        var endpoint = scene.subscription(receiver.url());
        for (int i = 0; i < 7; i++) {
            scene.append(node.outbox, events(scene.key(), 100).toArray(OutboxEvent[]::new));
        }
        scene.await("700 fates", () -> scene.count("delivered") == 700);
        run(node);
        Replay done = ended(endpoint, make(endpoint, ReplayRequest.SETTLED, 1_000));
        assertThat(done.progress().delivered()).isEqualTo(700);
        assertThat(receiver.requests()).hasSize(1_400);
    }

    @Test
    void the_rate_stays_below_its_cap() {
        var endpoint = scene.subscription(receiver.url());
        deliver(events(scene.key(), 12));
        run(node);
        long startNanos = System.nanoTime();
        ended(endpoint, make(endpoint, ReplayRequest.SETTLED, 10));
        assertThat(Duration.ofNanos(System.nanoTime() - startNanos))
                .isGreaterThan(Duration.ofMillis(1_090));
    }

    @Test
    void new_events_do_not_wait_for_a_replay_that_is_stuck() {
        var endpoint = scene.subscription(receiver.url());
        OrderingKey key = scene.key();
        deliver(events(key, 20));
        var hold = new CountDownLatch(1);
        Set<String> old = Set.copyOf(ids());
        receiver.behave(
                request ->
                        old.contains(request.header("webhook-id"))
                                ? (connection, out) -> {
                                    hold.await();
                                    return false;
                                }
                                : HostileReceiver.status(204));
        run(node);
        UUID id = make(endpoint, ReplayRequest.SETTLED, 1_000);
        scene.await("the replay", () -> receiver.requests().size() > 20);
        scene.append(node.outbox, events(key, 5).toArray(OutboxEvent[]::new));
        scene.await("the new ones", () -> scene.count("delivered") == 25);
        replays.cancel(scene.client(), endpoint.id(), id);
        hold.countDown();
        assertThat(ended(endpoint, id).progress().state()).isEqualTo(ReplayState.CANCELLED);
    }

    @Test
    void one_that_is_cancelled_sends_no_more() {
        var endpoint = scene.subscription(receiver.url());
        deliver(events(scene.key(), 50));
        run(node);
        UUID id = make(endpoint, ReplayRequest.SETTLED, 5);
        scene.await("the first ones", () -> receiver.requests().size() > 52);
        assertThat(replays.cancel(scene.client(), endpoint.id(), id)).isTrue();
        runners.forEach(RunReplays::close);
        int sent = receiver.requests().size();
        assertThat(sent).isLessThan(100);
        run(node);
        assertThat(ended(endpoint, id).progress().state()).isEqualTo(ReplayState.CANCELLED);
        assertThat(replays.create(scene.client(), endpoint.id(), request(Set.of("dead"), 1)))
                .isInstanceOf(Replays.Outcome.Made.class);
        assertThat(receiver.requests()).hasSize(sent);
    }

    @Test
    void a_failure_is_tried_again_and_the_rest_goes_on() {
        var endpoint = scene.subscription(receiver.url());
        List<OutboxEvent> events = events(scene.key(), 3);
        deliver(events);
        String first = events.getFirst().id().toString();
        var failures = new AtomicInteger();
        receiver.behave(
                request ->
                        request.header("webhook-id").equals(first) && failures.getAndIncrement() < 2
                                ? HostileReceiver.status(500)
                                : HostileReceiver.status(204));
        run(node);
        Replay done = ended(endpoint, make(endpoint, ReplayRequest.SETTLED, 500));
        assertThat(done.progress().delivered()).isEqualTo(3);
        assertThat(done.progress().failed()).isZero();
        assertThat(ids().subList(3, 8)).startsWith(first, first, first);
    }

    @Test
    void an_endpoint_that_is_gone_stops_the_replay_and_is_disabled() {
        var endpoint = scene.subscription(receiver.url());
        deliver(events(scene.key(), 3));
        receiver.behave(HostileReceiver.status(410));
        run(node);
        Replay done = ended(endpoint, make(endpoint, ReplayRequest.SETTLED, 500));
        assertThat(done.progress().state()).isEqualTo(ReplayState.STOPPED);
        assertThat(done.progress().reason()).contains(EndpointHealth.REASON_GONE);
        assertThat(GivenSubscription.read(db.jdbi(), Scene.KEY, endpoint).health().enabled())
                .isFalse();
        assertThat(replays.create(scene.client(), endpoint.id(), request(Set.of("dead"), 1)))
                .isInstanceOf(Replays.Outcome.Disabled.class);
    }

    @Test
    void another_node_goes_on_where_the_first_one_stopped() {
        var endpoint = scene.subscription(receiver.url());
        deliver(events(scene.key(), 20));
        var first = run(node);
        UUID id = make(endpoint, ReplayRequest.SETTLED, 10);
        scene.await("the first ones", () -> receiver.requests().size() > 22);
        first.close();
        try (var second = new Node(db.jdbi(), clock)) {
            run(second);
            Replay done = ended(endpoint, id);
            assertThat(done.progress().delivered()).isEqualTo(20);
            assertThat(Set.copyOf(ids().subList(20, ids().size()))).hasSize(20);
            runners.forEach(RunReplays::close);
        }
    }

    @Test
    void a_clients_replays_that_are_paused_or_stuck_hold_up_neither_its_others_nor_other_clients() {
        deliverToNobody(events(scene.key(), 2));
        receiver.behave(HostileReceiver.status(503, "retry-after: 3600"));
        run(node);
        for (int n = 0; n < RunReplays.OF_CLIENT_MAX; n++) {
            make(scene.subscription(receiver.url()), MISSED, 1);
        }
        scene.await(
                "those that pause", () -> receiver.requests().size() == RunReplays.OF_CLIENT_MAX);
        var hold = new CountDownLatch(1);
        try (var stuck = new HostileReceiver();
                var well = new HostileReceiver()) {
            var fine = scene.subscription(well.url());
            assertThat(ended(fine, make(fine, MISSED, 500)).progress().delivered()).isEqualTo(2);

            stuck.behave(
                    (connection, out) -> {
                        hold.await();
                        return HostileReceiver.status(204).answer(connection, out);
                    });
            for (int n = 0; n < 2 * RunReplays.OF_CLIENT_MAX; n++) {
                make(scene.subscription(stuck.url()), MISSED, 1);
            }
            scene.await(
                    "those that hang", () -> stuck.requests().size() == RunReplays.OF_CLIENT_MAX);
            var other = new Scene(db.jdbi());
            other.append(node.outbox, Scene.started(other.key()));
            other.await("the end of the fan-out", () -> other.undelivered() == 0);
            var served = other.subscription(well.url());
            replays.create(other.client(), served.id(), request(MISSED, 1));
            other.await("another client's", () -> other.count("delivered") == 1);
            assertThat(stuck.requests()).hasSize(RunReplays.OF_CLIENT_MAX);
            hold.countDown();
            runners.forEach(RunReplays::close);
        }
    }

    @Test
    void a_node_that_never_came_to_run_replays_can_be_closed() {
        assertThatCode(runReplays(node)::close).doesNotThrowAnyException();
    }

    private RunReplays run(Node by) {
        var runner = runReplays(by).start();
        runners.add(runner);
        return runner;
    }

    private RunReplays runReplays(Node by) {
        return new RunReplays(new Means(db.jdbi(), subscriptions, by.courier(), by.paces(), clock));
    }

    private ReplayRequest request(Set<String> states, int perSecond) {
        return new ReplayRequest(
                start, clock.instant().plusSeconds(5), states, Set.of(), perSecond);
    }

    private Preview previewed(Subscription endpoint, Set<String> states) {
        var outcome = replays.preview(scene.client(), endpoint.id(), request(states, 1));
        return ((Replays.Outcome.Previewed) outcome).preview();
    }

    private UUID make(Subscription endpoint, Set<String> states, int perSecond) {
        var outcome = replays.create(scene.client(), endpoint.id(), request(states, perSecond));
        return ((Replays.Outcome.Made) outcome).replay().id();
    }

    private Replay ended(Subscription endpoint, UUID id) {
        Instant end = Instant.now().plus(Patience.of(Duration.ofSeconds(30)));
        Replay replay = replays.find(scene.client(), endpoint.id(), id).orElseThrow();
        while (replay.progress().state() == ReplayState.RUNNING) {
            assertThat(Instant.now()).isBefore(end);
            java.util.concurrent.locks.LockSupport.parkNanos(5_000_000);
            replay = replays.find(scene.client(), endpoint.id(), id).orElseThrow();
        }
        return replay;
    }

    private void deliver(List<OutboxEvent> events) {
        scene.append(node.outbox, events.toArray(OutboxEvent[]::new));
        scene.await(
                "deliveries", () -> scene.count(DeliveryState.DELIVERED.word()) == events.size());
    }

    private void deliverToNobody(List<OutboxEvent> events) {
        scene.append(node.outbox, events.toArray(OutboxEvent[]::new));
        scene.await("the end of the fan-out", () -> scene.undelivered() == 0);
    }

    /// As if the deliveries had come to another end, in rows and counts.
    private void setState(List<OutboxEvent> events, String state) {
        db.jdbi()
                .useTransaction(
                        h -> {
                            h.createUpdate(
                                            "UPDATE delivery SET state = :state WHERE event_id = ANY(:ids)")
                                    .bind("state", state)
                                    .bindArray(
                                            "ids",
                                            UUID.class,
                                            events.stream().map(OutboxEvent::id).toArray())
                                    .execute();
                            h.createUpdate(
                                            "UPDATE delivery_count SET delivered = delivered - :n, <state> = <state> + :n WHERE ctid = (SELECT ctid FROM delivery_count WHERE client_id = :client AND delivered >= :n LIMIT 1)")
                                    .define("state", state)
                                    .bind("n", events.size())
                                    .bind("client", scene.client().value())
                                    .execute();
                        });
    }

    private static List<OutboxEvent> events(OrderingKey key, int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(v -> Scene.event(key, new UUID(1, v), EventType.STARTED, v))
                .toList();
    }

    private List<String> ids() {
        return receiver.requests().stream()
                .map((Request request) -> request.header("webhook-id"))
                .toList();
    }
}
