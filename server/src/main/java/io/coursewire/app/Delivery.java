package io.coursewire.app;

import io.coursewire.api.DeliveriesResource;
import io.coursewire.api.EventsResource;
import io.coursewire.api.ExplanationsResource;
import io.coursewire.api.LedgerResource;
import io.coursewire.api.ReplaysResource;
import io.coursewire.api.Resource;
import io.coursewire.api.WebhooksResource;
import io.coursewire.app.tracing.Traces;
import io.coursewire.catalog.Training;
import io.coursewire.kernel.SecretKey;
import io.coursewire.webhooks.ComposeRequest;
import io.coursewire.webhooks.Deliveries;
import io.coursewire.webhooks.KeepHistory;
import io.coursewire.webhooks.Outbox;
import io.coursewire.webhooks.SubscriptionStore;
import io.coursewire.webhooks.Subscriptions;
import io.coursewire.webhooks.catchup.ReadFeed;
import io.coursewire.webhooks.delivery.Courier;
import io.coursewire.webhooks.delivery.Deliver;
import io.coursewire.webhooks.delivery.SendTest;
import io.coursewire.webhooks.delivery.Tried;
import io.coursewire.webhooks.explain.CheckSignature;
import io.coursewire.webhooks.explain.ExplainEvent;
import io.coursewire.webhooks.replay.Means;
import io.coursewire.webhooks.replay.Replays;
import io.coursewire.webhooks.replay.RunReplays;
import io.coursewire.webhooks.sending.AddressBlock;
import io.coursewire.webhooks.sending.AddressGuard;
import io.coursewire.webhooks.sending.Names;
import io.coursewire.webhooks.sending.SendWebhook;
import io.coursewire.webhooks.watch.Alerts;
import io.coursewire.webhooks.watch.CheckLedger;
import io.coursewire.webhooks.watch.Measure;
import io.coursewire.webhooks.watch.Measured;
import io.coursewire.webhooks.watch.Watch;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.jdbi.v3.core.Jdbi;

/// The webhooks of one server: what takes events, what delivers them once it is started, and what
/// subscribers see of it.
final class Delivery implements AutoCloseable {
    private static final Duration EXCHANGE_DEADLINE = Duration.ofSeconds(15);

    final Outbox outbox;
    final Subscriptions subscriptions;
    final Deliveries deliveries;
    final SendTest sendTest;
    final ReadFeed readFeed;
    final Replays replays;
    final ExplainEvent explainEvent;
    final CheckSignature checkSignature;

    private final Clock clock;
    private final DeliveryMeters meters;
    private final Measure measure;
    private final Watch watch;
    private final CheckLedger checkLedger;
    private final SendWebhook send;
    private final Deliver deliver;
    private final RunReplays runReplays;
    private final KeepHistory keepHistory;

    /// Where this server is, what it may reach and how long it remembers. `publicUrl` is asked for with each
    /// request: at the start the API's port is not known yet.
    record Place(
            List<AddressBlock> allowedTargets,
            Supplier<String> publicUrl,
            Path dataDir,
            KeepHistory.Retention retention) {}

    /// Who hears of each try.
    record Watchers(DeliveryMeters meters, Traces traces) {
        void tried(Tried tried) {
            meters.tried(tried);
            traces.tried(tried);
        }
    }

    Delivery(Jdbi jdbi, SecretKey key, Place place, Watchers watchers, Clock clock) {
        this.clock = clock;
        this.meters = watchers.meters();
        measure = new Measure(jdbi, clock);
        watch = new Watch(jdbi, new Alerts(clock), place.dataDir());
        checkLedger = new CheckLedger(jdbi);
        var guard = new AddressGuard(place.allowedTargets(), Names.system());
        var store = new SubscriptionStore(key);
        send = new SendWebhook(guard, EXCHANGE_DEADLINE);
        var compose = new ComposeRequest(place.publicUrl());
        var courier = new Courier(compose, send, clock, watchers::tried);
        deliver = new Deliver(jdbi, store, courier, clock);
        keepHistory = new KeepHistory(jdbi, place.retention(), clock);
        keepHistory.run();
        outbox = new Outbox(deliver.recentEvents(), deliver::wake);
        subscriptions = new Subscriptions(jdbi, store, guard, clock, deliver::wake);
        deliveries = new Deliveries(jdbi, store, clock, deliver::wake);
        sendTest = new SendTest(jdbi, store, courier, clock);
        readFeed = new ReadFeed(jdbi);
        replays = new Replays(jdbi, store, clock);
        explainEvent = new ExplainEvent(jdbi, clock);
        checkSignature = new CheckSignature(jdbi, subscriptions, compose, explainEvent, clock);
        runReplays = new RunReplays(new Means(jdbi, store, courier, deliver.paces(), clock));
    }

    List<Resource> resources(Training training) {
        return List.of(
                new WebhooksResource(subscriptions, sendTest, training),
                new DeliveriesResource(deliveries),
                new EventsResource(readFeed),
                new ReplaysResource(replays, clock),
                new ExplanationsResource(explainEvent, checkSignature),
                new LedgerResource(checkLedger));
    }

    void start() {
        deliver.start();
        runReplays.start();
    }

    /// Makes room for the days to come and drops those that are kept no longer.
    boolean keepHistory() {
        keepHistory.run();
        return false;
    }

    /// Measures the flow, shows it and tells operators what is wrong with it.
    boolean watch() {
        Measured measured = measure.now();
        meters.show(measured, clock.instant());
        watch.judge(measured);
        return false;
    }

    /// Waits for the requests under way.
    @Override
    public void close() {
        runReplays.close();
        deliver.close();
        send.close();
    }
}
