package io.coursewire.webhooks.explain;

import static org.assertj.core.api.Assertions.assertThat;

import io.coursewire.storage.TestDatabase;
import io.coursewire.webhooks.DeliveryState;
import io.coursewire.webhooks.EndpointHealth;
import io.coursewire.webhooks.EventType;
import io.coursewire.webhooks.Filter;
import io.coursewire.webhooks.Format;
import io.coursewire.webhooks.GivenSubscription;
import io.coursewire.webhooks.OutboxEvent;
import io.coursewire.webhooks.Subscription;
import io.coursewire.webhooks.SubscriptionSettings;
import io.coursewire.webhooks.delivery.HostileReceiver;
import io.coursewire.webhooks.delivery.MovableClock;
import io.coursewire.webhooks.delivery.Node;
import io.coursewire.webhooks.delivery.Scene;
import io.coursewire.webhooks.explain.Explained.AtEndpoint;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Every reason why an event is where it is, as the engine brings it about.
class ExplainEventTest {
    @RegisterExtension static final TestDatabase db = TestDatabase.migrated();

    private final MovableClock clock = new MovableClock();
    private final Scene scene = new Scene(db.jdbi());
    private final HostileReceiver receiver = new HostileReceiver();
    private final Node node = new Node(db.jdbi(), clock);
    private final ExplainEvent explain = new ExplainEvent(db.jdbi(), clock);

    @AfterEach
    void stop() {
        node.close();
        receiver.close();
    }

    @Test
    void a_delivered_event_tells_how_it_was_answered() {
        var endpoint = scene.subscription(receiver.url());
        OutboxEvent event = told();
        assertReason(event, endpoint, Reason.DELIVERED, "answered 204");
        assertThat(at(event, endpoint).state()).contains(DeliveryState.DELIVERED);
    }

    @Test
    void what_was_not_wanted_tells_by_what_it_was_held_back() {
        var other = scene.subscription(receiver.url(), EventType.COMPLETED);
        var filtered = filtered(Map.of("status", List.of("failed", "completed")));
        var off = scene.subscription(receiver.url());
        switchOff(off);
        OutboxEvent event = told();
        var later = scene.subscription(receiver.url());
        // What they ask for now does not matter.
        switchOff(other);
        switchOff(filtered);
        assertReason(event, other, Reason.NOT_SUBSCRIBED, "attempt.completed");
        assertReason(event, filtered, Reason.FILTERED, "status is passed, wanted were failed");
        assertReason(event, off, Reason.SWITCHED_OFF, "switched off");
        assertReason(event, later, Reason.MADE_LATER, "after the event");
    }

    @Test
    void what_waits_tells_for_what() {
        receiver.behave(HostileReceiver.status(500));
        var failing = scene.subscription(receiver.url());
        var blocked = scene.subscription("http://10.1.2.3/");
        var key = scene.key();
        OutboxEvent first = Scene.event(key, UUID.randomUUID(), EventType.STARTED, 1);
        OutboxEvent second = Scene.event(key, UUID.randomUUID(), EventType.STARTED, 1);
        scene.append(node.outbox, first);
        scene.await("first tries", () -> scene.count("pending") == 2);
        scene.append(node.outbox, second);
        scene.await("the queue", () -> scene.count("pending") == 4);
        assertReason(first, failing, Reason.WAITS_FOR_RETRY, "answered 500");
        assertThat(at(first, failing).nextTryAt()).isPresent();
        assertReason(second, failing, Reason.WAITS_BEHIND_OTHERS, "same participant");
        assertReason(first, blocked, Reason.BLOCKED_ADDRESS, "--allow-target 10.1.2.3/32");
        Instant now = Instant.now();
        var paused =
                new EndpointHealth(
                        true,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(now),
                        Optional.of(now.plusSeconds(600)));
        GivenSubscription.update(db.jdbi(), Scene.KEY, failing.with(paused, now));
        assertReason(first, failing, Reason.WAITS_WHILE_PAUSED, "Waits until");
        GivenSubscription.update(
                db.jdbi(),
                Scene.KEY,
                failing.with(EndpointHealth.disabled(EndpointHealth.REASON_GONE, now), now));
        assertReason(first, failing, Reason.WAITS_WHILE_DISABLED, "410");
    }

    @Test
    void what_has_ended_otherwise_tells_how() {
        receiver.behave(HostileReceiver.status(500));
        var endpoint = scene.subscription(receiver.url());
        OutboxEvent event = Scene.started(scene.key());
        scene.append(node.outbox, event);
        scene.await("a first try", () -> scene.count("pending") == 1);
        GivenSubscription.delete(db.jdbi(), Scene.KEY, endpoint);
        node.deliver.wake();
        scene.await("its end", () -> scene.count("cancelled") == 1);
        assertReason(event, endpoint, Reason.CANCELLED, "deleted");
    }

    @Test
    void an_event_that_is_not_fanned_out_yet_says_so_and_a_foreign_one_nothing() {
        node.close();
        var endpoint = scene.subscription(receiver.url());
        OutboxEvent event = Scene.started(scene.key());
        scene.append(node.outbox, event);
        assertReason(event, endpoint, Reason.NOT_FANNED_OUT_YET, "about to be");
        assertThat(explain.explain(new Scene(db.jdbi()).client(), event.id())).isEmpty();
        assertThat(explain.explain(scene.client(), UUID.randomUUID())).isEmpty();
    }

    private OutboxEvent told() {
        OutboxEvent event = Scene.started(scene.key());
        scene.append(node.outbox, event);
        scene.await("the end of the fan-out", () -> scene.undelivered() == 0);
        return event;
    }

    private Subscription filtered(Map<String, List<String>> wanted) {
        var settings =
                new SubscriptionSettings(
                        receiver.url(),
                        Optional.empty(),
                        Set.of(EventType.EVERY),
                        Format.ATTEMPT_STATUS,
                        new Filter(wanted),
                        Set.of("v1"),
                        Optional.empty(),
                        Optional.empty());
        return GivenSubscription.insert(db.jdbi(), Scene.KEY, scene.client(), settings);
    }

    private void switchOff(Subscription endpoint) {
        Instant now = Instant.now();
        GivenSubscription.update(
                db.jdbi(),
                Scene.KEY,
                endpoint.with(EndpointHealth.disabled(EndpointHealth.REASON_BY_HAND, now), now));
    }

    private AtEndpoint at(OutboxEvent event, Subscription endpoint) {
        return explain.explain(scene.client(), event.id()).orElseThrow().endpoints().stream()
                .filter(at -> at.endpoint().equals(endpoint.id()))
                .findFirst()
                .orElseThrow();
    }

    private void assertReason(
            OutboxEvent event, Subscription endpoint, Reason reason, String detail) {
        var because = at(event, endpoint).because();
        assertThat(because.reason()).as(because.detail()).isEqualTo(reason);
        assertThat(because.detail()).contains(detail);
    }
}
