package io.coursewire.webhooks.catchup;

import static org.assertj.core.api.Assertions.assertThat;

import io.coursewire.Patience;
import io.coursewire.kernel.ActivityId;
import io.coursewire.kernel.ClientId;
import io.coursewire.kernel.UserId;
import io.coursewire.kernel.Uuid;
import io.coursewire.storage.TestDatabase;
import io.coursewire.webhooks.EventType;
import io.coursewire.webhooks.KeepHistory;
import io.coursewire.webhooks.KeepHistory.Retention;
import io.coursewire.webhooks.OrderingKey;
import io.coursewire.webhooks.Outbox;
import io.coursewire.webhooks.OutboxEvent;
import io.coursewire.webhooks.RecentEvents;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// The feed beside writers that commit late, roll back and never stop. Real PostgreSQL.
class ReadFeedTest {
    @RegisterExtension static final TestDatabase db = TestDatabase.migrated();

    private static final int WRITERS = 6;
    private static final int EVENTS_EACH = 150;

    private final ClientId client = new ClientId("c" + UUID.randomUUID());
    private final ReadFeed feed = new ReadFeed(db.jdbi());
    private final Outbox outbox = new Outbox(new RecentEvents(), () -> {});

    @Test
    void a_reader_beside_many_writers_misses_nothing_and_sees_nothing_twice() throws Exception {
        Set<UUID> committed = ConcurrentHashMap.newKeySet();
        var writers =
                IntStream.range(0, WRITERS)
                        .mapToObj(_ -> Thread.ofVirtual().start(() -> write(committed)))
                        .toList();
        var seen = new ArrayList<FeedItem>();
        long position = 0;
        while (writers.stream().anyMatch(Thread::isAlive)) {
            position = readOn(position, seen);
        }
        for (Thread writer : writers) {
            writer.join();
        }
        position = readUntil(committed.size(), position, seen);
        assertThat(committed).hasSize(WRITERS * EVENTS_EACH * 4 / 5);
        assertThat(seen).extracting(FeedItem::position).isSorted().doesNotHaveDuplicates();
        assertThat(new HashSet<>(seen.stream().map(FeedItem::id).toList())).isEqualTo(committed);
        assertThat(readOn(position, new ArrayList<>())).isGreaterThanOrEqualTo(position);
    }

    @Test
    void the_feed_waits_for_an_event_that_commits_late() {
        try (Handle late = db.jdbi().open()) {
            late.begin();
            outbox.append(late, List.of(event("{}")));
            db.jdbi().useTransaction(h -> outbox.append(h, List.of(event("{}"))));
            var before = events(Optional.empty(), 50);
            assertThat(before.items()).isEmpty();
            late.commit();
            assertThat(page(Optional.of(before.nextPosition()), 50, 2).items()).hasSize(2);
        }
    }

    @Test
    void a_position_that_another_node_gave_is_taken_before_it_is_settled_here() {
        append(1);
        long given = page(Optional.empty(), 50, 1).nextPosition();
        try (Handle late = db.jdbi().open()) {
            late.begin();
            outbox.append(late, List.of(event("{}")));
            // Never looked before, and cannot settle while the late one is open.
            var other = new ReadFeed(db.jdbi());
            assertThat(other.read(client, Optional.of(given), 50))
                    .isEqualTo(new FeedPage.Events(List.of(), given));
            late.rollback();
        }
    }

    @Test
    void a_position_that_was_never_drawn_is_told_with_the_end_of_the_feed() {
        append(1);
        long end = page(Optional.empty(), 50, 1).nextPosition();
        assertThat(feed.read(client, Optional.of(end + 1_000), 50))
                .isEqualTo(new FeedPage.Ahead(end));
        append(1);
        assertThat(page(Optional.of(end), 50, 1).items()).hasSize(1);
    }

    @Test
    void pages_follow_each_other_and_the_last_one_is_empty() {
        append(7);
        var first = page(Optional.empty(), 3, 3);
        var second = page(Optional.of(first.nextPosition()), 3, 3);
        var third = page(Optional.of(second.nextPosition()), 3, 1);
        assertThat(first.items()).hasSize(3);
        assertThat(second.items()).hasSize(3);
        assertThat(third.items()).hasSize(1);
        var none = events(Optional.of(third.nextPosition()), 3);
        assertThat(none.items()).isEmpty();
        assertThat(none.nextPosition()).isGreaterThanOrEqualTo(third.nextPosition());
    }

    @Test
    void a_page_ends_before_it_grows_large_and_the_next_one_goes_on() {
        String large = "{\"text\":\"" + "x".repeat(3 * 1024 * 1024) + "\"}";
        for (int i = 0; i < 4; i++) {
            db.jdbi().useTransaction(h -> outbox.append(h, List.of(event(large))));
        }
        var seen = new ArrayList<FeedItem>();
        var first = page(Optional.empty(), 50, 3);
        assertThat(first.items()).hasSize(3);
        readUntil(1, first.nextPosition(), seen);
        assertThat(seen).hasSize(1);
    }

    @Test
    void other_clients_events_are_not_in_it() {
        append(1);
        assertThat(page(Optional.empty(), 50, 1).items()).hasSize(1);
        var other = new ClientId("c" + UUID.randomUUID());
        assertThat(((FeedPage.Events) feed.read(other, Optional.empty(), 50)).items()).isEmpty();
    }

    @Test
    void whoever_missed_what_is_dropped_is_told_from_where_to_read_on() {
        append(2);
        var first = page(Optional.empty(), 1, 1);
        var last = page(Optional.of(first.nextPosition()), 1, 1);
        db.jdbi().useHandle(h -> h.execute("DELETE FROM undelivered"));
        keep(Instant.now().plus(Duration.ofDays(95)));
        assertThat(feed.read(client, Optional.of(first.nextPosition()), 50))
                .isEqualTo(new FeedPage.TooOld(last.items().getFirst().position()));
        assertThat(events(Optional.of(last.nextPosition()), 50).items()).isEmpty();
        assertThat(events(Optional.empty(), 50).items()).isEmpty();
        keep(Instant.now());
        append(1);
        assertThat(page(Optional.empty(), 50, 1).items()).hasSize(1);
    }

    private void write(Set<UUID> committed) {
        for (int i = 0; i < EVENTS_EACH; i++) {
            var event = event("{}");
            try (Handle h = db.jdbi().open()) {
                h.begin();
                outbox.append(h, List.of(event));
                h.execute("SELECT pg_sleep(random() * 0.01)");
                if (i % 5 == 0) {
                    h.rollback();
                } else {
                    h.commit();
                    committed.add(event.id());
                }
            }
        }
    }

    /// Until the end of the feed as it is once nobody writes, or its present end.
    private long readOn(long from, List<FeedItem> seen) {
        long position = from;
        Instant end = Instant.now().plus(Patience.of(Duration.ofSeconds(30)));
        for (var page = events(Optional.of(position), 40);
                !page.items().isEmpty() && Instant.now().isBefore(end);
                page = events(Optional.of(position), 40)) {
            seen.addAll(page.items());
            position = page.nextPosition();
        }
        return position;
    }

    /// And until so many have been seen, which are committed.
    private long readUntil(int count, long from, List<FeedItem> seen) {
        var position = new AtomicLong(from);
        Patience.await(
                count + " events",
                () -> {
                    position.set(readOn(position.get(), seen));
                    return seen.size() >= count;
                });
        return position.get();
    }

    /// As soon as it has so many, which are committed: the feed waits for whatever else is under way on the server
    /// too, be it of the server's own.
    private FeedPage.Events page(Optional<Long> after, int limit, int size) {
        Patience.await("a page of " + size, () -> events(after, limit).items().size() >= size);
        return events(after, limit);
    }

    private FeedPage.Events events(Optional<Long> after, int limit) {
        return (FeedPage.Events) feed.read(client, after, limit);
    }

    private void append(int count) {
        for (int i = 0; i < count; i++) {
            db.jdbi().useTransaction(h -> outbox.append(h, List.of(event("{}"))));
        }
    }

    private OutboxEvent event(String payload) {
        return new OutboxEvent(
                Uuid.next(),
                EventType.STARTED,
                new OrderingKey(client, UserId.next(), ActivityId.next()),
                Optional.of(Uuid.next()),
                1,
                Map.of(),
                payload.getBytes(StandardCharsets.UTF_8),
                Instant.now());
    }

    private static void keep(Instant at) {
        new KeepHistory(db.jdbi(), Retention.DEFAULT, () -> at).run();
    }
}
