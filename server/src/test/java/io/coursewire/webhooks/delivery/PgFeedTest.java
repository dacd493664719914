package io.coursewire.webhooks.delivery;

import io.coursewire.storage.TestDatabase;
import io.coursewire.webhooks.OrderingKey;
import io.coursewire.webhooks.Outbox;
import io.coursewire.webhooks.OutboxEvent;
import io.coursewire.webhooks.RecentEvents;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.SqlLogger;
import org.jdbi.v3.core.statement.StatementContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;

class PgFeedTest extends EventFeedContract {
    @RegisterExtension static final TestDatabase db = TestDatabase.migrated();

    private static final Duration LEASE = Duration.ofMinutes(1);

    private final Map<EventFeed, Leases> leases = new HashMap<>();
    private final Outbox outbox = new Outbox(new RecentEvents(), () -> {});
    private final Scene scene = new Scene(db.jdbi());
    private final AtomicLong nanos = new AtomicLong();
    private final AtomicBoolean fails = new AtomicBoolean();
    private final Jdbi failing =
            Jdbi.create(db.database().dataSource()).setSqlLogger(new FailingReads());

    /// Breaks off where the events are to be read that the markers stand for.
    private final class FailingReads implements SqlLogger {
        @Override
        public void logBeforeExecution(StatementContext context) {
            if (context.getRawSql().contains("JOIN event AS e") && fails.getAndSet(false)) {
                throw new IllegalStateException(
                        new SQLException("the connection is gone", "08006"));
            }
        }
    }

    @BeforeEach
    void nobodyIsThere() {
        db.jdbi().useHandle(h -> h.execute("DELETE FROM delivery_node"));
        db.jdbi().useHandle(h -> h.execute("DELETE FROM undelivered"));
    }

    @Override
    EventFeed join() {
        var lease = new Leases(db.jdbi(), UUID.randomUUID(), LEASE, nanos::get);
        lease.renew();
        var feed = new PgFeed(failing, lease, new RecentEvents(), Clock.systemUTC());
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
    void lapse(EventFeed feed) {
        nanos.addAndGet(LEASE.toNanos());
    }

    @Override
    void failOnce() {
        fails.set(true);
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
