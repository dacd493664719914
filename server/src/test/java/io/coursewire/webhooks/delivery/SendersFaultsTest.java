package io.coursewire.webhooks.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.zaxxer.hikari.HikariDataSource;
import io.coursewire.storage.Database;
import io.coursewire.storage.TestDatabase;
import io.coursewire.webhooks.OrderingKey;
import io.coursewire.webhooks.Outbox;
import io.coursewire.webhooks.OutboxEvent;
import io.coursewire.webhooks.RecentEvents;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
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
    private static final int OTHERS = 20;

    private final MovableClock clock = new MovableClock();
    private final Scene scene = new Scene(db.jdbi());
    private final HostileReceiver receiver = new HostileReceiver();
    private final Node node = node();
    private boolean closed;

    @AfterEach
    void stop() {
        close();
        receiver.close();
        scene.assertNothingIsLost();
    }

    @Test
    void deliveries_of_one_event_that_fail_together_are_each_tried_again() {
        clock.stop();
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
        clock.stop();
        scene.subscription(receiver.url());
        refuse("state <> 'delivered'");
        try (var told = new Told(RecordFates.class)) {
            scene.append(node.outbox, Scene.started(scene.key()));
            scene.await("a record that fails", () -> told.count() == 1);
            clock.advance(Aside.TRIED_AGAIN_AFTER);
            scene.await("another", () -> told.count() == 2);
        } finally {
            refuseNothing();
        }
        clock.advance(Aside.TRIED_AGAIN_AFTER);
        scene.await("the record", () -> scene.count("delivered") == 1);
        assertThat(receiver.requests()).hasSize(1);
    }

    @Test
    void what_cannot_be_recorded_holds_up_its_lane_alone_and_is_sent_once() {
        clock.stop();
        OrderingKey key = scene.key();
        OutboxEvent refused = Scene.started(key);
        OutboxEvent behind = Scene.started(key);
        scene.subscription(receiver.url());
        refuse("event_id <> '%s'".formatted(refused.id()));
        try (var told = new Told(RecordFates.class)) {
            scene.append(node.outbox, refused, behind);
            scene.append(node.outbox, others());
            scene.await("the others", () -> scene.count("delivered") == OTHERS);
            scene.await("both", () -> receiver.requests().size() == OTHERS + 2);
            scene.append(node.outbox, others());
            scene.await("more of the others", () -> scene.count("delivered") == 2 * OTHERS);
            assertThat(told.count()).isEqualTo(1);
            assertThat(scene.undelivered()).isEqualTo(2);
        } finally {
            refuseNothing();
        }
        clock.advance(Aside.TRIED_AGAIN_AFTER);
        scene.await("their records", () -> scene.undelivered() == 0);
        assertThat(receiver.requests()).hasSize(2 * OTHERS + 2);
    }

    @Test
    void what_waits_and_cannot_be_recorded_holds_up_its_lane_alone() {
        clock.stop();
        OutboxEvent refused = Scene.started(scene.key());
        scene.subscription(receiver.url());
        receiver.behave(HostileReceiver.status(500));
        scene.append(node.outbox, refused);
        scene.await("one that waits", () -> scene.count("pending") == 1);
        scene.append(node.outbox, others());
        scene.await("all that wait", () -> scene.count("pending") == OTHERS + 1);
        refuse("event_id <> '%s'".formatted(refused.id()));
        receiver.behave(HostileReceiver.status(204));
        try (var told = new Told(RecordFates.class)) {
            clock.advance(Duration.ofSeconds(10));
            scene.await("the others", () -> scene.count("delivered") == OTHERS);
            scene.await("it too, without a record", () -> told.count() == 1);
        } finally {
            refuseNothing();
        }
        clock.advance(Aside.TRIED_AGAIN_AFTER);
        scene.await("the last", () -> scene.count("pending") == 0);
        assertThat(requests(refused)).isEqualTo(2);
    }

    @Test
    void what_was_not_recorded_before_a_crash_is_sent_by_the_next_owner_in_order() {
        OrderingKey key = scene.key();
        OutboxEvent refused = Scene.started(key);
        OutboxEvent behind = Scene.started(key);
        scene.subscription(receiver.url());
        refuse("event_id <> '%s'".formatted(refused.id()));
        try {
            scene.append(node.outbox, refused, behind);
            scene.await("both", () -> receiver.requests().size() == 2);
            close();
        } finally {
            refuseNothing();
        }
        assertThat(scene.count("delivered")).isZero();
        try (var next = node()) {
            scene.await("their records", () -> scene.count("delivered") == 2);
            assertThat(next.deliver.buckets()).hasSize(OrderingKey.BUCKETS);
        }
        assertThat(receiver.requests().stream().map(request -> request.header("webhook-id")))
                .containsExactly(
                        refused.id().toString(),
                        behind.id().toString(),
                        refused.id().toString(),
                        behind.id().toString());
    }

    @Test
    void a_bucket_with_something_that_cannot_be_recorded_goes_to_the_next_node() {
        OutboxEvent refused = Scene.started(scene.key());
        scene.subscription(receiver.url());
        refuse("event_id <> '%s'".formatted(refused.id()));
        try (var told = new Told(RecordFates.class)) {
            scene.append(node.outbox, refused);
            scene.await("a record that fails", () -> told.count() == 1);
            try (var next = node()) {
                scene.await(
                        "half of the buckets",
                        () -> next.deliver.buckets().size() == OrderingKey.BUCKETS / 2);
            }
        } finally {
            refuseNothing();
        }
        clock.advance(Aside.TRIED_AGAIN_AFTER);
        scene.await("its record", () -> scene.count("delivered") == 1);
    }

    @Test
    void such_a_bucket_does_not_go_while_something_of_it_is_sent() {
        var refused = eventPerBucket();
        var slow = eventPerBucket().stream().filter(e -> isEven(e.orderingKey().bucket())).toList();
        scene.subscription(receiver.url());
        refuse("event_id NOT IN (%s)".formatted(quoted(refused)));
        var answered = new CountDownLatch(1);
        try (var told = new Told(RecordFates.class)) {
            scene.append(node.outbox, refused.toArray(OutboxEvent[]::new));
            scene.await("records that fail", () -> told.count() == refused.size());
            receiver.behave(
                    (connection, out) -> {
                        answered.await();
                        return HostileReceiver.status(204).answer(connection, out);
                    });
            scene.append(node.outbox, slow.toArray(OutboxEvent[]::new));
            int sent = refused.size() + slow.size();
            scene.await("what is slow", () -> receiver.requests().size() == sent);
            try (var next = node()) {
                scene.await("some buckets", () -> !next.deliver.buckets().isEmpty());
                assertThat(next.deliver.buckets()).noneMatch(SendersFaultsTest::isEven);
                answered.countDown();
                scene.await(
                        "half of the buckets",
                        () -> next.deliver.buckets().size() == OrderingKey.BUCKETS / 2);
            }
        } finally {
            answered.countDown();
            refuseNothing();
        }
        clock.advance(Aside.TRIED_AGAIN_AFTER);
        scene.await("all records", () -> scene.count("delivered") == refused.size() + slow.size());
    }

    private List<OutboxEvent> eventPerBucket() {
        var events = new TreeMap<Integer, OutboxEvent>();
        while (events.size() < OrderingKey.BUCKETS) {
            var key = scene.key();
            events.putIfAbsent(key.bucket(), Scene.started(key));
        }
        return List.copyOf(events.values());
    }

    private static boolean isEven(int bucket) {
        return bucket % 2 == 0;
    }

    private static String quoted(List<OutboxEvent> events) {
        return events.stream().map(e -> "'" + e.id() + "'").collect(Collectors.joining(", "));
    }

    @Test
    void an_event_that_cannot_be_read_holds_up_no_other_and_comes_when_it_can() {
        scene.subscription(receiver.url());
        OutboxEvent broken = Scene.started(scene.key());
        OutboxEvent missing = Scene.started(scene.key());
        // Past this node's memory of what it wrote itself.
        var elsewhere = new Outbox(new RecentEvents(), () -> {});
        db.jdbi()
                .useTransaction(
                        h -> {
                            elsewhere.append(h, List.of(broken, missing));
                            h.execute(
                                    "UPDATE event SET attributes = '[1]' WHERE event_id = ?",
                                    broken.id());
                            h.execute(
                                    "CREATE TABLE gone AS SELECT * FROM event WHERE event_id = ?",
                                    missing.id());
                            h.execute("DELETE FROM event WHERE event_id = ?", missing.id());
                            elsewhere.append(h, List.of(others()));
                        });
        scene.await("the others", () -> scene.count("delivered") == OTHERS);
        scene.append(node.outbox, others());
        scene.await("more of the others", () -> scene.count("delivered") == 2 * OTHERS);
        assertThat(scene.undelivered()).isEqualTo(2);
        close();
        execute("UPDATE event SET attributes = '{}' WHERE attributes = '[1]'");
        execute("INSERT INTO event SELECT * FROM gone");
        execute("DROP TABLE gone");
        try (var next = node()) {
            scene.await("both", () -> scene.count("delivered") == 2 * OTHERS + 2);
            assertThat(next.deliver.buckets()).isNotEmpty();
        }
        assertThat(ids(receiver)).contains(broken.id().toString(), missing.id().toString());
    }

    @Test
    void what_waits_and_cannot_be_read_holds_up_no_other_and_comes_when_it_can() {
        clock.stop();
        scene.subscription(receiver.url());
        receiver.behave(HostileReceiver.status(500));
        // More lanes than are looked at together.
        OutboxEvent[] broken = events(EndpointLanes.IN_FLIGHT_MAX + 10);
        scene.append(node.outbox, broken);
        scene.await("those that fail", () -> scene.count("pending") == broken.length);
        scene.append(node.outbox, others());
        scene.await("all that wait", () -> scene.count("pending") == broken.length + OTHERS);
        db.jdbi()
                .useHandle(
                        h -> {
                            for (OutboxEvent one : broken) {
                                h.execute(
                                        "UPDATE event SET attributes = '[1]' WHERE event_id = ?",
                                        one.id());
                            }
                        });
        receiver.behave(HostileReceiver.status(204));
        clock.advance(Duration.ofSeconds(10));
        scene.await("the others", () -> scene.count("delivered") == OTHERS);
        scene.await("a later look at all of them", () -> waitingUntilLater() == broken.length);
        execute("UPDATE event SET attributes = '{}' WHERE attributes = '[1]'");
        clock.advance(LoadWaiting.UNREADABLE_POSTPONED);
        scene.await("all", () -> scene.count("delivered") == broken.length + OTHERS);
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
            long blocksBefore = blocksOfYesterdayRead();
            scene.append(node.outbox, events(100));
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
            // A planner looks at the end of an index now and then.
            assertThat(blocksOfYesterdayRead() - blocksBefore).isLessThan(40);
        }
        assertThat(scene.count("delivered")).isEqualTo(200);
    }

    private int waitingUntilLater() {
        return db.jdbi()
                .withHandle(
                        h ->
                                h.createQuery(
                                                "SELECT count(*) FROM parked_lane WHERE client_id = :client AND next_try_at > :now")
                                        .bind("client", scene.client.value())
                                        .bind("now", clock.instant())
                                        .mapTo(Integer.class)
                                        .one());
    }

    private OutboxEvent[] others() {
        return events(OTHERS);
    }

    private OutboxEvent[] events(int count) {
        return IntStream.range(0, count)
                .mapToObj(_ -> Scene.started(scene.key()))
                .toArray(OutboxEvent[]::new);
    }

    private static void refuse(String unless) {
        execute(
                "ALTER TABLE delivery ADD CONSTRAINT broken CHECK (%s) NOT VALID"
                        .formatted(unless));
    }

    private static void refuseNothing() {
        execute("ALTER TABLE delivery DROP CONSTRAINT broken");
    }

    /// What a class told in the log of faults.
    private static final class Told implements AutoCloseable {
        private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
        private final Logger log;

        Told(Class<?> by) {
            log = (Logger) LoggerFactory.getLogger(by);
            lines.list = new CopyOnWriteArrayList<>();
            lines.start();
            log.addAppender(lines);
        }

        long count() {
            return lines.list.stream().filter(line -> line.getLevel() == Level.ERROR).count();
        }

        @Override
        public void close() {
            log.detachAppender(lines);
        }
    }

    private Node node() {
        return new Node(Database.open(db.address()), clock, Node.Limits.PATIENT);
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
                            // Its reading would count as that of the senders.
                            h.createQuery(
                                            "SELECT relname FROM pg_class WHERE relname ~ '^(event|delivery)_[0-9]+$'")
                                    .mapTo(String.class)
                                    .forEach(
                                            table ->
                                                    h.execute(
                                                            "ALTER TABLE %s SET (autovacuum_enabled = off)"
                                                                    .formatted(table)));
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
                            h.execute("VACUUM ANALYZE");
                            h.execute("SELECT pg_stat_force_next_flush()");
                        });
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

    /// Blocks of its tables and their indexes.
    private static long blocksOfYesterdayRead() {
        return db.jdbi()
                .withHandle(
                        h ->
                                h.createQuery(
                                                """
                                                SELECT sum(heap_blks_hit + heap_blks_read + idx_blks_hit + idx_blks_read) FROM pg_statio_user_tables
                                                WHERE relname ~ ('^(event|delivery)' || to_char((now() AT TIME ZONE 'UTC')::date - 1, '_YYYYMMDD'))
                                                """)
                                        .mapTo(Long.class)
                                        .one());
    }

    private long requests(OutboxEvent event) {
        return receiver.requests().stream()
                .filter(request -> event.id().toString().equals(request.header("webhook-id")))
                .count();
    }

    private static Set<String> ids(HostileReceiver receiver) {
        return receiver.requests().stream()
                .map(request -> request.header("webhook-id"))
                .collect(Collectors.toCollection(HashSet::new));
    }
}
