package io.coursewire.runtime.launch;

import static org.assertj.core.api.Assertions.assertThat;

import io.coursewire.attempts.Announcer;
import io.coursewire.attempts.AttemptKey;
import io.coursewire.attempts.GiveResults;
import io.coursewire.attempts.GiveResults.Replacement;
import io.coursewire.attempts.GiveResults.Telling;
import io.coursewire.attempts.GivenResult;
import io.coursewire.attempts.ReadAttempts;
import io.coursewire.attempts.RecordReport;
import io.coursewire.attempts.Score;
import io.coursewire.attempts.StartAttempt;
import io.coursewire.attempts.Status;
import io.coursewire.kernel.AttemptId;
import io.coursewire.kernel.ItemId;
import io.coursewire.kernel.Json;
import io.coursewire.kernel.UserId;
import io.coursewire.offline.Change.Cause;
import io.coursewire.offline.Change.Why;
import io.coursewire.offline.CorrectAttempt;
import io.coursewire.offline.MoveAttempts;
import io.coursewire.packages.PackageVersions;
import io.coursewire.runtime.DataModel.Change;
import io.coursewire.runtime.Mode;
import io.coursewire.runtime.launch.LaunchOutcome.Created;
import io.coursewire.runtime.launch.LaunchRequest.AttemptChoice;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import tools.jackson.databind.JsonNode;

/// Participants who play a course, and an administrator who corrects, moves and merges what they did.
final class Classroom {
    static final Duration SILENCE = Duration.ofMinutes(10);

    final MovingClock clock = new MovingClock(Instant.parse("2026-03-01T10:00:00Z"));
    final List<Announcer.Announcement> announced = new ArrayList<>();
    final GivenCourse course;
    private final Jdbi jdbi;
    private final LaunchTokens tokens =
            new LaunchTokens(
                    (purpose, message) ->
                            (purpose + new String(message, StandardCharsets.UTF_8))
                                    .getBytes(StandardCharsets.UTF_8));
    final CreateLaunch createLaunch;
    final OpenSession openSession;
    final RecordCommits recordCommits;
    final CloseSessions closeSessions;
    final RecordReport recordReport;
    final GiveResults giveResults;
    final CorrectAttempt correctAttempt;
    final MoveAttempts moveAttempts;

    Classroom(Jdbi jdbi, GivenCourse course) {
        this.jdbi = jdbi;
        this.course = course;
        var packages = new PackageVersions(jdbi);
        recordReport = new RecordReport(jdbi, new Listening(), clock);
        giveResults = new GiveResults(recordReport, clock);
        createLaunch =
                new CreateLaunch(
                        jdbi,
                        packages,
                        new StartAttempt(clock),
                        new LaunchAddresses("http://content.example", tokens),
                        clock);
        openSession = new OpenSession(jdbi, packages, recordReport, tokens, clock);
        recordCommits = new RecordCommits(jdbi, packages, recordReport, clock);
        closeSessions = new CloseSessions(jdbi, recordCommits, clock);
        correctAttempt = new CorrectAttempt(jdbi, giveResults, recordReport, clock);
        moveAttempts = new MoveAttempts(jdbi, giveResults, recordReport, clock);
    }

    private final class Listening implements Announcer {
        @Override
        public void announce(Handle db, List<Announcement> announcements) {
            announced.addAll(announcements);
        }

        @Override
        public void committed() {}
    }

    UserId enrol(String username) {
        var user = UserId.next();
        execute(
                "INSERT INTO participant (client_id, user_id, username, created_at, updated_at) VALUES (?, ?, ?, now(), now())",
                course.client().value(),
                user.value(),
                username);
        return user;
    }

    void execute(String statement, Object... values) {
        jdbi.useHandle(db -> db.execute(statement, values));
    }

    Created launch(UserId user, Optional<ItemId> item, AttemptChoice choice) {
        return (Created)
                createLaunch.create(
                        course.client(),
                        new LaunchRequest(
                                user,
                                course.activity(),
                                item,
                                choice,
                                Mode.NORMAL,
                                Optional.empty(),
                                LaunchRequest.VALID_DEFAULT));
    }

    Created launch(UserId user, Optional<ItemId> item) {
        return launch(user, item, AttemptChoice.RESUME_OR_NEW);
    }

    Created launch(UserId user) {
        return launch(user, Optional.empty());
    }

    Playing play(Created launch, Optional<ItemId> item) {
        var outcome = open(launch, item);
        assertThat(outcome).isInstanceOf(OpenOutcome.Ready.class);
        return new Playing(launch, ((OpenOutcome.Ready) outcome).opened());
    }

    Playing play(Created launch) {
        return play(launch, Optional.empty());
    }

    OpenOutcome open(Created launch, Optional<ItemId> item) {
        return openSession.open(tokens.play(course.client(), launch.id()), item);
    }

    OpenOutcome open(Created launch) {
        return open(launch, Optional.empty());
    }

    OpenOutcome navigate(Created launch, String request) {
        return openSession.navigate(
                tokens.play(course.client(), launch.id()), request, Optional.empty());
    }

    /// Nothing is heard of anybody for longer than a session stays open.
    void fallSilent() {
        clock.advance(SILENCE.plusMinutes(1));
        closeSessions.closeSilent(SILENCE);
    }

    /// What a player does once content is open.
    final class Playing {
        final Created launch;
        final Opened opened;
        private int sequence;

        Playing(Created launch, Opened opened) {
            this.launch = launch;
            this.opened = opened;
        }

        CommitOutcome say(Map<String, String> elements) {
            return send(elements, false, false);
        }

        CommitOutcome finish(Map<String, String> elements) {
            return send(elements, true, false);
        }

        CommitOutcome leave(Map<String, String> elements) {
            return send(elements, false, true);
        }

        /// A sign of life.
        CommitOutcome beat() {
            return record(List.of());
        }

        private CommitOutcome send(Map<String, String> elements, boolean finish, boolean left) {
            return record(List.of(commit(clock.instant(), elements, finish, left)));
        }

        /// One that its browser keeps for now.
        Commit commit(Instant at, Map<String, String> elements, boolean finish, boolean left) {
            var change = new Change(elements, at, ZoneOffset.UTC);
            return new Commit(++sequence, change, List.of(), finish, left);
        }

        CommitOutcome record(List<Commit> commits) {
            var request =
                    new CommitRequest(course.client(), launch.id(), opened.session(), commits);
            return recordCommits.record(List.of(request)).getFirst();
        }

        AttemptId attempt() {
            return jdbi.withHandle(
                    db ->
                            new AttemptId(
                                    db.select(
                                                    "SELECT attempt_id FROM session WHERE session_id = ?",
                                                    opened.session().value())
                                            .mapTo(java.util.UUID.class)
                                            .one()));
        }

        JsonNode status() {
            return Classroom.this.status(attempt());
        }
    }

    JsonNode status(AttemptId attempt) {
        var payload = new ReadAttempts(jdbi).get(course.client(), attempt).orElseThrow();
        return Json.MAPPER.readTree(payload.bytes());
    }

    CorrectAttempt.Outcome correct(AttemptId attempt, UnaryOperator<GivenResult> correction) {
        return correctAttempt.correct(key(attempt), correction, why(Cause.CORRECTED));
    }

    /// An import puts a result over that of an attempt, and is undone.
    void importAndUndo(AttemptId attempt, UnaryOperator<GivenResult> imported) {
        var key = key(attempt);
        jdbi.useTransaction(
                db -> {
                    var locked = recordReport.lock(db, List.of(key));
                    var before = locked.get(key);
                    giveResults.holdOf(db, locked.values());
                    var result = imported.apply(GiveResults.given(before));
                    var after =
                            giveResults.replace(
                                    db,
                                    locked,
                                    List.of(new Replacement(key, result)),
                                    "offline.given",
                                    Telling.NOW);
                    var former = GiveResults.given(before.payload());
                    giveResults.restore(
                            db,
                            after,
                            List.of(new Replacement(key, former)),
                            "offline.undone",
                            Telling.NOW);
                });
    }

    MoveAttempts.Outcome move(AttemptId attempt, UserId user) {
        return moveAttempts.move(
                key(attempt), Optional.of(user), Optional.empty(), why(Cause.MOVED));
    }

    MoveAttempts.Outcome merge(UserId from, UserId into) {
        return moveAttempts.merge(course.client(), from, into, why(Cause.MERGED));
    }

    private AttemptKey key(AttemptId attempt) {
        return new AttemptKey(course.client(), attempt);
    }

    private static Why why(Cause cause) {
        return new Why(cause, "admin", Optional.of("a reason"), Optional.empty());
    }

    static GivenResult with(GivenResult before, Status status, String scaled) {
        return new GivenResult(
                status,
                new Score(
                        Optional.of(new BigDecimal(scaled)),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()),
                before.started(),
                before.completed(),
                before.durationSeconds(),
                before.interactions());
    }

    static GivenResult lasting(GivenResult before, int seconds) {
        return new GivenResult(
                before.status(),
                before.score(),
                before.started(),
                before.completed(),
                Optional.of(BigDecimal.valueOf(seconds)),
                before.interactions());
    }

    List<String> types() {
        return announced.stream().map(Announcer.Announcement::type).toList();
    }

    List<JsonNode> told(String type) {
        return announced.stream()
                .filter(a -> a.type().equals(type))
                .map(a -> Json.MAPPER.readTree(a.payload()))
                .toList();
    }
}
