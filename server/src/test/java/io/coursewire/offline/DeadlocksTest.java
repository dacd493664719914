package io.coursewire.offline;

import static org.assertj.core.api.Assertions.assertThat;

import io.coursewire.attempts.Announcer;
import io.coursewire.attempts.AnonymiseAttempts;
import io.coursewire.attempts.AttemptKey;
import io.coursewire.attempts.DataSource;
import io.coursewire.attempts.GiveResults;
import io.coursewire.attempts.Presence;
import io.coursewire.attempts.RecordReport;
import io.coursewire.attempts.Report;
import io.coursewire.attempts.StartAttempt;
import io.coursewire.catalog.AnonymiseParticipant;
import io.coursewire.kernel.ActivityId;
import io.coursewire.kernel.ClientId;
import io.coursewire.kernel.ItemId;
import io.coursewire.kernel.UserId;
import io.coursewire.offline.Change.Why;
import io.coursewire.storage.TestDatabase;
import java.math.BigDecimal;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Whatever is done to attempts at once waits for each other in one order, never in a circle.
class DeadlocksTest {
    @RegisterExtension static final TestDatabase db = TestDatabase.migrated();

    // Fewer than there are connections, so that none waits for one.
    private static final int AT_ONCE = 12;
    private static final int ROUNDS = 8;
    private static final int ACTIVITIES = 6;
    private static final int COMMITS = 10;
    private static final Clock CLOCK = Clock.systemUTC();
    private static final Why WHY =
            new Why(Change.Cause.MOVED, "test", Optional.of("test"), Optional.empty());

    private final ClientId client = new ClientId("circle");
    private final RecordReport recordReport = new RecordReport(db.jdbi(), new ToldNobody(), CLOCK);
    private final StartAttempt startAttempt = new StartAttempt(CLOCK);
    private final MoveAttempts moveAttempts =
            new MoveAttempts(db.jdbi(), new GiveResults(recordReport, CLOCK), recordReport, CLOCK);
    private final AnonymiseParticipant forget =
            new AnonymiseParticipant(
                    db.jdbi(), CLOCK, List.of(new AnonymiseAttempts(), new AnonymiseChanges()));
    private final Map<ItemId, ActivityId> items =
            Stream.generate(ItemId::next)
                    .limit(ACTIVITIES)
                    .collect(java.util.stream.Collectors.toMap(i -> i, _ -> ActivityId.next()));
    private final Random random = new Random(7);

    @Test
    void merging_moving_forgetting_launching_and_committing_at_once_never_deadlock()
            throws Exception {
        long before = deadlocks();
        givenItems();
        for (int round = 0; round < ROUNDS; round++) {
            var work = round("r" + round);
            var ends = new ArrayList<Future<?>>();
            try (var threads = Executors.newFixedThreadPool(AT_ONCE)) {
                work.forEach(one -> ends.add(threads.submit(one)));
            }
            for (var end : ends) {
                end.get();
            }
        }
        assertThat(deadlocks()).isEqualTo(before);
    }

    /// One who is merged into another and one who is forgotten, while all of their content reports and is launched.
    private List<Runnable> round(String name) {
        var from = person(name + "-from");
        var into = person(name + "-into");
        var gone = person(name + "-gone");
        var ofFrom = attemptsOf(from);
        var ofInto = attemptsOf(into);
        var ofGone = attemptsOf(gone);
        var all = Stream.of(ofFrom, ofInto, ofGone).flatMap(List::stream).toList();
        var work = new ArrayList<Runnable>();
        for (int n = 0; n < 4; n++) {
            work.add(() -> IntStream.range(0, COMMITS).forEach(_ -> commit(ofInto)));
        }
        work.add(() -> moveAttempts.merge(client, from, into, WHY));
        work.add(() -> moveAttempts.merge(client, into, from, WHY));
        work.add(() -> forget.anonymise(client, name + "-gone"));
        for (int n = 0; n < 4; n++) {
            var item = anItem();
            var moved = ofFrom.get(n);
            var place = n % 2 == 0 ? Optional.of(into) : Optional.<UserId>empty();
            work.add(() -> start(from, item));
            work.add(() -> start(gone, item));
            work.add(() -> moveAttempts.move(moved, place, Optional.of(item), WHY));
            work.add(() -> commit(all));
        }
        return work;
    }

    private void commit(List<AttemptKey> attempts) {
        recordReport.record(
                attempts.stream()
                        .map(
                                key ->
                                        new Report(
                                                key,
                                                Optional.empty(),
                                                Presence.LEFT,
                                                BigDecimal.ONE))
                        .toList());
    }

    private List<AttemptKey> attemptsOf(UserId user) {
        return items.keySet().stream().map(item -> start(user, item)).toList();
    }

    private AttemptKey start(UserId user, ItemId item) {
        var subject =
                new StartAttempt.Subject(client, user, items.get(item), item, Optional.empty());
        return db.jdbi()
                .inTransaction(h -> startAttempt.start(h, subject, DataSource.ONLINE))
                .key();
    }

    private ItemId anItem() {
        return List.copyOf(items.keySet()).get(random.nextInt(ACTIVITIES));
    }

    private UserId person(String username) {
        var user = UserId.next();
        execute(
                "INSERT INTO participant (client_id, user_id, username, created_at, updated_at) VALUES (?, ?, ?, now(), now())",
                client.value(),
                user.value(),
                username);
        return user;
    }

    private void givenItems() {
        execute(
                "INSERT INTO client (client_id, name, default_language, created_at, updated_at) VALUES (?, 'Circle', 'en', now(), now())",
                client.value());
        items.forEach(
                (item, activity) -> {
                    execute(
                            "INSERT INTO activity (client_id, activity_id, titles, type, external_id, created_at, updated_at) VALUES (?, ?, '{}', 'course', 'x', now(), now())",
                            client.value(),
                            activity.value());
                    execute(
                            "INSERT INTO item (client_id, item_id, activity_id, position, titles, type, external_id) VALUES (?, ?, ?, 0, '{}', 'lesson', 'x')",
                            client.value(),
                            item.value(),
                            activity.value());
                });
    }

    private static void execute(String sql, Object... values) {
        db.jdbi().useHandle(h -> h.execute(sql, values));
    }

    /// Those that PostgreSQL has ended so far.
    private static long deadlocks() {
        return db.jdbi()
                .withHandle(
                        h ->
                                h.createQuery(
                                                "SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()")
                                        .mapTo(Long.class)
                                        .one());
    }

    private static final class ToldNobody implements Announcer {
        @Override
        public void announce(Handle db, List<Announcement> announcements) {}

        @Override
        public void committed() {}
    }
}
