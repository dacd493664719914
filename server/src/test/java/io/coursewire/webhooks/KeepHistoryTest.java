package io.coursewire.webhooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coursewire.kernel.ActivityId;
import io.coursewire.kernel.ClientId;
import io.coursewire.kernel.UserId;
import io.coursewire.storage.LockQueue;
import io.coursewire.storage.TestDatabase;
import io.coursewire.webhooks.KeepHistory.Retention;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeepHistoryTest {
    @RegisterExtension static final TestDatabase db = TestDatabase.migrated();

    private final Instant now = Instant.now();
    private final OrderingKey key =
            new OrderingKey(new ClientId("company"), UserId.next(), ActivityId.next());

    @BeforeEach
    void makePartitions() {
        keep(now);
    }

    @Test
    void days_ahead_are_made_and_old_ones_dropped_whole() {
        keep(now.plus(Duration.ofDays(10)));
        assertThat(days("event")).contains(today().plusDays(10 + KeepHistory.DAYS_AHEAD));
        append(now.plus(Duration.ofDays(11)), "{\"user\":{\"username\":\"ann\"}}");
        db.jdbi().useHandle(h -> h.execute("DELETE FROM undelivered"));
        keep(now.plus(Duration.ofDays(50)));
        assertThat(days("delivery")).allMatch(day -> !day.isBefore(today().plusDays(20)));
        assertThat(days("event")).contains(today().plusDays(11));
        keep(now.plus(Duration.ofDays(102)));
        assertThat(days("event")).allMatch(day -> !day.isBefore(today().plusDays(12)));
    }

    @Test
    void how_long_can_be_said_and_deliveries_go_before_their_events() {
        keep(now.plus(Duration.ofDays(10)), new Retention(14, 3));
        assertThat(days("event")).contains(today());
        assertThat(days("delivery"))
                .contains(today().plusDays(7))
                .allMatch(day -> !day.isBefore(today().plusDays(7)));
        keep(now.plus(Duration.ofDays(20)), new Retention(14, 3));
        assertThat(days("event")).allMatch(day -> !day.isBefore(today().plusDays(6)));
    }

    @ParameterizedTest
    @CsvSource({"6, 1", "90, 0", "90, 91", "3651, 30"})
    void what_makes_no_sense_is_no_retention(int eventDays, int deliveryDays) {
        assertThatThrownBy(() -> new Retention(eventDays, deliveryDays))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_day_with_something_undelivered_waits() {
        append(now, "{}");
        keep(now.plus(Duration.ofDays(95)));
        assertThat(days("event")).contains(today());
        db.jdbi().useHandle(h -> h.execute("DELETE FROM undelivered"));
        keep(now.plus(Duration.ofDays(95)));
        assertThat(days("event")).doesNotContain(today());
    }

    @Test
    void a_day_of_which_something_is_asked_for_again_meanwhile_waits() throws Exception {
        append(now, "{}");
        try (var threads = Executors.newVirtualThreadPerTaskExecutor();
                var asking = db.jdbi().open()) {
            asking.begin();
            asking.execute("DELETE FROM undelivered");
            asking.commit();
            asking.begin();
            asking.execute(
                    """
                    INSERT INTO waiting_delivery (client_id, endpoint_id, user_id, activity_id, position, event_id, attempt_id, type,
                                                  bytes, tries_used, lanes, tries)
                    SELECT client_id, event_id, user_id, activity_id, position, event_id, attempt_id, type, 2, 0, 1, '[]' FROM event
                    """);
            var keeping = threads.submit(() -> keep(now.plus(Duration.ofDays(95))));
            LockQueue.awaitOneFor(asking, db);
            asking.commit();
            keeping.get();
            assertThat(days("event")).contains(today());
            asking.execute("DELETE FROM waiting_delivery");
        }
        keep(now.plus(Duration.ofDays(95)));
        assertThat(days("event")).doesNotContain(today());
    }

    @Test
    void several_nodes_may_do_it_at_once() throws Exception {
        var threads =
                List.of(1, 2, 3).stream()
                        .map(_ -> Thread.ofVirtual().start(() -> keep(now)))
                        .toList();
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(days("event"))
                .contains(today().plusDays(KeepHistory.DAYS_AHEAD))
                .doesNotHaveDuplicates();
    }

    @Test
    void a_persons_name_goes_from_stored_payloads_and_nothing_else_changes() {
        append(
                now,
                "{\"user\":{\"id\":\"1\",\"username\":\"ann\"},\"scoreRaw\":2.0000,\"title\":\"ann\"}");
        db.jdbi()
                .useTransaction(
                        h ->
                                new AnonymiseEvents()
                                        .anonymise(h, key.client(), key.user(), "gone-1"));
        String payload =
                db.jdbi()
                        .withHandle(
                                h ->
                                        h.createQuery(
                                                        "SELECT convert_from(payload, 'UTF8') FROM event WHERE user_id = :user")
                                                .bind("user", key.user().value())
                                                .mapTo(String.class)
                                                .one());
        assertThat(payload)
                .isEqualTo(
                        "{\"user\":{\"id\":\"1\",\"username\":\"gone-1\"},\"scoreRaw\":2.0000,\"title\":\"ann\"}");
    }

    @Test
    void a_persons_name_goes_from_however_many_payloads() {
        append(now, "{\"user\":{\"username\":\"ann\"}}");
        db.jdbi().useHandle(h -> h.execute("DELETE FROM undelivered"));
        int copies = 2 * HistoryStore.REWRITTEN_AT_ONCE + 1;
        db.jdbi()
                .useTransaction(
                        h -> {
                            h.createUpdate(
                                            """
                                            INSERT INTO event (client_id, position, event_id, bucket, user_id, activity_id, version,
                                                               type, attributes, payload, created_at)
                                            SELECT client_id, position + n, event_id, bucket, user_id, activity_id, version,
                                                   type, attributes, payload, created_at
                                            FROM event CROSS JOIN generate_series(1, :copies) n WHERE user_id = :user
                                            """)
                                    .bind("copies", copies)
                                    .bind("user", key.user().value())
                                    .execute();
                            new AnonymiseEvents().anonymise(h, key.client(), key.user(), "gone-1");
                        });
        int renamed =
                db.jdbi()
                        .withHandle(
                                h ->
                                        h.createQuery(
                                                        "SELECT count(*) FROM event WHERE user_id = :user AND convert_from(payload, 'UTF8') LIKE '%gone-1%'")
                                                .bind("user", key.user().value())
                                                .mapTo(Integer.class)
                                                .one());
        assertThat(renamed).isEqualTo(copies + 1);
    }

    private void keep(Instant at) {
        keep(at, Retention.DEFAULT);
    }

    private void keep(Instant at, Retention retention) {
        new KeepHistory(db.jdbi(), retention, () -> at).run();
    }

    private void append(Instant at, String payload) {
        var id =
                new UUID(
                        (at.toEpochMilli() << 16) | 0x7000L, 0x8000_0000_0000_0000L | at.getNano());
        var event =
                new OutboxEvent(
                        id,
                        EventType.STARTED,
                        key,
                        Optional.empty(),
                        0,
                        Map.of(),
                        payload.getBytes(StandardCharsets.UTF_8),
                        at);
        db.jdbi()
                .useTransaction(
                        h -> new Outbox(new RecentEvents(), () -> {}).append(h, List.of(event)));
    }

    private List<LocalDate> days(String table) {
        return db.jdbi().withHandle(h -> new HistoryStore().days(h, table));
    }

    private LocalDate today() {
        return now.atZone(ZoneOffset.UTC).toLocalDate();
    }
}
