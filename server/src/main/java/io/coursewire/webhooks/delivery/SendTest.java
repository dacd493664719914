package io.coursewire.webhooks.delivery;

import io.coursewire.kernel.ActivityId;
import io.coursewire.kernel.ClientId;
import io.coursewire.kernel.UserId;
import io.coursewire.kernel.Uuid;
import io.coursewire.webhooks.DeliveryId;
import io.coursewire.webhooks.DeliveryState;
import io.coursewire.webhooks.EndpointId;
import io.coursewire.webhooks.EventType;
import io.coursewire.webhooks.OrderingKey;
import io.coursewire.webhooks.OutboxEvent;
import io.coursewire.webhooks.Subscription;
import io.coursewire.webhooks.SubscriptionStore;
import io.coursewire.webhooks.Try;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;

/// The test button: a sample goes to the endpoint at once, once, by the same way and through the same
/// guard as every webhook, also when the endpoint is disabled; the log tells how it went.
public final class SendTest {
    private static final String SAMPLE = "sample-attempt-status.json";
    private static final int SLOT = 0;

    private final Jdbi jdbi;
    private final SubscriptionStore subscriptions;
    private final Courier courier;
    private final InstantSource clock;

    public SendTest(
            Jdbi jdbi, SubscriptionStore subscriptions, Courier courier, InstantSource clock) {
        this.jdbi = jdbi;
        this.subscriptions = subscriptions;
        this.courier = courier;
        this.clock = clock;
    }

    /// One test, which has not been sent yet.
    public record Prepared(Subscription subscription, OutboxEvent event) {
        public DeliveryId id() {
            return new DeliveryId(event.id(), subscription.id());
        }
    }

    /// Empty when the client has no such endpoint.
    public Optional<Prepared> prepare(ClientId client, EndpointId endpoint) {
        return jdbi.withHandle(db -> subscriptions.find(db, client, endpoint))
                .map(subscription -> new Prepared(subscription, sample(client)));
    }

    /// Returns after the answer, or the deadline; not to be called in a transaction.
    public void send(Prepared test) {
        Subscription subscription = test.subscription();
        OutboxEvent event = test.event();
        Try tried = courier.carry(subscription, event);
        boolean delivered = Verdict.of(tried.answer(), tried.at()) instanceof Verdict.Delivered;
        var assignment =
                new Assignment(
                        event,
                        new Assignment.Origin(0, event.orderingKey().bucket(), 0),
                        Optional.empty(),
                        1,
                        false);
        var settled =
                new Outcome.Settled(
                        subscription.id(),
                        assignment,
                        delivered ? DeliveryState.DELIVERED : DeliveryState.DEAD,
                        Optional.of(tried));
        jdbi.useTransaction(
                db -> new RecordStore(SLOT).settle(db, List.of(settled), clock.instant()));
    }

    private OutboxEvent sample(ClientId client) {
        return new OutboxEvent(
                Uuid.next(),
                EventType.TEST,
                new OrderingKey(client, UserId.next(), ActivityId.next()),
                Optional.empty(),
                0,
                Map.of(),
                payload(client),
                clock.instant());
    }

    private static byte[] payload(ClientId client) {
        try (var in = SendTest.class.getResourceAsStream(SAMPLE)) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
            return text.replace("CLIENT_ID", client.value()).getBytes(StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
