package io.coursewire.offline.importing;

import static org.assertj.core.api.Assertions.assertThat;

import io.coursewire.attempts.Announcer;
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
import io.coursewire.attempts.StartAttempt.Subject;
import io.coursewire.attempts.Status;
import io.coursewire.catalog.Directory;
import io.coursewire.kernel.AttemptId;
import io.coursewire.kernel.ClientId;
import io.coursewire.kernel.Json;
import io.coursewire.kernel.UserId;
import io.coursewire.offline.Change.Cause;
import io.coursewire.offline.Change.Why;
import io.coursewire.offline.CorrectAttempt;
import io.coursewire.offline.MoveAttempts;
import io.coursewire.offline.importing.Imports.RowVerdict;
import io.coursewire.offline.importing.Imports.Upload;
import io.coursewire.offline.reading.FileForm;
import io.coursewire.runtime.launch.GivenCourse;
import java.io.ByteArrayInputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import tools.jackson.databind.JsonNode;

/// A client with a course of two items (`sco-0`, `sco-1`) and a participant `ada`, and everything that imports.
public final class ImportScene {
    final ClientId client;
    final Jdbi jdbi;
    final Imports imports;
    final ImportFiles files;
    final RunImports runImports;
    final TellImported tellImported;
    final GivenCourse course;

    /// `event attemptNumber status version`, in the order in which they were announced.
    final List<String> told = Collections.synchronizedList(new ArrayList<>());

    private final RecordReport recordReport;

    ImportScene(Jdbi jdbi, Path dataDir) {
        this.jdbi = jdbi;
        course = GivenCourse.scorm12(jdbi, Optional.empty(), 2);
        client = course.client();
        var clock = Clock.systemUTC();
        recordReport = new RecordReport(jdbi, new Recording(), clock);
        files = new ImportFiles(dataDir);
        imports = new Imports(jdbi, files, clock);
        runImports = RunImports.of(jdbi, files, recordReport, _ -> true, clock);
        tellImported = new TellImported(jdbi, new GiveResults(recordReport, clock), recordReport);
    }

    private final class Recording implements Announcer {
        @Override
        public void announce(Handle db, List<Announcement> announcements) {
            for (var one : announcements) {
                told.add(one.type() + " " + one.attributes().get("status") + " " + one.version());
            }
        }

        @Override
        public void committed() {}
    }

    /// Ada has completed the first item in the player.
    void finishOnline() {
        var subject =
                new Subject(
                        client,
                        course.user(),
                        course.activity(),
                        course.items().getFirst(),
                        Optional.empty());
        var attempt =
                jdbi.inTransaction(
                        db ->
                                new StartAttempt(Clock.systemUTC())
                                        .start(db, subject, DataSource.ONLINE));
        recordReport.record(
                List.of(
                        new Report(
                                attempt.key(),
                                Optional.of(new RuntimeReport.Asset(true)),
                                Presence.LEFT,
                                BigDecimal.ZERO)));
        told.clear();
    }

    /// Another node, with a clock of its own.
    RunImports runner(Clock clock) {
        return runner(clock, _ -> true);
    }

    RunImports runner(Clock clock, RunImports.Pace pace) {
        return RunImports.of(
                jdbi, files, new RecordReport(jdbi, new Recording(), clock), pace, clock);
    }

    /// Somebody puts the attempt at an item right: it is incomplete.
    void correct(String item) {
        var attempt =
                attempts().stream()
                        .filter(one -> one.at("/item/externalId").asString().equals(item))
                        .findFirst()
                        .orElseThrow();
        var id = AttemptId.parse(attempt.get("attemptId").asString()).orElseThrow();
        var clock = Clock.systemUTC();
        new CorrectAttempt(jdbi, new GiveResults(recordReport, clock), recordReport, clock)
                .correct(
                        new AttemptKey(client, id),
                        before ->
                                new GivenResult(
                                        Status.INCOMPLETE,
                                        before.score(),
                                        before.started(),
                                        Optional.empty(),
                                        before.durationSeconds(),
                                        before.interactions()),
                        new Why(
                                Cause.CORRECTED,
                                "tester",
                                Optional.of("a reason"),
                                Optional.empty()));
    }

    /// Brings in one more participant.
    UserId participant(String username) {
        var user = UserId.next();
        jdbi.useHandle(
                db ->
                        db.execute(
                                "INSERT INTO participant (client_id, user_id, username, created_at, updated_at) VALUES (?, ?, ?, now(), now())",
                                client.value(),
                                user.value(),
                                username));
        return user;
    }

    /// The one attempt of a participant was another's.
    void move(String from, String into) {
        var attempt =
                attempts().stream()
                        .filter(one -> one.at("/user/username").asString().equals(from))
                        .findFirst()
                        .orElseThrow();
        var id = AttemptId.parse(attempt.get("attemptId").asString()).orElseThrow();
        var user =
                jdbi.withHandle(db -> new Directory().byUsername(db, client, List.of(into)))
                        .get(into)
                        .id();
        var clock = Clock.systemUTC();
        new MoveAttempts(jdbi, new GiveResults(recordReport, clock), recordReport, clock)
                .move(
                        new AttemptKey(client, id),
                        Optional.of(user),
                        Optional.empty(),
                        new Why(Cause.MOVED, "tester", Optional.empty(), Optional.empty()));
    }

    /// `username itemExternalId status` of every attempt.
    List<String> said() {
        return attempts().stream()
                .map(
                        one ->
                                one.at("/user/username").asString()
                                        + " "
                                        + one.at("/item/externalId").asString()
                                        + " "
                                        + one.get("status").asString())
                .sorted()
                .toList();
    }

    Import submit(String csv, Options options, String mapping) {
        return submit(csv.getBytes(StandardCharsets.UTF_8), FileForm.CSV, options, mapping);
    }

    Import submit(byte[] file, FileForm form, Options options, String mapping) {
        return imports.submit(
                client,
                new Upload(form, new ByteArrayInputStream(file), options, mapping),
                "tester");
    }

    Import run(String csv, Options options) {
        return run(csv, options, "{}");
    }

    Import run(String csv, Options options, String mapping) {
        return finish(submit(csv, options, mapping));
    }

    Import finish(Import job) {
        while (runImports.runOne()) {}
        var done = imports.find(client, job.id()).orElseThrow();
        assertThat(done.state())
                .as(String.valueOf(done.failure()))
                .isIn(Import.State.DONE, Import.State.FAILED);
        return done;
    }

    void undo(Import job) {
        assertThat(imports.undo(job, "tester")).isPresent();
        while (runImports.runOne()) {}
        assertThat(imports.find(client, job.id()).orElseThrow().state())
                .isEqualTo(Import.State.UNDONE);
    }

    List<RowVerdict> rows(Import job) {
        return imports.rows(job, "cunr", 500, Optional.empty()).items();
    }

    List<JsonNode> attempts() {
        return new ReadAttempts(jdbi)
                .list(client, AttemptFilter.ALL, Optional.empty(), 1_000_000).stream()
                        .map(listed -> Json.MAPPER.readTree(listed.payload().bytes()))
                        .toList();
    }
}
