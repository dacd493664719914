package io.coursewire.webhooks.delivery;

import io.coursewire.kernel.SecretKey;
import io.coursewire.storage.Database;
import io.coursewire.webhooks.ComposeRequest;
import io.coursewire.webhooks.Outbox;
import io.coursewire.webhooks.SubscriptionStore;
import io.coursewire.webhooks.sending.AddressBlock;
import io.coursewire.webhooks.sending.AddressGuard;
import io.coursewire.webhooks.sending.Names;
import io.coursewire.webhooks.sending.SendWebhook;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;

/// One node of an installation, as far as delivery goes.
public final class Node implements AutoCloseable {
    static final Duration LEASE = Duration.ofSeconds(3);

    final SendWebhook send;
    private final Courier courier;
    public final Deliver deliver;
    public final Outbox outbox;

    private final Optional<Database> own;

    /// With connections of its own.
    Node(Database own, MovableClock clock, Duration deadline) {
        this(own.jdbi(), Optional.of(own), Scene.KEY, clock, deadline);
    }

    public Node(Jdbi jdbi, MovableClock clock, Duration deadline) {
        this(jdbi, Optional.empty(), Scene.KEY, clock, deadline);
    }

    /// Of a process of its own, which is told the key.
    Node(Jdbi jdbi, SecretKey key, MovableClock clock, Duration deadline) {
        this(jdbi, Optional.empty(), key, clock, deadline);
    }

    private Node(
            Jdbi jdbi,
            Optional<Database> own,
            SecretKey key,
            MovableClock clock,
            Duration deadline) {
        this.own = own;
        var guard =
                new AddressGuard(List.of(AddressBlock.parse("127.0.0.0/8", "")), Names.system());
        send = new SendWebhook(guard, deadline);
        courier = new Courier(new ComposeRequest(() -> "https://coursewire.example"), send, clock);
        deliver = new Deliver(jdbi, new SubscriptionStore(key), courier, clock, LEASE).start();
        outbox = new Outbox(deliver.recentEvents(), deliver::wake);
    }

    public Courier courier() {
        return courier;
    }

    public Paces paces() {
        return deliver.paces();
    }

    /// As after kill -9: nothing is finished, recorded or given back.
    void vanish() {
        send.close();
        deliver.vanish();
        own.ifPresent(Database::close);
    }

    @Override
    public void close() {
        deliver.close();
        send.close();
        own.ifPresent(Database::close);
    }
}
