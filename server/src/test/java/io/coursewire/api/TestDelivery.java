package io.coursewire.api;

import io.coursewire.kernel.ActivityId;
import io.coursewire.kernel.ClientId;
import io.coursewire.kernel.UserId;
import io.coursewire.kernel.Uuid;
import io.coursewire.storage.TestDatabase;
import io.coursewire.webhooks.EventType;
import io.coursewire.webhooks.OrderingKey;
import io.coursewire.webhooks.Outbox;
import io.coursewire.webhooks.OutboxEvent;
import io.coursewire.webhooks.delivery.Deliver;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;

/// Real deliveries behind the API of a test class, and the outbox that feeds them.
final class TestDelivery {
    private final Jdbi jdbi;
    private final Outbox outbox;

    private TestDelivery(Jdbi jdbi, Outbox outbox) {
        this.jdbi = jdbi;
        this.outbox = outbox;
    }

    /// Runs until the database is closed.
    static TestDelivery over(TestDatabase db) {
        var clock = Clock.systemUTC();
        var deliver =
                new Deliver(db.jdbi(), TestWebhooks.STORE, TestWebhooks.courier(clock), clock)
                        .start();
        db.beforeClose(deliver::close);
        return new TestDelivery(db.jdbi(), new Outbox(deliver.recentEvents(), deliver::wake));
    }

    /// As many events of a new attempt, one commit each; answers the attempt.
    UUID append(String client, int count) {
        var key = new OrderingKey(new ClientId(client), UserId.next(), ActivityId.next());
        var attempt = Uuid.next();
        for (int version = 1; version <= count; version++) {
            append(
                    new OutboxEvent(
                            Uuid.next(),
                            EventType.STARTED,
                            key,
                            Optional.of(attempt),
                            version,
                            Map.of(),
                            "{}".getBytes(StandardCharsets.UTF_8),
                            Instant.now()));
        }
        return attempt;
    }

    void append(OutboxEvent event) {
        jdbi.useTransaction(db -> outbox.append(db, List.of(event)));
        outbox.wake();
    }
}
