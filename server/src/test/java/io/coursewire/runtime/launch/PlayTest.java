package io.coursewire.runtime.launch;

import static org.assertj.core.api.Assertions.assertThat;

import io.coursewire.attempts.Announcer;
import io.coursewire.attempts.AttemptFilter;
import io.coursewire.attempts.ReadAttempts;
import io.coursewire.attempts.RecordReport;
import io.coursewire.attempts.StartAttempt;
import io.coursewire.attempts.Status;
import io.coursewire.kernel.AttemptId;
import io.coursewire.kernel.Json;
import io.coursewire.packages.PackageVersions;
import io.coursewire.runtime.DataModel.Change;
import io.coursewire.runtime.Mode;
import io.coursewire.runtime.launch.CommitOutcome.Acknowledged;
import io.coursewire.runtime.launch.LaunchOutcome.Created;
import io.coursewire.runtime.launch.LaunchRequest.AttemptChoice;
import io.coursewire.storage.TestDatabase;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

/// From a launch link to the attempt's status, by the real database and the real rules.
class PlayTest {
    @RegisterExtension static final TestDatabase database = TestDatabase.migrated();

    private final MovingClock clock = new MovingClock(Instant.parse("2026-03-01T10:00:00Z"));
    private final List<Announcer.Announcement> announced = new ArrayList<>();
    private final PackageVersions packages = new PackageVersions(database.jdbi());
    private final LaunchAddresses addresses =
            new LaunchAddresses(
                    "http://{client}.content.example",
                    new LaunchTokens(
                            (purpose, message) ->
                                    mac(purpose + new String(message, StandardCharsets.UTF_8))));
    private final Announcer announcer =
            new Announcer() {
                @Override
                public void announce(Handle db, List<Announcement> announcements) {
                    announced.addAll(announcements);
                }

                @Override
                public void committed() {}
            };
    private final RecordReport recordReport = new RecordReport(database.jdbi(), announcer, clock);
    private final CreateLaunch createLaunch =
            new CreateLaunch(database.jdbi(), packages, new StartAttempt(clock), addresses, clock);
    private final RedeemLaunch redeemLaunch =
            new RedeemLaunch(database.jdbi(), addresses.tokens(), clock);
    private final OpenSession openSession =
            new OpenSession(database.jdbi(), packages, recordReport, addresses.tokens(), clock);
    private final RecordCommits recordCommits =
            new RecordCommits(database.jdbi(), packages, recordReport, clock);
    private final CloseSessions closeSessions =
            new CloseSessions(database.jdbi(), recordCommits, clock);

    private final GivenCourse course = GivenCourse.scorm12(database.jdbi(), Optional.empty(), 1);

    @Test
    void a_link_makes_the_attempt_and_raises_nothing() {
        var created = launch(AttemptChoice.RESUME_OR_NEW);
        assertThat(created.attemptNumber()).contains(1);
        assertThat(created.launchUrl())
                .startsWith("http://" + course.client() + ".content.example/launch/");
        assertThat(status(created).get("status").stringValue()).isEqualTo("notStarted");
        assertThat(status(created).get("durationSeconds").isNull()).isTrue();
        assertThat(announced).isEmpty();
    }

    @Test
    void a_link_is_redeemed_once_and_a_forged_or_late_one_never() {
        var created = launch(AttemptChoice.RESUME_OR_NEW);
        assertThat(redeem(created)).isInstanceOf(RedeemLaunch.Outcome.Redeemed.class);
        assertThat(redeem(created)).isInstanceOf(RedeemLaunch.Outcome.Used.class);
        var late = launch(AttemptChoice.RESUME_OR_NEW);
        clock.advance(LaunchRequest.VALID_DEFAULT);
        assertThat(redeem(late)).isInstanceOf(RedeemLaunch.Outcome.Expired.class);
        var token = token(late);
        int mac = token.lastIndexOf('.') + 1;
        char other = token.charAt(mac) == 'x' ? 'y' : 'x';
        var forged = token.substring(0, mac) + other + token.substring(mac + 1);
        assertThat(redeemLaunch.redeem(forged, Optional.empty()))
                .isInstanceOf(RedeemLaunch.Outcome.Unknown.class);
        assertThat(
                        redeemLaunch.redeem(
                                token.replace(course.client().value(), "other"), Optional.empty()))
                .isInstanceOf(RedeemLaunch.Outcome.Unknown.class);
        assertThat(redeemLaunch.redeem("..", Optional.empty()))
                .isInstanceOf(RedeemLaunch.Outcome.Unknown.class);
    }

    @Test
    void a_browser_that_did_not_get_the_answer_may_ask_again_and_no_other() {
        var created = launch(AttemptChoice.RESUME_OR_NEW);
        var first = redeem(created, "one");
        assertThat(first).isInstanceOf(RedeemLaunch.Outcome.Redeemed.class);
        clock.advance(LaunchRequest.VALID_DEFAULT);
        assertThat(redeem(created, "one")).isEqualTo(first);
        assertThat(redeem(created, "other")).isInstanceOf(RedeemLaunch.Outcome.Used.class);
        assertThat(redeem(created)).isInstanceOf(RedeemLaunch.Outcome.Used.class);
        assertThat(redeem(launch(AttemptChoice.RESUME_OR_NEW), "one"))
                .isInstanceOf(RedeemLaunch.Outcome.Redeemed.class);
    }

    @Test
    void many_redeem_at_once_and_one_of_them_succeeds() throws Exception {
        var created = launch(AttemptChoice.RESUME_OR_NEW);
        assertThat(inParallel(10, () -> redeem(created)))
                .filteredOn(o -> o instanceof RedeemLaunch.Outcome.Redeemed)
                .hasSize(1);
    }

    @Test
    void numbers_have_no_gaps_or_doubles_under_races() throws Exception {
        var numbers = inParallel(20, () -> launch(AttemptChoice.NEW).attemptNumber().orElseThrow());
        assertThat(numbers)
                .containsExactlyInAnyOrderElementsOf(IntStream.rangeClosed(1, 20).boxed().toList());
    }

    @Test
    void the_first_opening_starts_the_attempt() {
        var session = open(launch(AttemptChoice.RESUME_OR_NEW));
        assertThat(types()).containsExactly("attempt.started");
        assertThat(payload(announced.getFirst()).get("status").stringValue()).isEqualTo("active");
        assertThat(payload(announced.getFirst()).get("startedDateTime").stringValue())
                .isEqualTo("2026-03-01T10:00:00");
        assertThat(session.opened().contentUrl())
                .isEqualTo("/content/key-" + course.client() + "/index.html?a=1");
        assertThat(session.opened().elements())
                .containsEntry("cmi.core.entry", "ab-initio")
                .containsEntry("cmi.core.student_name", "Lovelace, Ada")
                .containsEntry("cmi.core.lesson_status", "not attempted")
                .containsEntry("cmi.core.total_time", "0000:00:00.00")
                .containsEntry("cmi.launch_data", "launch data")
                .containsEntry("cmi.core.credit", "credit");
    }

    @Test
    void what_content_says_becomes_the_attempt_and_its_completion_is_told_after_the_end() {
        var session = open(launch(AttemptChoice.RESUME_OR_NEW));
        var outcome =
                session.commit(
                        1,
                        Map.of(
                                "cmi.core.lesson_status",
                                "passed",
                                "cmi.core.score.raw",
                                "80",
                                "cmi.core.session_time",
                                "0000:01:30.5",
                                "cmi.interactions.0.id",
                                "Q1",
                                "cmi.interactions.0.type",
                                "choice",
                                "cmi.interactions.0.result",
                                "wrong",
                                "cmi.interactions.0.time",
                                "11:00:00",
                                "cmi.interactions.0.student_response",
                                "b"));
        assertThat(outcome).isEqualTo(new Acknowledged(1, Optional.of(Status.PASSED)));
        assertThat(types()).containsExactly("attempt.started", "attempt.updated");
        session.finish(2, Map.of());
        assertThat(types())
                .containsExactly(
                        "attempt.started",
                        "attempt.updated",
                        "attempt.completed",
                        "activity.completed");
        assertThat(announced)
                .extracting(Announcer.Announcement::version)
                .containsExactly(1L, 2L, 3L, 0L);
        var told = payload(announced.get(2));
        assertThat(told).isEqualTo(status(session.created()));
        assertThat(told.get("scoreScaled").decimalValue()).isEqualByComparingTo("0.8");
        assertThat(told.get("durationSeconds").decimalValue()).isEqualByComparingTo("90.5");
        assertThat(told.at("/interactions/0/result").stringValue()).isEqualTo("incorrect");
        // 11:00 at UTC+1 is 10:00 UTC.
        assertThat(told.at("/interactions/0/timestamp").stringValue())
                .isEqualTo("2026-03-01T10:00:00");
        assertThat(payload(announced.get(3)).get("status").stringValue()).isEqualTo("passed");
    }

    @Test
    void a_doubled_commit_is_acknowledged_and_not_counted_again() {
        var session = open(launch(AttemptChoice.RESUME_OR_NEW));
        session.commit(1, Map.of("cmi.core.session_time", "0000:01:00"));
        session.commit(1, Map.of("cmi.core.session_time", "0000:09:00"));
        session.finish(2, Map.of("cmi.core.session_time", "0000:02:00"));
        assertThat(session.finish(2, Map.of("cmi.core.session_time", "0000:02:00")))
                .isEqualTo(new Acknowledged(2, Optional.empty()));
        assertThat(status(session.created()).get("durationSeconds").decimalValue())
                .isEqualByComparingTo("120");
    }

    @Test
    void a_missing_commit_is_asked_for_and_nothing_is_skipped() {
        var session = open(launch(AttemptChoice.RESUME_OR_NEW));
        session.commit(1, Map.of());
        assertThat(session.commit(3, Map.of())).isEqualTo(new CommitOutcome.Gap(1));
        assertThat(
                        session.send(
                                List.of(
                                        session.change(1, Map.of()),
                                        session.change(2, Map.of()),
                                        session.change(3, Map.of()))))
                .isEqualTo(new Acknowledged(3, Optional.of(Status.ACTIVE)));
    }

    @Test
    void after_its_own_end_content_is_not_heard() {
        var session = open(launch(AttemptChoice.RESUME_OR_NEW));
        session.finish(1, Map.of("cmi.core.lesson_status", "incomplete"));
        assertThat(session.commit(2, Map.of("cmi.core.lesson_status", "passed")))
                .isEqualTo(new CommitOutcome.Finished(1));
        assertThat(status(session.created()).get("status").stringValue()).isEqualTo("incomplete");
    }

    @Test
    void a_newer_session_replaces_the_older_one_and_finds_its_data() {
        var created = launch(AttemptChoice.RESUME_OR_NEW);
        var older = open(created);
        older.commit(
                1,
                Map.of(
                        "cmi.core.lesson_location",
                        "page 3",
                        "cmi.suspend_data",
                        "s",
                        "cmi.core.session_time",
                        "0000:01:00"));
        var newer = openAgain(created);
        assertThat(newer.opened().elements())
                .containsEntry("cmi.core.lesson_location", "page 3")
                .containsEntry("cmi.suspend_data", "s")
                .containsEntry("cmi.core.entry", "resume")
                .containsEntry("cmi.core.total_time", "0000:01:00.00")
                .doesNotContainKey("cmi.core.session_time");
        assertThat(older.commit(2, Map.of())).isEqualTo(new CommitOutcome.Replaced(1));
        assertThat(older.commit(1, Map.of())).isEqualTo(new Acknowledged(1, Optional.empty()));
        newer.finish(1, Map.of("cmi.core.session_time", "0000:00:30"));
        assertThat(status(created).get("durationSeconds").decimalValue())
                .isEqualByComparingTo("90");
    }

    @Test
    void a_session_that_was_left_is_replaced_by_a_newer_one_for_good() {
        var created = launch(AttemptChoice.RESUME_OR_NEW);
        var older = open(created);
        older.send(List.of(older.left(1, Map.of("cmi.core.session_time", "0000:01:00"))));
        var newer = openAgain(created);
        assertThat(older.commit(2, Map.of("cmi.core.session_time", "0000:09:00")))
                .isEqualTo(new CommitOutcome.Replaced(1));
        newer.finish(1, Map.of("cmi.core.session_time", "0000:00:30"));
        assertThat(status(created).get("durationSeconds").decimalValue())
                .isEqualByComparingTo("90");
    }

    @Test
    void calls_that_the_data_model_refused_are_kept_once() {
        var session = open(launch(AttemptChoice.RESUME_OR_NEW));
        var refused = new RejectedCall("LMSSetValue", "cmi.core.lesson_status", "done", "405");
        var commit =
                new Commit(
                        1,
                        new Change(Map.of(), clock.instant(), ZoneOffset.UTC),
                        List.of(refused, refused),
                        false,
                        false);
        session.send(List.of(commit));
        session.send(List.of(commit));
        List<String> kept =
                database.jdbi()
                        .withHandle(
                                db ->
                                        db.createQuery(
                                                        "SELECT value FROM rejected_call WHERE session_id = :session")
                                                .bind("session", session.opened().session().value())
                                                .mapTo(String.class)
                                                .list());
        assertThat(kept).containsExactly("done", "done");
    }

    @Test
    void a_silent_session_is_closed_and_a_later_commit_of_it_opens_it_again() {
        var created = launch(AttemptChoice.RESUME_OR_NEW);
        var session = open(created);
        clock.advance(Duration.ofMinutes(5));
        session.commit(1, Map.of("cmi.core.lesson_location", "2"));
        closeSessions.closeSilent(Duration.ofMinutes(10));
        assertThat(status(created).get("status").stringValue()).isEqualTo("active");
        clock.advance(Duration.ofMinutes(11));
        assertThat(closeSessions.closeSilent(Duration.ofMinutes(10))).isPositive();
        assertThat(status(created).get("status").stringValue()).isEqualTo("inProgress");
        assertThat(status(created).get("durationSeconds").decimalValue())
                .isEqualByComparingTo("300");
        assertThat(session.commit(2, Map.of("cmi.core.session_time", "0000:04:00")))
                .isEqualTo(new Acknowledged(2, Optional.of(Status.ACTIVE)));
        session.finish(3, Map.of("cmi.core.lesson_status", "completed"));
        assertThat(status(created).get("durationSeconds").decimalValue())
                .isEqualByComparingTo("240");
        assertThat(status(created).get("status").stringValue()).isEqualTo("completed");
    }

    @Test
    void leaving_with_suspend_is_suspended_and_is_resumed_by_the_next_launch() {
        var created = launch(AttemptChoice.RESUME_OR_NEW);
        open(created)
                .finish(
                        1,
                        Map.of("cmi.core.exit", "suspend", "cmi.core.lesson_status", "incomplete"));
        assertThat(status(created).get("status").stringValue()).isEqualTo("suspended");
        var next = launch(AttemptChoice.RESUME_OR_NEW);
        assertThat(next.attempt()).isEqualTo(created.attempt());
        assertThat(open(next).opened().elements()).containsEntry("cmi.core.entry", "resume");
    }

    @Test
    void a_final_attempt_is_followed_by_the_next_number() {
        open(launch(AttemptChoice.RESUME_OR_NEW))
                .finish(1, Map.of("cmi.core.lesson_status", "completed"));
        assertThat(
                        createLaunch.create(
                                course.client(),
                                request(course, AttemptChoice.RESUME, Mode.NORMAL)))
                .isInstanceOf(LaunchOutcome.NothingToResume.class);
        var second = launch(AttemptChoice.RESUME_OR_NEW);
        assertThat(second.attemptNumber()).contains(2);
        assertThat(open(second).opened().elements()).containsEntry("cmi.core.entry", "ab-initio");
    }

    @Test
    void reloading_after_the_end_says_that_it_is_finished() {
        var created = launch(AttemptChoice.RESUME_OR_NEW);
        open(created).finish(1, Map.of("cmi.core.lesson_status", "passed"));
        assertThat(openSession.open(playToken(created), Optional.empty()))
                .isInstanceOf(OpenOutcome.AlreadyFinished.class);
    }

    @Test
    void completion_is_told_again_only_when_the_final_result_changes_afterwards() {
        var created = launch(AttemptChoice.RESUME_OR_NEW);
        var session = open(created);
        session.send(List.of(session.left(1, Map.of("cmi.core.lesson_status", "completed"))));
        assertThat(types())
                .containsExactly(
                        "attempt.started",
                        "attempt.updated",
                        "attempt.completed",
                        "activity.completed");
        // The page comes back from the browser's cache, says the same, then something better.
        session.send(List.of(session.left(2, Map.of("cmi.core.lesson_status", "completed"))));
        assertThat(types()).hasSize(4);
        session.finish(3, Map.of("cmi.core.lesson_status", "passed"));
        assertThat(types())
                .endsWith("attempt.updated", "attempt.completed", "activity.completed")
                .hasSize(7);
    }

    @Test
    void a_mastery_score_decides_at_the_end_and_content_finds_that_it_did() {
        var strict = GivenCourse.scorm12(database.jdbi(), Optional.of(new BigDecimal(80)), 1);
        var created =
                (Created)
                        createLaunch.create(
                                strict.client(),
                                request(strict, AttemptChoice.RESUME_OR_NEW, Mode.NORMAL));
        open(created)
                .finish(
                        1,
                        Map.of("cmi.core.lesson_status", "completed", "cmi.core.score.raw", "79"));
        assertThat(status(strict, created).get("status").stringValue()).isEqualTo("failed");
        var review =
                (Created)
                        createLaunch.create(
                                strict.client(),
                                request(strict, AttemptChoice.RESUME_OR_NEW, Mode.REVIEW));
        assertThat(open(review).opened().elements())
                .containsEntry("cmi.core.lesson_status", "failed")
                .containsEntry("cmi.core.lesson_mode", "review")
                .containsEntry("cmi.core.credit", "no-credit");
    }

    @Test
    void reviewing_and_browsing_change_nothing() {
        open(launch(AttemptChoice.RESUME_OR_NEW))
                .finish(1, Map.of("cmi.core.lesson_status", "completed"));
        int told = announced.size();
        for (var mode : List.of(Mode.REVIEW, Mode.BROWSE)) {
            var look =
                    (Created)
                            createLaunch.create(
                                    course.client(),
                                    request(course, AttemptChoice.RESUME_OR_NEW, mode));
            var session = open(look);
            assertThat(session.commit(1, Map.of("cmi.core.lesson_status", "failed")))
                    .isEqualTo(new Acknowledged(1, Optional.empty()));
            assertThat(session.finish(2, Map.of()))
                    .isEqualTo(new Acknowledged(2, Optional.empty()));
        }
        assertThat(announced).hasSize(told);
    }

    @Test
    void an_asset_is_completed_when_its_delivery_ends() {
        var asset = GivenCourse.asset(database.jdbi());
        var created =
                (Created)
                        createLaunch.create(
                                asset.client(),
                                request(asset, AttemptChoice.RESUME_OR_NEW, Mode.NORMAL));
        var session = open(created);
        assertThat(session.opened().speaks()).isEmpty();
        assertThat(status(asset, created).get("status").stringValue()).isEqualTo("active");
        session.send(List.of(session.left(1, Map.of())));
        assertThat(status(asset, created).get("status").stringValue()).isEqualTo("completed");
    }

    @Test
    void a_revoked_link_closes_its_session_for_good() {
        var created = launch(AttemptChoice.RESUME_OR_NEW);
        var session = open(created);
        assertThat(closeSessions.revoke(course.client(), created.id())).isTrue();
        assertThat(session.commit(1, Map.of())).isEqualTo(new CommitOutcome.Revoked(0));
        assertThat(openSession.open(playToken(created), Optional.empty()))
                .isInstanceOf(OpenOutcome.Revoked.class);
        assertThat(status(created).get("status").stringValue()).isEqualTo("inProgress");
        assertThat(closeSessions.revoke(course.client(), io.coursewire.kernel.LaunchId.next()))
                .isFalse();
    }

    @Test
    void a_commit_for_another_launchs_session_is_unknown() {
        var session = open(launch(AttemptChoice.RESUME_OR_NEW));
        var other = launch(AttemptChoice.NEW);
        var stray =
                new CommitRequest(
                        course.client(), other.id(), session.opened().session(), List.of());
        assertThat(recordCommits.record(List.of(stray)))
                .containsExactly(new CommitOutcome.Unknown());
    }

    @Test
    void one_transaction_takes_many_requests_and_answers_each() {
        var one = open(launch(AttemptChoice.NEW));
        var two = open(launch(AttemptChoice.NEW));
        var outcomes =
                recordCommits.record(
                        List.of(
                                one.request(
                                        List.of(
                                                one.change(
                                                        1,
                                                        Map.of(
                                                                "cmi.core.lesson_status",
                                                                "incomplete")))),
                                two.request(List.of(two.change(2, Map.of()))),
                                one.request(
                                        List.of(
                                                one.change(
                                                        2,
                                                        Map.of(
                                                                "cmi.core.lesson_status",
                                                                "passed")))),
                                two.request(
                                        List.of(
                                                two.change(
                                                        1,
                                                        Map.of(
                                                                "cmi.core.lesson_status",
                                                                "failed"))))));
        assertThat(outcomes)
                .containsExactly(
                        new Acknowledged(1, Optional.of(Status.ACTIVE)),
                        new CommitOutcome.Gap(0),
                        new Acknowledged(2, Optional.of(Status.PASSED)),
                        new Acknowledged(1, Optional.of(Status.FAILED)));
    }

    @Test
    void nodes_that_take_the_commits_of_one_session_in_turn_build_on_each_other() {
        var session = open(launch(AttemptChoice.RESUME_OR_NEW));
        var nodes = List.of(recordCommits, anotherNode());
        for (int n = 1; n <= 10; n++) {
            var told =
                    session.change(
                            n,
                            Map.of(
                                    "cmi.core.session_time",
                                    "0000:%02d:00".formatted(n),
                                    "cmi.interactions.%d.id".formatted(n - 1),
                                    "question-" + n));
            // Each node twice in a row, so that it also takes a commit on what it remembers
            // rightly.
            assertThat(nodes.get(n / 2 % 2).record(List.of(session.request(List.of(told)))))
                    .containsExactly(new Acknowledged(n, Optional.of(Status.ACTIVE)));
        }
        var status = status(session.created());
        assertThat(status.get("durationSeconds").decimalValue()).isEqualByComparingTo("600");
        assertThat(status.get("interactions")).hasSize(10);
        assertThat(version(session.created())).isEqualTo(11);
    }

    @Test
    void a_commit_counts_beside_one_that_another_node_took_in_the_same_moment() {
        var one = open(launch(AttemptChoice.NEW));
        var two = open(launch(AttemptChoice.NEW));
        var group = List.of(one.request(List.of(one.change(1, Map.of()))), two.request(List.of()));
        recordCommits.record(group);
        anotherNode()
                .record(
                        List.of(
                                two.request(
                                        List.of(
                                                two.change(
                                                        1, Map.of("cmi.core.exit", "suspend"))))));
        assertThat(
                        recordCommits.record(
                                List.of(
                                        one.request(List.of(one.change(2, Map.of()))),
                                        two.request(List.of(two.change(2, Map.of()))))))
                .extracting(outcome -> ((Acknowledged) outcome).acknowledged())
                .containsExactly(2, 2);
    }

    @Test
    void a_commit_quotes_the_catalog_and_the_settings_as_they_are_now() {
        var session = open(launch(AttemptChoice.RESUME_OR_NEW));
        session.commit(1, Map.of("cmi.core.lesson_location", "1"));
        change("UPDATE participant SET username = 'countess' WHERE client_id = ?");
        change("UPDATE activity SET titles = '{\"en\": \"Another title\"}' WHERE client_id = ?");
        change("UPDATE item SET external_id = 'another-id' WHERE client_id = ?");
        change(
                "UPDATE client SET settings = '{\"scorm12.failedIsComplete\": \"false\"}' WHERE client_id = ?");
        session.finish(2, Map.of("cmi.core.lesson_status", "failed"));
        var status = status(session.created());
        assertThat(status.at("/user/username").stringValue()).isEqualTo("countess");
        assertThat(status.at("/activity/title").stringValue()).isEqualTo("Another title");
        assertThat(status.at("/item/externalId").stringValue()).isEqualTo("another-id");
        assertThat(status.get("completedDateTime").isNull()).isTrue();
    }

    @Test
    void the_contents_call_an_item_what_its_client_calls_it() {
        change("UPDATE item SET titles = '{\"en\": \"Another title\"}' WHERE client_id = ?");
        var session = open(launch(AttemptChoice.RESUME_OR_NEW));
        assertThat(session.opened().course().contents())
                .extracting(Course.Line::title)
                .containsOnly("Another title");
    }

    @Test
    void a_commit_builds_on_what_others_made_of_the_attempt_meanwhile() {
        var session = open(launch(AttemptChoice.RESUME_OR_NEW));
        session.commit(1, Map.of("cmi.core.session_time", "0000:01:00"));
        change("UPDATE attempt SET duration_seconds = 1000 WHERE client_id = ?");
        session.commit(2, Map.of("cmi.core.session_time", "0000:02:00"));
        assertThat(status(session.created()).get("durationSeconds").decimalValue())
                .isEqualByComparingTo("1060");
    }

    @Test
    void attempts_are_listed_by_update_time_page_by_page() {
        var expected = new ArrayList<AttemptId>();
        for (int minutes : new int[] {0, 3, 9, 0, 25, 1}) {
            clock.advance(Duration.ofMinutes(minutes));
            var created = launch(AttemptChoice.NEW);
            open(created).finish(1, Map.of("cmi.core.lesson_status", "completed"));
            expected.add(created.attempt().orElseThrow());
        }
        var since =
                new AttemptFilter(
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(Instant.parse("2026-03-01T10:03:00Z")));
        assertThat(list(AttemptFilter.ALL, 2)).containsExactlyElementsOf(expected);
        assertThat(list(since, 3)).containsExactlyElementsOf(expected.subList(1, 6));
    }

    private List<AttemptId> list(AttemptFilter filter, int limit) {
        var reader = new ReadAttempts(database.jdbi());
        var listed = new ArrayList<AttemptId>();
        var page = reader.list(course.client(), filter, Optional.empty(), limit);
        while (!page.isEmpty()) {
            page.forEach(one -> listed.add(one.place().id()));
            page = reader.list(course.client(), filter, Optional.of(page.getLast().place()), limit);
        }
        return listed;
    }

    @Test
    void an_activity_is_completed_when_every_item_that_counts_is_final() {
        var three = GivenCourse.scorm12(database.jdbi(), Optional.empty(), 3);
        var created = launchAll(three);
        assertThat(created.attempt()).isEmpty();
        for (int n = 0; n < 3; n++) {
            assertThat(types()).doesNotContain("activity.completed");
            openItem(three, created, n)
                    .finish(
                            1,
                            Map.of(
                                    "cmi.core.lesson_status",
                                    n == 1 ? "passed" : "completed",
                                    "cmi.core.score.raw",
                                    "" + 40 * n));
        }
        assertThat(types()).endsWith("attempt.completed", "activity.completed");
        var rollup = payload(announced.getLast());
        assertThat(rollup.get("status").stringValue()).isEqualTo("passed");
        assertThat(rollup.get("scoreScaled").decimalValue()).isEqualByComparingTo("0.4");
    }

    @Test
    void an_attempt_that_only_a_link_has_made_keeps_no_activity_from_being_completed() {
        var two = GivenCourse.scorm12(database.jdbi(), Optional.empty(), 2);
        var created = launchAll(two);
        openItem(two, created, 0).finish(1, Map.of("cmi.core.lesson_status", "passed"));
        createLaunch.create(two.client(), itemRequest(two, 0));
        openItem(two, created, 1).finish(1, Map.of("cmi.core.lesson_status", "passed"));
        assertThat(types()).endsWith("attempt.completed", "activity.completed");
    }

    @Test
    void an_activity_is_completed_when_the_last_one_inside_falls_silent_with_nothing_new() {
        var two = GivenCourse.scorm12(database.jdbi(), Optional.empty(), 2);
        var created = launchAll(two);
        var first = openItem(two, created, 0);
        first.send(List.of(first.left(1, Map.of("cmi.core.lesson_status", "passed"))));
        // It comes back, and is not heard of again.
        first.send(List.of(first.change(2, Map.of())));
        openItem(two, created, 1).finish(1, Map.of("cmi.core.lesson_status", "passed"));
        assertThat(types()).doesNotContain("activity.completed");
        clock.advance(Duration.ofMinutes(11));
        closeSessions.closeSilent(Duration.ofMinutes(10));
        assertThat(types()).endsWith("activity.completed");
    }

    private Created launchAll(GivenCourse course) {
        var created =
                (Created)
                        createLaunch.create(
                                course.client(),
                                request(course, AttemptChoice.RESUME_OR_NEW, Mode.NORMAL));
        redeem(created);
        return created;
    }

    private static LaunchRequest itemRequest(GivenCourse course, int item) {
        return new LaunchRequest(
                course.user(),
                course.activity(),
                Optional.of(course.items().get(item)),
                AttemptChoice.RESUME_OR_NEW,
                Mode.NORMAL,
                Optional.empty(),
                LaunchRequest.VALID_DEFAULT);
    }

    private Player openItem(GivenCourse course, Created created, int item) {
        var opened =
                (OpenOutcome.Ready)
                        openSession.open(
                                playToken(course, created), Optional.of(course.items().get(item)));
        return new Player(course, created, opened.opened());
    }

    @Test
    void a_return_url_must_be_of_an_origin_that_the_client_allows() {
        var allowed = withReturnUrl("https://lms.example/back?x=1");
        assertThat(createLaunch.create(course.client(), allowed)).isInstanceOf(Created.class);
        assertThat(createLaunch.create(course.client(), withReturnUrl("https://evil.example/")))
                .isEqualTo(new LaunchOutcome.ReturnUrlRefused(List.of("https://lms.example")));
    }

    private LaunchRequest withReturnUrl(String url) {
        return new LaunchRequest(
                course.user(),
                course.activity(),
                Optional.empty(),
                AttemptChoice.RESUME_OR_NEW,
                Mode.NORMAL,
                Optional.of(url),
                LaunchRequest.VALID_DEFAULT);
    }

    /// What the player does once a session is open.
    private final class Player {
        private final GivenCourse course;
        private final Created created;
        private final Opened opened;

        Player(GivenCourse course, Created created, Opened opened) {
            this.course = course;
            this.created = created;
            this.opened = opened;
        }

        Created created() {
            return created;
        }

        Opened opened() {
            return opened;
        }

        Commit change(int sequence, Map<String, String> elements) {
            return new Commit(
                    sequence,
                    new Change(elements, clock.instant(), ZoneOffset.ofHours(1)),
                    List.of(),
                    false,
                    false);
        }

        Commit left(int sequence, Map<String, String> elements) {
            return new Commit(
                    sequence,
                    new Change(elements, clock.instant(), ZoneOffset.ofHours(1)),
                    List.of(),
                    false,
                    true);
        }

        CommitOutcome commit(int sequence, Map<String, String> elements) {
            return send(List.of(change(sequence, elements)));
        }

        CommitOutcome finish(int sequence, Map<String, String> elements) {
            return send(
                    List.of(
                            new Commit(
                                    sequence,
                                    new Change(elements, clock.instant(), ZoneOffset.ofHours(1)),
                                    List.of(),
                                    true,
                                    false)));
        }

        CommitRequest request(List<Commit> commits) {
            return new CommitRequest(course.client(), created.id(), opened.session(), commits);
        }

        CommitOutcome send(List<Commit> commits) {
            return recordCommits.record(List.of(request(commits))).getFirst();
        }
    }

    private RecordCommits anotherNode() {
        return new RecordCommits(
                database.jdbi(),
                packages,
                new RecordReport(database.jdbi(), announcer, clock),
                clock);
    }

    private void change(String statement) {
        database.jdbi().useHandle(db -> db.execute(statement, course.client().value()));
    }

    private long version(Created created) {
        return database.jdbi()
                .withHandle(
                        db ->
                                db.select(
                                                "SELECT version FROM attempt WHERE attempt_id = ?",
                                                created.attempt().orElseThrow().value())
                                        .mapTo(Long.class)
                                        .one());
    }

    private Created launch(AttemptChoice choice) {
        return (Created) createLaunch.create(course.client(), request(course, choice, Mode.NORMAL));
    }

    private static LaunchRequest request(GivenCourse course, AttemptChoice choice, Mode mode) {
        return new LaunchRequest(
                course.user(),
                course.activity(),
                Optional.empty(),
                choice,
                mode,
                Optional.empty(),
                LaunchRequest.VALID_DEFAULT);
    }

    private RedeemLaunch.Outcome redeem(Created created) {
        return redeemLaunch.redeem(token(created), Optional.empty());
    }

    private RedeemLaunch.Outcome redeem(Created created, String redeemer) {
        return redeemLaunch.redeem(token(created), Optional.of(redeemer));
    }

    private static String token(Created created) {
        return created.launchUrl().substring(created.launchUrl().lastIndexOf('/') + 1);
    }

    private Player open(Created created) {
        var token =
                ((RedeemLaunch.Outcome.Redeemed) redeem(created))
                        .playPath()
                        .substring("/play/".length());
        var owner =
                new GivenCourse(
                        addresses.tokens().readPlay(token).orElseThrow().client(),
                        course.user(),
                        course.activity(),
                        course.items());
        return new Player(
                owner,
                created,
                ((OpenOutcome.Ready) openSession.open(token, Optional.empty())).opened());
    }

    private Player openAgain(Created created) {
        return new Player(
                course,
                created,
                ((OpenOutcome.Ready) openSession.open(playToken(created), Optional.empty()))
                        .opened());
    }

    private String playToken(Created created) {
        return playToken(course, created);
    }

    private String playToken(GivenCourse course, Created created) {
        return addresses.tokens().play(course.client(), created.id());
    }

    private JsonNode status(Created created) {
        return status(course, created);
    }

    private static JsonNode status(GivenCourse course, Created created) {
        AttemptId id = created.attempt().orElseThrow();
        return Json.MAPPER.readTree(
                new ReadAttempts(database.jdbi()).get(course.client(), id).orElseThrow().bytes());
    }

    private static JsonNode payload(Announcer.Announcement announcement) {
        return Json.MAPPER.readTree(announcement.payload());
    }

    private List<String> types() {
        return announced.stream().map(Announcer.Announcement::type).toList();
    }

    private static <T> List<T> inParallel(int times, Callable<T> work)
            throws InterruptedException, ExecutionException {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var results = new ArrayList<T>();
            for (var future :
                    threads.invokeAll(Stream.generate(() -> work).limit(times).toList())) {
                results.add(future.get());
            }
            return results;
        }
    }

    private static byte[] mac(String text) {
        try {
            return java.security.MessageDigest.getInstance("SHA-256")
                    .digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
