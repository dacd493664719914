package io.coursewire.offline;

import static org.assertj.core.api.Assertions.assertThat;

import io.coursewire.attempts.Announcer;
import io.coursewire.attempts.AnonymiseAttempts;
import io.coursewire.attempts.AttemptFilter;
import io.coursewire.attempts.AttemptKey;
import io.coursewire.attempts.DataSource;
import io.coursewire.attempts.GiveResults;
import io.coursewire.attempts.GivenResult;
import io.coursewire.attempts.Presence;
import io.coursewire.attempts.ReadAttempts;
import io.coursewire.attempts.RecordReport;
import io.coursewire.attempts.Report;
import io.coursewire.attempts.RuntimeReport;
import io.coursewire.attempts.StartAttempt;
import io.coursewire.catalog.AnonymiseParticipant;
import io.coursewire.catalog.PersonalData;
import io.coursewire.kernel.Json;
import io.coursewire.kernel.UserId;
import io.coursewire.offline.Change.Cause;
import io.coursewire.offline.Change.Why;
import io.coursewire.runtime.launch.GivenCourse;
import io.coursewire.storage.LockQueue;
import io.coursewire.storage.TestDatabase;
import java.math.BigDecimal;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Who is forgotten stays so, whatever happens to the attempts meanwhile and afterwards. Real PostgreSQL.
class ForgettingTest {
    @RegisterExtension static final TestDatabase db = TestDatabase.migrated();

    private static final Clock CLOCK = Clock.systemUTC();

    private final GivenCourse course = GivenCourse.asset(db.jdbi());
    private final List<String> told = new ArrayList<>();
    private final RecordReport recordReport = new RecordReport(db.jdbi(), new Recording(), CLOCK);

    /// `event username`, in the order in which they were announced.
    private final class Recording implements Announcer {
        @Override
        public void announce(Handle h, List<Announcement> announcements) {
            announcements.forEach(one -> told.add(one.type() + " " + username(one.payload())));
        }

        @Override
        public void committed() {}
    }

    @Test
    void a_commit_that_waits_for_it_does_not_bring_the_name_back() throws Exception {
        var attempt = start();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var commits = new ArrayList<Future<?>>();
            PersonalData meanwhile =
                    (h, _, _, _) -> {
                        commits.add(threads.submit(() -> finish(attempt)));
                        LockQueue.awaitOneFor(h, db);
                    };
            forget(meanwhile);
            commits.getFirst().get();
        }
        assertThat(told).isNotEmpty().allMatch(event -> event.endsWith(" " + anonymous()));
        assertThat(usernames()).containsExactly(anonymous());
    }

    @Test
    void an_attempt_of_somebody_forgotten_takes_the_name_of_whom_it_is_given_to() {
        var attempt = start();
        finish(attempt);
        forget((_, _, _, _) -> {});
        move(attempt, grace());
        told.clear();
        finish(attempt);
        assertThat(usernames()).containsExactly("grace");
    }

    @Test
    void an_activity_that_was_told_is_not_told_again_for_the_name_alone() {
        var attempt = start();
        finish(attempt);
        assertThat(told).contains("activity.completed ada");
        forget((_, _, _, _) -> {});
        told.clear();
        finish(attempt);
        assertThat(told).isEmpty();
    }

    @Test
    void what_an_attempt_said_while_it_was_the_persons_is_found_wherever_it_is_now() {
        var attempt = start();
        finish(attempt);
        correct(attempt);
        move(attempt, grace());
        correct(attempt);
        forget((_, _, _, _) -> {});
        assertThat(before()).containsExactlyInAnyOrder(anonymous(), anonymous(), "grace");
    }

    @Test
    void what_others_attempts_said_is_not_looked_through() {
        var attempt = start();
        move(attempt, grace());
        db.jdbi()
                .useHandle(
                        h ->
                                h.execute(
                                        "UPDATE attempt_change SET user_id = ?, before = convert_to('not JSON: ' || ?, 'UTF8') WHERE client_id = ?",
                                        UserId.next().value(),
                                        course.user().value(),
                                        course.client().value()));
        forget((_, _, _, _) -> {});
    }

    private void correct(AttemptKey attempt) {
        new CorrectAttempt(db.jdbi(), new GiveResults(recordReport, CLOCK), recordReport, CLOCK)
                .correct(
                        attempt,
                        before ->
                                new GivenResult(
                                        before.status(),
                                        before.score(),
                                        before.started(),
                                        before.completed(),
                                        Optional.of(
                                                before.durationSeconds()
                                                        .orElse(BigDecimal.ZERO)
                                                        .add(BigDecimal.TEN)),
                                        before.interactions()),
                        new Why(
                                Cause.CORRECTED,
                                "test",
                                Optional.of("a reason"),
                                Optional.empty()));
    }

    private void move(AttemptKey attempt, UserId into) {
        new MoveAttempts(db.jdbi(), new GiveResults(recordReport, CLOCK), recordReport, CLOCK)
                .move(
                        attempt,
                        Optional.of(into),
                        Optional.empty(),
                        new Why(Cause.MOVED, "test", Optional.empty(), Optional.empty()));
    }

    /// The usernames in what attempts said before.
    private List<String> before() {
        return db.jdbi()
                .withHandle(
                        h ->
                                h.createQuery(
                                                "SELECT before FROM attempt_change WHERE client_id = :client")
                                        .bind("client", course.client().value())
                                        .map((row, _) -> username(row.getBytes(1)))
                                        .list());
    }

    private void forget(PersonalData meanwhile) {
        var forget =
                new AnonymiseParticipant(
                        db.jdbi(),
                        CLOCK,
                        List.of(new AnonymiseAttempts(), new AnonymiseChanges(), meanwhile));
        assertThat(forget.anonymise(course.client(), "ada")).isTrue();
    }

    private AttemptKey start() {
        var subject =
                new StartAttempt.Subject(
                        course.client(),
                        course.user(),
                        course.activity(),
                        course.items().getFirst(),
                        Optional.empty());
        return db.jdbi()
                .inTransaction(h -> new StartAttempt(CLOCK).start(h, subject, DataSource.ONLINE))
                .key();
    }

    private void finish(AttemptKey attempt) {
        recordReport.record(
                List.of(
                        new Report(
                                attempt,
                                Optional.of(new RuntimeReport.Asset(true)),
                                Presence.LEFT,
                                BigDecimal.ZERO)));
    }

    private UserId grace() {
        var user = UserId.next();
        db.jdbi()
                .useHandle(
                        h ->
                                h.execute(
                                        "INSERT INTO participant (client_id, user_id, username, created_at, updated_at) VALUES (?, ?, 'grace', now(), now())",
                                        course.client().value(),
                                        user.value()));
        return user;
    }

    private String anonymous() {
        return "anonymised-" + course.user();
    }

    private List<String> usernames() {
        return new ReadAttempts(db.jdbi())
                .list(course.client(), AttemptFilter.ALL, Optional.empty(), 10).stream()
                        .map(listed -> username(listed.payload().bytes()))
                        .toList();
    }

    private static String username(byte[] payload) {
        return Json.MAPPER.readTree(payload).at("/user/username").asString();
    }
}
