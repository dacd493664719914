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
    /// How long others wait for this node, and this node for an answer.
    record Limits(Duration lease, Duration deadline) {
        /// However busy the machine is, it neither loses its buckets nor gives up a request: all is sent once.
        static final Limits PATIENT = new Limits(Duration.ofMinutes(1), Duration.ofMinutes(2));

        /// Of a node that may vanish: another one takes over soon.
        static final Limits VANISHING = new Limits(Duration.ofSeconds(3), Duration.ofMinutes(2));

        /// Of a node that is killed where others are judged by what comes twice: a pause of theirs is no kill.
        static final Limits KILLED = new Limits(Duration.ofSeconds(8), Duration.ofMinutes(2));
    }

    final SendWebhook send;
    private final Courier courier;
    public final Deliver deliver;
    public final Outbox outbox;

    private final Optional<Database> own;

    /// With connections of its own.
    Node(Database own, MovableClock clock, Limits limits) {
        this(own.jdbi(), Optional.of(own), Scene.KEY, clock, limits);
    }

    public Node(Jdbi jdbi, MovableClock clock) {
        this(jdbi, clock, Limits.PATIENT);
    }

    Node(Jdbi jdbi, MovableClock clock, Limits limits) {
        this(jdbi, Optional.empty(), Scene.KEY, clock, limits);
    }

    /// Of a process of its own, which is told the key.
    Node(Jdbi jdbi, SecretKey key, MovableClock clock, Limits limits) {
        this(jdbi, Optional.empty(), key, clock, limits);
    }

    private Node(
            Jdbi jdbi, Optional<Database> own, SecretKey key, MovableClock clock, Limits limits) {
        this.own = own;
        var guard =
                new AddressGuard(List.of(AddressBlock.parse("127.0.0.0/8", "")), Names.system());
        send = new SendWebhook(guard, limits.deadline());
        courier = new Courier(new ComposeRequest(() -> "https://coursewire.example"), send, clock);
        deliver =
                new Deliver(jdbi, new SubscriptionStore(key), courier, clock, limits.lease())
                        .start();
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
