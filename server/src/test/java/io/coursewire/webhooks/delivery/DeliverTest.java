package io.coursewire.webhooks.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import com.standardwebhooks.Webhook;
import io.coursewire.Patience;
import io.coursewire.storage.TestDatabase;
import io.coursewire.webhooks.EndpointHealth;
import io.coursewire.webhooks.EventType;
import io.coursewire.webhooks.GivenSubscription;
import io.coursewire.webhooks.OrderingKey;
import io.coursewire.webhooks.OutboxEvent;
import io.coursewire.webhooks.Subscription;
import io.coursewire.webhooks.Try;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Gatherers;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// The engine on a real database, sending to a real server.
class DeliverTest {
    @RegisterExtension static final TestDatabase db = TestDatabase.migrated();

    private final MovableClock clock = new MovableClock();
    private final Scene scene = new Scene(db.jdbi());
    private final HostileReceiver receiver = new HostileReceiver();
    private final Node node = new Node(db.jdbi(), clock);

    @AfterEach
    void stop() {
        node.close();
        receiver.close();
        scene.assertNothingIsLost();
    }

    @Test
    void an_event_reaches_its_subscriber_signed() throws Exception {
        var subscription = scene.subscription(receiver.url());
        OutboxEvent event = Scene.started(scene.key());
        scene.append(node.outbox, event);
        scene.await("the fate", () -> scene.count("delivered") == 1);
        var request = receiver.requests().getFirst();
        assertThat(request.body()).isEqualTo(event.payload());
        assertThat(request.header("webhook-id")).isEqualTo(event.id().toString());
        assertThat(request.header("coursewire-event")).isEqualTo(EventType.STARTED);
        assertThat(request.header("coursewire-attempt-version")).isEqualTo("1");
        assertThat(request.header("content-type")).isEqualTo("application/json; charset=utf-8");
        assertThat(request.header("ce-type")).isEqualTo(EventType.STARTED);
        new Webhook(subscription.secrets().current().text())
                .verify(
                        request.text(),
                        HttpHeaders.of(
                                Map.of(
                                        "webhook-id", List.of(request.header("webhook-id")),
                                        "webhook-timestamp",
                                                List.of(request.header("webhook-timestamp")),
                                        "webhook-signature",
                                                List.of(request.header("webhook-signature"))),
                                (_, _) -> true));
        assertThat(scene.undelivered()).isZero();
    }

    @Test
    void an_event_that_nobody_wants_is_done_at_once() {
        scene.subscription(receiver.url(), EventType.COMPLETED);
        scene.append(node.outbox, Scene.started(scene.key()));
        scene.await("the end of the fan-out", () -> scene.undelivered() == 0);
        assertThat(scene.counted("unwanted")).isEqualTo(1);
        assertThat(receiver.requests()).isEmpty();
    }

    @Test
    void every_endpoint_that_wants_an_event_gets_it() {
        IntStream.range(0, 5).forEach(_ -> scene.subscription(receiver.url()));
        scene.append(node.outbox, Scene.started(scene.key()));
        scene.await("five fates", () -> scene.count("delivered") == 5);
        assertThat(receiver.requests()).hasSize(5);
    }

    @Test
    void events_of_one_key_arrive_in_order_and_one_at_a_time() {
        scene.subscription(receiver.url());
        var key = scene.key();
        var events =
                LongStream.rangeClosed(1, 300)
                        .mapToObj(v -> Scene.event(key, new UUID(1, v), EventType.STARTED, v))
                        .toList();
        events.forEach(event -> scene.append(node.outbox, event));
        scene.await("300 fates", () -> scene.count("delivered") == 300);
        assertThat(receiver.requests())
                .extracting(r -> r.header("webhook-id"))
                .containsExactlyElementsOf(events.stream().map(e -> e.id().toString()).toList());
    }

    @Test
    void many_keys_are_delivered_together_each_in_order() {
        scene.subscription(receiver.url());
        var keys = IntStream.range(0, 100).mapToObj(_ -> scene.key()).toList();
        for (long version = 1; version <= 20; version++) {
            long v = version;
            scene.append(
                    node.outbox, keys.stream().map(key -> of(key, v)).toArray(OutboxEvent[]::new));
        }
        scene.await("2000 fates", () -> scene.count("delivered") == 2_000);
        assertOrderPerKey(receiver.requests());
        assertThat(receiver.requests()).hasSize(2_000);
    }

    @Test
    void a_failing_lane_waits_and_its_later_events_with_it() {
        clock.stop();
        scene.subscription(receiver.url());
        receiver.behave(HostileReceiver.status(500));
        var key = scene.key();
        var first = Scene.started(key);
        scene.append(node.outbox, first);
        scene.await("the failure", () -> scene.count("pending") == 1);
        var second = Scene.started(key);
        scene.append(node.outbox, second);
        scene.await("both waiting", () -> scene.count("pending") == 2);
        receiver.behave(HostileReceiver.status(200));
        clock.advance(Duration.ofSeconds(6));
        scene.await("both delivered", () -> scene.count("delivered") == 2);
        assertThat(receiver.requests())
                .extracting(r -> r.header("webhook-id"))
                .containsExactly(
                        first.id().toString(), first.id().toString(), second.id().toString());
        assertThat(rows("parked_lane")).isZero();
    }

    @Test
    void after_the_last_try_a_delivery_is_dead_and_the_next_one_starts_its_own_schedule() {
        scene.subscription(receiver.url());
        receiver.behave(HostileReceiver.status(400));
        var key = scene.key();
        var first = Scene.started(key);
        var second = Scene.started(key);
        scene.append(node.outbox, first, second);
        scene.await("the first failure", () -> scene.count("pending") == 2);
        for (int tries = 1; tries < 10; tries++) {
            int seen = tries;
            scene.await(
                    "try " + seen,
                    () ->
                            receiver.requests().size() >= seen
                                    && nextTryAt().isAfter(clock.instant()));
            clock.advance(Duration.between(clock.instant(), nextTryAt()));
        }
        scene.await("the end of the first", () -> scene.count("dead") == 1);
        scene.await(
                "the second's first try",
                () -> receiver.requests().size() >= 11 && nextTryAt().isAfter(clock.instant()));
        assertThat(receiver.requests())
                .extracting(r -> r.header("webhook-id"))
                .filteredOn(first.id().toString()::equals)
                .hasSize(10);
        receiver.behave(HostileReceiver.status(200));
        clock.advance(Duration.ofHours(1));
        scene.await("the second's delivery", () -> scene.count("delivered") == 1);
    }

    @Test
    void an_undelivered_update_is_superseded_by_a_later_one_but_started_and_completed_never_are() {
        clock.stop();
        scene.subscription(receiver.url());
        receiver.behave(HostileReceiver.status(500));
        var key = scene.key();
        var attempt = UUID.randomUUID();
        var started = Scene.event(key, attempt, EventType.STARTED, 1);
        scene.append(node.outbox, started);
        scene.await("the failure", () -> scene.count("pending") == 1);
        scene.append(
                node.outbox,
                Scene.event(key, attempt, EventType.UPDATED, 2),
                Scene.event(key, attempt, EventType.UPDATED, 3));
        var other = Scene.event(key, UUID.randomUUID(), EventType.UPDATED, 1);
        scene.append(node.outbox, other);
        var completed = Scene.event(key, attempt, EventType.COMPLETED, 4);
        scene.append(node.outbox, completed);
        scene.await(
                "two superseded",
                () -> scene.count("superseded") == 2 && scene.count("pending") == 3);
        receiver.behave(HostileReceiver.status(200));
        clock.advance(Duration.ofSeconds(6));
        scene.await("the rest delivered", () -> scene.count("delivered") == 3);
        assertThat(receiver.requests().stream().skip(1).map(r -> r.header("webhook-id")))
                .containsExactly(
                        started.id().toString(), other.id().toString(), completed.id().toString());
    }

    @Test
    void an_endpoint_that_asks_for_patience_is_left_alone_and_no_try_is_used_up() {
        clock.stop();
        scene.subscription(receiver.url());
        receiver.behave(HostileReceiver.status(503, "retry-after: 120"));
        scene.append(node.outbox, Scene.started(scene.key()));
        scene.await("the pause", () -> scene.count("pending") == 1);
        scene.append(node.outbox, Scene.started(scene.key()), Scene.started(scene.key()));
        scene.await("the others waiting", () -> scene.count("pending") == 3);
        letPass(Duration.ofSeconds(60));
        assertThat(receiver.requests()).hasSize(1);
        assertThat(triesUsed()).containsOnly(0);
        receiver.behave(HostileReceiver.status(200));
        clock.advance(Duration.ofSeconds(61));
        scene.await("all delivered", () -> scene.count("delivered") == 3);
    }

    @Test
    void an_endpoint_that_asks_for_patience_without_end_gets_some_and_few_tries_are_kept() {
        clock.stop();
        scene.subscription(receiver.url());
        receiver.behave(HostileReceiver.status(429, "retry-after: 0"));
        scene.append(node.outbox, Scene.started(scene.key()));
        for (int tries = 1; tries <= Try.KEPT_MAX + 3; tries++) {
            if (tries > 1) {
                clock.advance(Verdict.PAUSE_MIN.plusSeconds(1));
            }
            int seen = tries;
            scene.await(
                    "try " + seen,
                    () ->
                            receiver.requests().size() == seen
                                    && nextTryAt().isAfter(clock.instant()));
        }
        assertThat(triesOf("waiting_delivery")).isEqualTo(Try.KEPT_MAX);
        receiver.behave(HostileReceiver.status(204));
        clock.advance(Verdict.PAUSE_MIN.plusSeconds(1));
        scene.await("its end", () -> scene.count("delivered") == 1);
    }

    @Test
    void an_endpoint_that_is_gone_is_disabled_and_what_it_would_get_waits() {
        clock.stop();
        var subscription = scene.subscription(receiver.url());
        receiver.behave(HostileReceiver.status(410));
        scene.append(node.outbox, Scene.started(scene.key()));
        scene.await(
                "the disabling",
                () ->
                        !GivenSubscription.read(db.jdbi(), Scene.KEY, subscription)
                                .health()
                                .enabled());
        scene.append(node.outbox, Scene.started(scene.key()));
        scene.await("both waiting", () -> scene.count("pending") == 2);
        letPass(Condition.GONE_PROBED_EVERY.minusHours(1));
        node.close();
        assertThat(receiver.requests()).hasSize(1);
    }

    @Test
    void deleting_a_subscription_cancels_what_waits() {
        var subscription = scene.subscription(receiver.url());
        receiver.behave(HostileReceiver.status(500));
        var key = scene.key();
        scene.append(
                node.outbox, Scene.started(key), Scene.started(key), Scene.started(scene.key()));
        scene.await("all waiting", () -> scene.count("pending") == 3);
        GivenSubscription.delete(db.jdbi(), Scene.KEY, subscription);
        scene.await("all cancelled", () -> scene.count("cancelled") == 3);
        assertThat(rows("parked_lane")).isZero();
    }

    @Test
    void a_slow_endpoint_costs_the_others_nothing() {
        node.close();
        var limits = new Node.Limits(Node.Limits.PATIENT.lease(), Duration.ofSeconds(2));
        try (var slow = new HostileReceiver();
                var hurried = new Node(db.jdbi(), clock, limits)) {
            slow.behave(
                    (_, _) -> {
                        Thread.sleep(limits.deadline().multipliedBy(2));
                        return false;
                    });
            scene.subscription(slow.url());
            var fast = scene.subscription(receiver.url());
            Duration soon = Patience.of(Duration.ofSeconds(30));
            long start = System.nanoTime();
            for (int i = 0; i < 50; i++) {
                scene.append(
                        hurried.outbox,
                        IntStream.range(0, 40)
                                .mapToObj(_ -> Scene.started(scene.key()))
                                .toArray(OutboxEvent[]::new));
            }
            scene.await("the fast one served", () -> delivered(fast.id().value()) == 2_000);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(soon);
        }
    }

    @Test
    void endpoints_that_answer_slowly_but_well_cost_the_others_nothing() {
        // More together than there is room for, and than any of them is sent at once.
        servesOthersBeside(6, 400, 100);
    }

    @Test
    void an_endpoint_that_answers_slowly_to_large_events_costs_the_others_nothing() {
        servesOthersBeside(1, 400, 64 * 1024);
    }

    /// Each slow one, of a client of its own, gets three events of each key.
    private void servesOthersBeside(int slowOnes, int keys, int bytes) {
        node.close();
        var answered = new CountDownLatch(1);
        try (var slow = new HostileReceiver();
                var patient = new Node(db.jdbi(), clock)) {
            slow.behave(
                    (connection, out) -> {
                        answered.await();
                        return HostileReceiver.status(204).answer(connection, out);
                    });
            var others = Stream.generate(() -> new Scene(db.jdbi())).limit(slowOnes).toList();
            others.forEach(other -> other.subscription(slow.url()));
            others.forEach(other -> threeOfEach(other, patient, keys, bytes));
            scene.subscription(receiver.url());
            long startNanos = System.nanoTime();
            for (int i = 0; i < 20; i++) {
                scene.append(patient.outbox, started(100));
            }
            scene.await("the fast one served", () -> scene.count("delivered") == 2_000);
            assertThat(Duration.ofNanos(System.nanoTime() - startNanos))
                    .isLessThan(Patience.of(Duration.ofSeconds(10)));
            assertThat(others).allMatch(other -> other.count("delivered") == 0);
            answered.countDown();
            others.forEach(o -> o.await("all", () -> o.count("delivered") == 3L * keys));
            assertOrderPerKey(slow.requests());
            assertThat(slow.requests()).hasSize(3 * keys * slowOnes);
            others.forEach(Scene::assertNothingIsLost);
        }
    }

    private static void threeOfEach(Scene of, Node by, int keys, int bytes) {
        var all = Stream.generate(of::key).limit(keys).toList();
        for (long version = 1; version <= 3; version++) {
            long v = version;
            all.stream()
                    .map(key -> large(of(key, v), bytes))
                    .gather(Gatherers.windowFixed(100))
                    .forEach(some -> of.append(by.outbox, some.toArray(OutboxEvent[]::new)));
        }
    }

    private static OutboxEvent of(OrderingKey key, long version) {
        long person = key.user().value().getLeastSignificantBits();
        return Scene.event(key, new UUID(person, version), EventType.STARTED, version);
    }

    private static OutboxEvent large(OutboxEvent event, int bytes) {
        return new OutboxEvent(
                event.id(),
                event.type(),
                event.orderingKey(),
                event.attempt(),
                event.version(),
                event.attributes(),
                new byte[bytes],
                event.at());
    }

    @Test
    void an_endpoint_that_fails_again_and_again_is_probed_and_then_served_at_once() {
        clock.stop();
        scene.subscription(receiver.url());
        receiver.behave(HostileReceiver.status(500));
        scene.append(
                node.outbox,
                IntStream.range(0, 200)
                        .mapToObj(_ -> Scene.started(scene.key()))
                        .toArray(OutboxEvent[]::new));
        scene.await("all waiting", () -> scene.count("pending") == 200);
        assertThat(receiver.requests().size()).isLessThan(100);
        receiver.behave(HostileReceiver.status(200));
        clock.advance(Duration.ofMinutes(6));
        scene.await("all delivered", () -> scene.count("delivered") == 200);
    }

    @Test
    void an_endpoint_that_fails_for_five_days_is_disabled_probed_and_catches_up_at_a_capped_rate() {
        clock.stop();
        var endpoint = scene.subscription(receiver.url());
        receiver.behave(HostileReceiver.status(500));
        scene.append(node.outbox, started(80));
        scene.await("all waiting", () -> scene.count("pending") == 80);
        scene.await("the note", () -> health(endpoint).failingSince().isPresent());
        clock.advance(Condition.FAILING_MAX.plus(Duration.ofHours(1)));
        scene.await("the end", () -> !health(endpoint).enabled());
        assertThat(health(endpoint).disabledReason()).contains(EndpointHealth.REASON_FAILING);
        receiver.behave(HostileReceiver.status(204));
        scene.append(node.outbox, started(1));
        scene.await("one more waiting", () -> scene.count("pending") == 81);
        int tries = receiver.requests().size();
        clock.advance(Condition.PROBED_EVERY.plusMinutes(1));
        long startNanos = System.nanoTime();
        scene.await("a probe that arrives", () -> health(endpoint).enabled());
        scene.await("everything", () -> scene.count("delivered") == 81);
        assertThat(Duration.ofNanos(System.nanoTime() - startNanos))
                .isGreaterThan(
                        Duration.ofMillis(1_000 * 75 / EndpointLanes.CATCHING_UP_PER_SECOND));
        assertThat(receiver.requests()).hasSize(tries + 81);
    }

    @Test
    void a_node_that_starts_while_an_endpoint_catches_up_keeps_the_capped_rate() {
        var endpoint = scene.subscription(receiver.url());
        receiver.behave(HostileReceiver.status(410));
        scene.append(node.outbox, started(80));
        scene.await("the end", () -> !health(endpoint).enabled());
        scene.await("all waiting", () -> scene.count("pending") == 80);
        node.close();
        receiver.behave(HostileReceiver.status(204));
        GivenSubscription.update(
                db.jdbi(), Scene.KEY, endpoint.with(EndpointHealth.GOOD, clock.instant()));
        int tries = receiver.requests().size();
        long startNanos = System.nanoTime();
        try (var next = new Node(db.jdbi(), clock)) {
            scene.await("everything", () -> scene.count("delivered") == 80);
            assertThat(Duration.ofNanos(System.nanoTime() - startNanos))
                    .isGreaterThan(
                            Duration.ofMillis(1_000 * 75 / EndpointLanes.CATCHING_UP_PER_SECOND));
            assertThat(receiver.requests()).hasSize(tries + 80);
            scene.await("its end", () -> !isCatchingUp(endpoint));
            scene.append(next.outbox, started(1));
            scene.await("a new one", () -> scene.count("delivered") == 81);
        }
    }

    private boolean isCatchingUp(Subscription endpoint) {
        return db.jdbi()
                .withHandle(
                        h ->
                                h.createQuery(
                                                "SELECT catching_up FROM subscription WHERE client_id = :client AND endpoint_id = :endpoint")
                                        .bind("client", scene.client.value())
                                        .bind("endpoint", endpoint.id().value())
                                        .mapTo(Boolean.class)
                                        .one());
    }

    @Test
    void a_probe_that_fails_leaves_the_endpoint_disabled_and_uses_up_no_try() {
        clock.stop();
        var endpoint = scene.subscription(receiver.url());
        receiver.behave(HostileReceiver.status(410));
        scene.append(node.outbox, started(3));
        scene.await("the end", () -> !health(endpoint).enabled());
        scene.await("all waiting", () -> scene.count("pending") == 3);
        int tries = receiver.requests().size();
        clock.advance(Condition.GONE_PROBED_EVERY.plusMinutes(1));
        scene.await("a probe", () -> receiver.requests().size() > tries);
        scene.await("its record", () -> triesOf("waiting_delivery") == tries + 1);
        assertThat(health(endpoint).enabled()).isFalse();
        assertThat(receiver.requests()).hasSize(tries + 1);
        assertThat(triesUsed()).containsOnly(0);
    }

    @Test
    void what_was_switched_off_by_hand_is_not_probed() {
        clock.stop();
        var endpoint = scene.subscription(receiver.url());
        receiver.behave(HostileReceiver.status(500));
        scene.append(node.outbox, started(1));
        scene.await("a first try", () -> scene.count("pending") == 1);
        var off = EndpointHealth.disabled(EndpointHealth.REASON_BY_HAND, clock.instant());
        GivenSubscription.update(db.jdbi(), Scene.KEY, endpoint.with(off, clock.instant()));
        letPass(Duration.ofDays(3));
        node.close();
        assertThat(receiver.requests()).hasSize(1);
    }

    /// Returns when what is due by then has been looked at, with what waited for another client's endpoint.
    private void letPass(Duration time) {
        var another = new Scene(db.jdbi());
        try (var failing = new HostileReceiver()) {
            failing.behave(HostileReceiver.status(500));
            another.subscription(failing.url());
            another.append(node.outbox, Scene.started(another.key()));
            another.await("its failure", () -> another.count("pending") == 1);
            failing.behave(HostileReceiver.status(204));
            clock.advance(time);
            another.await("its delivery", () -> another.count("delivered") == 1);
        }
    }

    private OutboxEvent[] started(int count) {
        return IntStream.range(0, count)
                .mapToObj(_ -> Scene.started(scene.key()))
                .toArray(OutboxEvent[]::new);
    }

    private EndpointHealth health(Subscription endpoint) {
        return GivenSubscription.read(db.jdbi(), Scene.KEY, endpoint).health();
    }

    private int triesOf(String table) {
        return db.jdbi()
                .withHandle(
                        h ->
                                h.createQuery(
                                                "SELECT coalesce(sum(jsonb_array_length(tries)), 0) FROM "
                                                        + table
                                                        + " WHERE client_id = :client")
                                        .bind("client", scene.client.value())
                                        .mapTo(Integer.class)
                                        .one());
    }

    @Test
    void whatever_an_endpoint_answers_can_be_recorded() {
        clock.stop();
        scene.subscription(receiver.url());
        receiver.behave(HostileReceiver.body(500, "nul \0 lone \ud800 end"));
        scene.append(node.outbox, Scene.started(scene.key()));
        scene.await("the record", () -> scene.count("pending") == 1);
        assertThat(receiver.requests()).hasSize(1);
    }

    @Test
    void a_limit_of_requests_per_second_is_kept() {
        GivenSubscription.insert(
                db.jdbi(),
                Scene.KEY,
                scene.client,
                GivenSubscription.settings(receiver.url(), java.util.Optional.of(20)));
        long start = System.nanoTime();
        scene.append(
                node.outbox,
                IntStream.range(0, 41)
                        .mapToObj(_ -> Scene.started(scene.key()))
                        .toArray(OutboxEvent[]::new));
        scene.await("all delivered", () -> scene.count("delivered") == 41);
        assertThat(Duration.ofNanos(System.nanoTime() - start))
                .isGreaterThan(Duration.ofMillis(1_950));
    }

    @Test
    void a_transaction_that_commits_late_is_not_skipped() throws Exception {
        scene.subscription(receiver.url());
        try (var late = db.jdbi().open()) {
            late.begin();
            node.outbox.append(late, List.of(Scene.started(scene.key())));
            for (int i = 0; i < 50; i++) {
                scene.append(node.outbox, Scene.started(scene.key()));
            }
            scene.await("the early ones", () -> scene.count("delivered") == 50);
            late.commit();
        }
        node.outbox.wake();
        scene.await("the late one", () -> scene.count("delivered") == 51);
    }

    static void assertOrderPerKey(List<HostileReceiver.Request> requests) {
        Map<String, Long> last = new java.util.HashMap<>();
        for (var request : requests) {
            String id =
                    request.header("ce-subject")
                            .substring("attempts/".length(), "attempts/".length() + 18);
            long version = Long.parseLong(request.header("coursewire-attempt-version"));
            assertThat(version).as(id).isGreaterThan(last.getOrDefault(id, 0L));
            last.put(id, version);
        }
    }

    private Instant nextTryAt() {
        return db.jdbi()
                .withHandle(
                        h ->
                                h.createQuery(
                                                "SELECT coalesce(max(next_try_at), 'epoch') FROM parked_lane WHERE client_id = :client")
                                        .bind("client", scene.client.value())
                                        .mapTo(Instant.class)
                                        .one());
    }

    private long delivered(UUID endpoint) {
        return db.jdbi()
                .withHandle(
                        h ->
                                h.createQuery(
                                                "SELECT count(*) FROM delivery WHERE client_id = :client AND endpoint_id = :endpoint AND state = 'delivered'")
                                        .bind("client", scene.client.value())
                                        .bind("endpoint", endpoint)
                                        .mapTo(Long.class)
                                        .one());
    }

    private long rows(String table) {
        return db.jdbi()
                .withHandle(
                        h ->
                                h.createQuery(
                                                "SELECT count(*) FROM "
                                                        + table
                                                        + " WHERE client_id = :client")
                                        .bind("client", scene.client.value())
                                        .mapTo(Long.class)
                                        .one());
    }

    private List<Integer> triesUsed() {
        return new ArrayList<>(
                db.jdbi()
                        .withHandle(
                                h ->
                                        h.createQuery(
                                                        "SELECT tries_used FROM waiting_delivery WHERE client_id = :client")
                                                .bind("client", scene.client.value())
                                                .mapTo(Integer.class)
                                                .list()));
    }
}
