package io.coursewire.api;

import io.coursewire.catalog.Training;
import io.coursewire.webhooks.ComposeRequest;
import io.coursewire.webhooks.Deliveries;
import io.coursewire.webhooks.SubscriptionStore;
import io.coursewire.webhooks.Subscriptions;
import io.coursewire.webhooks.delivery.Courier;
import io.coursewire.webhooks.delivery.SendTest;
import io.coursewire.webhooks.explain.CheckSignature;
import io.coursewire.webhooks.explain.ExplainEvent;
import io.coursewire.webhooks.replay.Replays;
import io.coursewire.webhooks.sending.AddressBlock;
import io.coursewire.webhooks.sending.AddressGuard;
import io.coursewire.webhooks.sending.Names;
import io.coursewire.webhooks.sending.SendWebhook;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.jdbi.v3.core.Jdbi;

/// The resources of webhooks for tests: they may send to this machine.
final class TestWebhooks {
    static final AddressGuard GUARD =
            new AddressGuard(List.of(AddressBlock.parse("127.0.0.1/32", "")), Names.system());
    static final SendWebhook SEND = new SendWebhook(GUARD, Duration.ofSeconds(30));
    static final SubscriptionStore STORE = new SubscriptionStore(TestApi.SECRET_KEY);

    private static final ComposeRequest COMPOSE =
            new ComposeRequest(() -> "https://coursewire.example");

    private TestWebhooks() {}

    static Courier courier(Clock clock) {
        return new Courier(COMPOSE, SEND, clock);
    }

    static WebhooksResource webhooks(Jdbi jdbi, Clock clock) {
        return webhooks(jdbi, GUARD, clock);
    }

    static WebhooksResource webhooks(Jdbi jdbi, AddressGuard guard, Clock clock) {
        return new WebhooksResource(
                new Subscriptions(jdbi, STORE, guard, clock, () -> {}),
                new SendTest(jdbi, STORE, courier(clock), clock),
                new Training(jdbi, clock));
    }

    static ReplaysResource replays(Jdbi jdbi, Clock clock) {
        return new ReplaysResource(new Replays(jdbi, STORE, clock), clock);
    }

    static ExplanationsResource explanations(Jdbi jdbi, Clock clock) {
        var explainEvent = new ExplainEvent(jdbi, clock);
        var subscriptions = new Subscriptions(jdbi, STORE, GUARD, clock, () -> {});
        return new ExplanationsResource(
                explainEvent,
                new CheckSignature(jdbi, subscriptions, COMPOSE, explainEvent, clock));
    }

    static DeliveriesResource deliveries(Jdbi jdbi, Clock clock) {
        return new DeliveriesResource(new Deliveries(jdbi, STORE, clock, () -> {}));
    }
}
