package io.coursewire.webhooks.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coursewire.webhooks.OrderingKey;
import io.coursewire.webhooks.OutboxEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.LongStream;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What every feed promises, whatever it is made of.
abstract class EventFeedContract {
    private static final Room PLENTY = new Room(1_000, 1L << 30);

    private final List<EventFeed> open = new ArrayList<>();

    /// A feed of a new node, which has had the chance to take buckets.
    abstract EventFeed join();

    /// Lets every node notice who is there.
    abstract void settle(EventFeed... feeds);

    /// The node vanishes without a word.
    abstract void kill(EventFeed feed);

    /// Its lease could not be renewed in time; nobody else took anything.
    abstract void lapse(EventFeed feed);

    /// The next time that a feed reads events, it fails.
    abstract void failOnce();

    abstract Handle begin();

    abstract void append(OutboxEvent... events);

    /// Appends in a transaction of the caller's.
    abstract void append(Handle db, OutboxEvent... events);

    abstract OrderingKey key();

    @AfterEach
    void closeAll() {
        open.forEach(EventFeed::close);
    }

    @Test
    void events_of_a_key_come_in_order_and_once() {
        var feed = joined();
        var key = key();
        var events =
                LongStream.rangeClosed(1, 50)
                        .mapToObj(v -> Scene.event(key, UUID.randomUUID(), "attempt.started", v))
                        .toList();
        events.forEach(this::append);
        assertThat(poll(feed, PLENTY))
                .extracting(c -> c.event().id())
                .containsExactlyElementsOf(events.stream().map(OutboxEvent::id).toList());
        assertThat(poll(feed, PLENTY)).isEmpty();
    }

    @Test
    void an_event_comes_with_all_that_was_appended() {
        var feed = joined();
        var event = Scene.event(key(), UUID.randomUUID(), "attempt.updated", 7);
        append(event);
        OutboxEvent got = poll(feed, PLENTY).getFirst().event();
        assertThat(got).usingRecursiveComparison().ignoringFields("at").isEqualTo(event);
        assertThat(got.at().toEpochMilli()).isEqualTo(event.at().toEpochMilli());
    }

    @Test
    void room_is_respected_and_the_rest_comes_later() {
        var feed = joined();
        for (int i = 0; i < 10; i++) {
            append(Scene.started(key()));
        }
        assertThat(poll(feed, new Room(3, 1L << 30))).hasSize(3);
        assertThat(poll(feed, new Room(100, 1))).as("at least one, however large").hasSize(1);
        assertThat(poll(feed, new Room(0, 1L << 30))).isEmpty();
        assertThat(poll(feed, PLENTY)).hasSize(6);
    }

    @Test
    void room_is_respected_also_while_much_is_in_work() {
        var feed = joined();
        for (int i = 0; i < 10; i++) {
            append(Scene.started(key()));
        }
        assertThat(poll(feed, new Room(3, 1L << 30))).hasSize(3);
        // From now on it may be known that nothing can come before what was handed out.
        hold(feed);
        assertThat(poll(feed, new Room(3, 1L << 30))).hasSize(3);
        assertThat(poll(feed, new Room(3, 1L << 30))).hasSize(3);
        assertThat(poll(feed, PLENTY)).hasSize(1);
    }

    @Test
    void what_is_acknowledged_is_gone_when_the_transaction_commits() {
        var feed = joined();
        append(Scene.started(key()));
        var claimed = poll(feed, PLENTY);
        try (Handle db = begin()) {
            feed.acknowledge(db, claimed);
            db.rollback();
        }
        kill(feed);
        var next = joined();
        settle(next);
        var again = poll(next, PLENTY);
        assertThat(again)
                .extracting(Claimed::position)
                .containsExactly(claimed.getFirst().position());
        assertThat(again.getFirst().again()).isTrue();
        try (Handle db = begin()) {
            next.acknowledge(db, again);
            db.commit();
        }
        kill(next);
        var last = joined();
        settle(last);
        assertThat(poll(last, PLENTY)).isEmpty();
    }

    @Test
    void a_transaction_that_commits_late_is_not_skipped() {
        var feed = joined();
        Set<UUID> seen = new HashSet<>();
        var late = Scene.started(key());
        try (Handle db = begin()) {
            append(db, late);
            for (int i = 0; i < 20; i++) {
                append(Scene.started(key()));
                pollAndAcknowledge(feed, seen);
            }
            assertThat(seen).hasSize(20).doesNotContain(late.id());
            db.commit();
        }
        pollAndAcknowledge(feed, seen);
        assertThat(seen).contains(late.id());
    }

    @Test
    void transactions_in_any_order_are_all_seen_and_each_key_in_order() {
        var feed = joined();
        var random = new Random(7);
        Map<OrderingKey, List<UUID>> expected = new HashMap<>();
        Map<OrderingKey, List<UUID>> got = new HashMap<>();
        List<Handle> pending = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            if (pending.size() < 8 && random.nextBoolean()) {
                var key = key();
                var events = new OutboxEvent[] {Scene.started(key), Scene.started(key)};
                Handle db = begin();
                append(db, events);
                if (random.nextInt(5) == 0) {
                    db.rollback();
                    db.close();
                } else {
                    pending.add(db);
                    expected.put(key, List.of(events[0].id(), events[1].id()));
                }
            } else if (!pending.isEmpty() && random.nextBoolean()) {
                try (Handle db = pending.remove(random.nextInt(pending.size()))) {
                    db.commit();
                }
            } else {
                collect(feed, got);
            }
        }
        for (Handle db : pending) {
            db.commit();
            db.close();
        }
        collect(feed, got);
        assertThat(got).isEqualTo(expected);
    }

    @Test
    void a_bucket_has_one_owner_at_a_time_and_is_shared_evenly() {
        var one = joined();
        assertThat(one.look().epochs()).hasSize(OrderingKey.BUCKETS);
        var two = joined();
        settle(one, two);
        one.giveBack(one.look().leaving());
        settle(one, two);
        assertThat(one.look().epochs()).hasSize(OrderingKey.BUCKETS / 2);
        assertThat(two.look().epochs()).hasSize(OrderingKey.BUCKETS / 2);
        assertThat(one.look().epochs().keySet())
                .doesNotContainAnyElementsOf(two.look().epochs().keySet());
    }

    @Test
    void nothing_of_a_leaving_bucket_is_handed_out() {
        var one = joined();
        var two = joined();
        settle(one, two);
        for (int i = 0; i < 100; i++) {
            append(Scene.started(key()));
        }
        assertThat(poll(one, PLENTY))
                .extracting(Claimed::bucket)
                .doesNotContainAnyElementsOf(one.look().leaving());
    }

    @Test
    void what_came_to_a_leaving_bucket_is_handed_out_when_it_stays() {
        var one = joined();
        var two = joined();
        settle(one, two);
        for (int i = 0; i < 100; i++) {
            append(Scene.started(key()));
        }
        Set<UUID> seen = new HashSet<>();
        pollAndAcknowledge(one, seen);
        pollAndAcknowledge(one, seen);
        assertThat(seen.size()).isBetween(1, 99);
        kill(two);
        settle(one);
        pollAndAcknowledge(one, seen);
        assertThat(seen).hasSize(100);
    }

    @Test
    void what_failed_on_its_way_is_handed_out_by_the_next_poll() {
        var feed = joined();
        append(Scene.started(key()));
        failOnce();
        assertThatThrownBy(() -> poll(feed, PLENTY)).isInstanceOf(RuntimeException.class);
        append(Scene.started(key()));
        assertThat(poll(feed, PLENTY)).hasSize(2);
    }

    @Test
    void what_was_in_work_when_the_lease_lapsed_comes_again_with_its_renewal() {
        var feed = joined();
        append(Scene.started(key()));
        assertThat(poll(feed, PLENTY)).hasSize(1);
        lapse(feed);
        assertThat(feed.look()).isEqualTo(Share.NONE);
        settle(feed);
        // Until the next look nothing is owned, whatever has been renewed.
        assertThat(feed.poll(PLENTY)).isEmpty();
        assertThat(poll(feed, PLENTY)).singleElement().matches(Claimed::again);
    }

    @Test
    void a_dead_nodes_buckets_are_taken_over_under_a_new_epoch_and_the_old_one_holds_nothing() {
        var dead = joined();
        Map<Integer, Long> epochs = dead.look().epochs();
        append(Scene.started(key()));
        var claimed = poll(dead, PLENTY);
        kill(dead);
        var next = joined();
        settle(next);
        assertThat(next.look().epochs()).hasSize(OrderingKey.BUCKETS);
        assertThat(next.look().epochs())
                .allSatisfy((bucket, epoch) -> assertThat(epoch).isGreaterThan(epochs.get(bucket)));
        assertThat(poll(next, PLENTY))
                .extracting(Claimed::position)
                .containsExactly(claimed.getFirst().position());
        try (Handle db = begin()) {
            assertThat(dead.hold(db, epochs)).isEmpty();
            assertThat(next.hold(db, next.look().epochs())).hasSize(OrderingKey.BUCKETS);
            db.rollback();
        }
    }

    private static List<Claimed> poll(EventFeed feed, Room room) {
        feed.look();
        return feed.poll(room);
    }

    private void hold(EventFeed feed) {
        try (Handle db = begin()) {
            feed.hold(db, feed.look().epochs());
            db.commit();
        }
    }

    private EventFeed joined() {
        var feed = join();
        open.add(feed);
        return feed;
    }

    private void pollAndAcknowledge(EventFeed feed, Set<UUID> seen) {
        var claimed = poll(feed, PLENTY);
        claimed.forEach(c -> assertThat(seen.add(c.event().id())).isTrue());
        try (Handle db = begin()) {
            feed.hold(db, feed.look().epochs());
            feed.acknowledge(db, claimed);
            db.commit();
        }
    }

    private void collect(EventFeed feed, Map<OrderingKey, List<UUID>> got) {
        var claimed = poll(feed, PLENTY);
        claimed.forEach(
                c ->
                        got.computeIfAbsent(c.event().orderingKey(), _ -> new ArrayList<>())
                                .add(c.event().id()));
        try (Handle db = begin()) {
            feed.hold(db, feed.look().epochs());
            feed.acknowledge(db, claimed);
            db.commit();
        }
    }
}
