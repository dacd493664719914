package io.coursewire.webhooks.delivery;

import io.coursewire.storage.TestDatabase;
import io.coursewire.webhooks.OrderingKey;
import io.coursewire.webhooks.Outbox;
import io.coursewire.webhooks.OutboxEvent;
import io.coursewire.webhooks.RecentEvents;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;

class PgFeedTest extends EventFeedContract {
    @RegisterExtension static final TestDatabase db = TestDatabase.migrated();

    private final Map<EventFeed, Leases> leases = new HashMap<>();
    private final Outbox outbox = new Outbox(new RecentEvents(), () -> {});
    private final Scene scene = new Scene(db.jdbi());

    @BeforeEach
    void nobodyIsThere() {
        db.jdbi().useHandle(h -> h.execute("DELETE FROM delivery_node"));
        db.jdbi().useHandle(h -> h.execute("DELETE FROM undelivered"));
    }

    @Override
    EventFeed join() {
        var lease = new Leases(db.jdbi(), UUID.randomUUID(), Duration.ofMinutes(1));
        lease.renew();
        var feed = new PgFeed(db.jdbi(), lease, new RecentEvents(), Clock.systemUTC());
        leases.put(feed, lease);
        return feed;
    }

    @Override
    void settle(EventFeed... feeds) {
        for (EventFeed feed : feeds) {
            leases.get(feed).renew();
        }
    }

    @Override
    void kill(EventFeed feed) {
        db.jdbi()
                .useHandle(
                        h ->
                                h.execute(
                                        "UPDATE delivery_node SET expires_at = now() - interval '1 second' WHERE node_id = ?",
                                        leases.get(feed).node()));
    }

    @Override
    Handle begin() {
        return db.jdbi().open().begin();
    }

    @Override
    void append(OutboxEvent... events) {
        db.jdbi().useTransaction(h -> append(h, events));
    }

    @Override
    void append(Handle h, OutboxEvent... events) {
        outbox.append(h, Arrays.asList(events));
    }

    @Override
    OrderingKey key() {
        return scene.key();
    }
}
