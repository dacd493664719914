package io.coursewire.webhooks.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.zaxxer.hikari.HikariDataSource;
import io.coursewire.storage.Database;
import io.coursewire.storage.TestDatabase;
import io.coursewire.webhooks.OutboxEvent;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.slf4j.LoggerFactory;

/// What senders of webhooks have been known to get wrong, and no other test here would notice.
class SendersFaultsTest {
    @RegisterExtension static final TestDatabase db = TestDatabase.migrated();

    private static final int HISTORY = 30_000;

    private final MovableClock clock = new MovableClock();
    private final Scene scene = new Scene(db.jdbi());
    private final HostileReceiver receiver = new HostileReceiver();
    private final Node node = new Node(Database.open(db.address()), clock, Duration.ofSeconds(10));
    private boolean closed;

    @AfterEach
    void stop() {
        close();
        receiver.close();
        scene.assertNothingIsLost();
    }

    @Test
    void deliveries_of_one_event_that_fail_together_are_each_tried_again() {
        IntStream.range(0, 5).forEach(_ -> scene.subscription(receiver.url()));
        receiver.behave(HostileReceiver.status(500));
        OutboxEvent event = Scene.started(scene.key());
        scene.append(node.outbox, event);
        scene.await("five that wait", () -> scene.count("pending") == 5);
        receiver.behave(HostileReceiver.status(204));
        clock.advance(Duration.ofSeconds(6));
        scene.await("five fates", () -> scene.count("delivered") == 5);
        assertThat(receiver.requests()).hasSize(10);
        assertThat(ids(receiver)).containsExactly(event.id().toString());
    }

    @Test
    void while_nothing_can_be_recorded_nothing_is_sent_again() {
        var stumbles = new ListAppender<ILoggingEvent>();
        stumbles.list = new CopyOnWriteArrayList<>();
        stumbles.start();
        var log = (Logger) LoggerFactory.getLogger(Deliver.class);
        log.addAppender(stumbles);
        execute(
                "ALTER TABLE delivery ADD CONSTRAINT broken CHECK (state <> 'delivered') NOT VALID");
        try {
            scene.subscription(receiver.url());
            scene.append(node.outbox, Scene.started(scene.key()));
            scene.await("records that fail", () -> stumbles.list.size() >= 3);
        } finally {
            execute("ALTER TABLE delivery DROP CONSTRAINT broken");
            log.detachAppender(stumbles);
        }
        scene.await("the record", () -> scene.count("delivered") == 1);
        assertThat(receiver.requests()).hasSize(1);
    }

    @Test
    void what_was_delivered_before_is_not_read_to_deliver_what_comes() {
        addHistory();
        Set<String> seen = ConcurrentHashMap.newKeySet();
        try (var failing = new HostileReceiver()) {
            failing.behave(
                    request ->
                            HostileReceiver.status(
                                    seen.add(request.header("webhook-id")) ? 500 : 204));
            scene.subscription(receiver.url());
            scene.subscription(failing.url());
            long rowsBefore = rowsOfHistoryRead();
            scene.append(
                    node.outbox,
                    IntStream.range(0, 100)
                            .mapToObj(_ -> Scene.started(scene.key()))
                            .toArray(OutboxEvent[]::new));
            scene.await("all at one", () -> receiver.requests().size() == 100);
            scene.await(
                    "each at the other at last",
                    () -> {
                        clock.advance(Duration.ofMinutes(1));
                        return failing.requests().size() == 200;
                    });
            // What a session has read is counted when it ends, at the latest.
            close();
            scene.await("the end of the node's sessions", () -> sessions() <= sessionsOfTest());
            assertThat(rowsOfHistoryRead() - rowsBefore).isLessThan(HISTORY / 10);
        }
        assertThat(scene.count("delivered")).isEqualTo(200);
    }

    private void close() {
        if (!closed) {
            closed = true;
            node.close();
        }
    }

    private static void execute(String sql) {
        db.jdbi().useHandle(h -> h.execute(sql));
    }

    private static void addHistory() {
        db.jdbi()
                .useHandle(
                        h -> {
                            h.execute(
                                    """
                                        WITH numbered AS (
                                            SELECT n, (lpad(to_hex((extract(epoch FROM now() - n % 2 * interval '1 day') * 1000)::bigint), 12, '0') || '7' || left(md5(n::text), 3)
                                                      || '8' || left(md5('x' || n), 15))::uuid AS id
                                            FROM generate_series(1, ?) AS n),
                                        made AS (
                                            INSERT INTO event (client_id, position, event_id, bucket, user_id, activity_id, attempt_id, version, type,
                                                               attributes, payload, created_at)
                                            SELECT 'old', nextval('event_position'), id, n % 64, id, id, id, 1, 'attempt.completed', '{}', '{}', now()
                                            FROM numbered RETURNING position, event_id)
                                        INSERT INTO delivery (client_id, endpoint_id, event_id, position, state, lanes, tries, settled_at)
                                        SELECT 'old', '00000000-0000-7000-8000-000000000000', event_id, position, 'delivered', 1, '[]', now() FROM made
                                        """,
                                    HISTORY);
                            h.execute("SELECT pg_stat_force_next_flush()");
                        });
        execute("ANALYZE");
    }

    private static int sessionsOfTest() {
        return ((HikariDataSource) db.database().dataSource())
                .getHikariPoolMXBean()
                .getTotalConnections();
    }

    private static int sessions() {
        return db.jdbi()
                .withHandle(
                        h ->
                                h.createQuery(
                                                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND backend_type = 'client backend'")
                                        .mapTo(Integer.class)
                                        .one());
    }

    /// By whole scans and by way of indexes, of all partitions, by sessions that have told.
    private static long rowsOfHistoryRead() {
        return db.jdbi()
                .withHandle(
                        h ->
                                h.createQuery(
                                                """
                                                SELECT coalesce((SELECT sum(seq_tup_read) FROM pg_stat_user_tables WHERE relname ~ '^(event|delivery)_[0-9]'), 0)
                                                     + coalesce((SELECT sum(idx_tup_read) FROM pg_stat_user_indexes WHERE relname ~ '^(event|delivery)_[0-9]'), 0)
                                                """)
                                        .mapTo(Long.class)
                                        .one());
    }

    private static Set<String> ids(HostileReceiver receiver) {
        return receiver.requests().stream()
                .map(request -> request.header("webhook-id"))
                .collect(Collectors.toCollection(HashSet::new));
    }
}
