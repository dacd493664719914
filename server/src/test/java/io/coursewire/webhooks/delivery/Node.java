package io.coursewire.webhooks.delivery;

import io.coursewire.webhooks.ComposeRequest;
import io.coursewire.webhooks.Outbox;
import io.coursewire.webhooks.SubscriptionStore;
import io.coursewire.webhooks.sending.AddressBlock;
import io.coursewire.webhooks.sending.AddressGuard;
import io.coursewire.webhooks.sending.Names;
import io.coursewire.webhooks.sending.SendWebhook;
import java.time.Duration;
import java.util.List;
import org.jdbi.v3.core.Jdbi;

/// One node of an installation, as far as delivery goes.
final class Node implements AutoCloseable {
    static final Duration LEASE = Duration.ofSeconds(1);

    final SendWebhook send;
    final Deliver deliver;
    final Outbox outbox;

    Node(Jdbi jdbi, MovableClock clock, Duration deadline) {
        var guard =
                new AddressGuard(List.of(AddressBlock.parse("127.0.0.0/8", "")), Names.system());
        send = new SendWebhook(guard, deadline);
        var courier =
                new Courier(new ComposeRequest(() -> "https://coursewire.example"), send, clock);
        deliver =
                new Deliver(jdbi, new SubscriptionStore(Scene.KEY), courier, clock, LEASE).start();
        outbox = new Outbox(deliver::wake);
    }

    @Override
    public void close() {
        deliver.close();
        send.close();
    }
}
