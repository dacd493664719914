package io.coursewire.app;

import io.coursewire.kernel.SecretKey;
import io.coursewire.webhooks.ComposeRequest;
import io.coursewire.webhooks.Outbox;
import io.coursewire.webhooks.SecretBox;
import io.coursewire.webhooks.SubscriptionStore;
import io.coursewire.webhooks.delivery.Courier;
import io.coursewire.webhooks.delivery.Deliver;
import io.coursewire.webhooks.sending.AddressBlock;
import io.coursewire.webhooks.sending.AddressGuard;
import io.coursewire.webhooks.sending.Names;
import io.coursewire.webhooks.sending.SendWebhook;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jdbi.v3.core.Jdbi;

/// The webhooks of one server: what takes events, and what delivers them once it is started.
final class Delivery implements AutoCloseable {
    private static final Duration EXCHANGE_DEADLINE = Duration.ofSeconds(15);
    private static final Runnable NOBODY = () -> {};

    final AddressGuard guard;
    final SendWebhook send;
    final SubscriptionStore subscriptions;
    final Outbox outbox;

    private final Jdbi jdbi;
    private final Clock clock;
    // Events are taken before anyone delivers them: the engine needs the URL of the API, whose port
    // is
    // known last.
    private final AtomicReference<Runnable> wake = new AtomicReference<>(NOBODY);
    private Runnable stop = NOBODY;

    Delivery(Jdbi jdbi, SecretKey key, List<AddressBlock> allowedTargets, Clock clock) {
        this.jdbi = jdbi;
        this.clock = clock;
        guard = new AddressGuard(allowedTargets, Names.system());
        send = new SendWebhook(guard, EXCHANGE_DEADLINE);
        subscriptions = new SubscriptionStore(new SealedSecrets(key));
        outbox = new Outbox(() -> wake.get().run());
    }

    void start(String publicUrl) {
        var courier = new Courier(new ComposeRequest(publicUrl), send, clock);
        var deliver = new Deliver(jdbi, subscriptions, courier, clock).start();
        wake.set(deliver::wake);
        stop = deliver::close;
    }

    /// Waits for the requests under way.
    @Override
    public void close() {
        wake.set(NOBODY);
        stop.run();
        send.close();
    }

    /// Subscribers' secrets, unreadable without the servers' key.
    private record SealedSecrets(SecretKey key) implements SecretBox {
        private static final String PURPOSE = "subscription";

        @Override
        public byte[] seal(byte[] plain) {
            return key.seal(PURPOSE, plain);
        }

        @Override
        public byte[] open(byte[] sealed) {
            return key.unseal(PURPOSE, sealed);
        }
    }
}
