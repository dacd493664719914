package io.coursewire.offline.importing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.coursewire.attempts.Announcer;
import io.coursewire.attempts.RecordReport;
import io.coursewire.kernel.InvalidInput;
import io.coursewire.offline.importing.Imports.RowVerdict;
import io.coursewire.offline.mapping.RowFault;
import io.coursewire.offline.reading.FileForm;
import io.coursewire.offline.reading.UnreadableFile;
import io.coursewire.storage.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Files of results taken in: never twice, never half, and every row answered for. Real PostgreSQL.
class ImportTest {
    @RegisterExtension static final TestDatabase db = TestDatabase.migrated();

    private static final String HEADER =
            "username,itemExternalId,status,scoreRaw,scoreMaximum,completedDateTime\n";
    private static final String ADA = "ada,sco-0,passed,17,20,2026-11-20T15:30:00\n";
    private static final Options SILENT = new Options(false, Policy.KEEP, false, false, false, 0);

    @TempDir Path data;
    private ImportScene scene;

    @BeforeEach
    void aScene() {
        scene = new ImportScene(db.jdbi(), data);
    }

    private static Options with(Policy policy) {
        return new Options(false, policy, false, false, false, 0);
    }

    private static List<String> verdicts(List<RowVerdict> rows) {
        return rows.stream().map(row -> row.line() + " " + row.verdict()).toList();
    }

    private static List<String> texts(List<JsonNode> attempts, String pointer) {
        return attempts.stream().map(attempt -> attempt.at(pointer).asString()).toList();
    }

    private List<RowFault> faults(String row) {
        var done = scene.run(HEADER + row, SILENT);
        assertThat(done.counts().refused()).as(scene.rows(done).toString()).isEqualTo(1);
        return scene.rows(done).getFirst().faults();
    }

    @Test
    void a_row_becomes_an_attempt_like_any_other() {
        var done = scene.run(HEADER + ADA, Options.DEFAULT);
        assertThat(done.state()).isEqualTo(Import.State.DONE);
        assertThat(done.counts().created()).isEqualTo(1);
        assertThat(done.counts().total()).contains(1L);
        var attempt = scene.attempts().getFirst();
        assertThat(attempt.get("status").asString()).isEqualTo("passed");
        assertThat(attempt.get("scoreScaled").decimalValue()).isEqualByComparingTo("0.85");
        assertThat(attempt.get("completedDateTime").asString()).isEqualTo("2026-11-20T15:30:00");
        assertThat(attempt.get("dataSource").asString()).isEqualTo("offline");
        assertThat(attempt.at("/user/username").asString()).isEqualTo("ada");
        assertThat(attempt.at("/item/externalId").asString()).isEqualTo("sco-0");
        assertThat(files()).isEmpty();
    }

    private List<Path> files() {
        try (var files = Files.list(data.resolve("imports"))) {
            return files.toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void the_same_file_again_changes_nothing() {
        scene.run(HEADER + ADA, SILENT);
        var again = scene.run(HEADER + ADA, SILENT);
        assertThat(again.counts().unchanged()).isEqualTo(1);
        assertThat(scene.rows(again).getFirst().why()).contains("It was imported before.");
        assertThat(scene.attempts()).hasSize(1);
    }

    @Test
    void a_bad_row_keeps_no_good_one_out_and_says_what_to_do() {
        var done =
                scene.run(
                        HEADER
                                + ADA
                                + "nobody,sco-0,passed,1,2,\n"
                                + "ada,sco-0,pased,1,2,2026-01-01\n"
                                + "ada,sco-1,failed,3,2,2026-02-30\n"
                                + "ada,sco-1,completed,,,2026-03-01\n",
                        SILENT);
        assertThat(verdicts(scene.rows(done)))
                .containsExactly("2 created", "3 refused", "4 refused", "5 refused", "6 created");
        var faults = scene.rows(done).stream().map(RowVerdict::faults).toList();
        assertThat(faults.get(1))
                .extracting(RowFault::column, RowFault::value)
                .containsExactly(tuple("username", "nobody"));
        assertThat(faults.get(2).getFirst().message()).contains("Did you mean \"passed\"?");
        assertThat(faults.get(3).getFirst().message()).isEqualTo("is no date-time that there is.");
        assertThat(scene.attempts()).hasSize(2);
    }

    @Test
    void what_cannot_be_is_refused_by_column() {
        assertThat(faults("ada,sco-0,passed,21,20,\n"))
                .extracting(RowFault::column)
                .containsExactly("scoreMaximum");
        assertThat(faults("ada,sco-0,active,1,20,\n").getFirst().message())
                .contains("seen, never given");
        assertThat(faults("ada,nothing,passed,1,20,\n").getFirst().column())
                .isEqualTo("itemExternalId");
        assertThat(faults("ada,sco-0,passed,many,20,\n").getFirst().message())
                .isEqualTo("must be a number.");
        assertThat(faults("ada,sco-0,passed,1,20,2999-01-01\n").getFirst().message())
                .isEqualTo("is in the future.");
    }

    @Test
    void a_dry_run_shows_and_writes_nothing_and_is_then_done_as_shown() {
        var csv = HEADER + ADA + ADA + "ada,sco-1,failed,,,\nnobody,sco-0,passed,,,\n";
        var dry = new Options(true, Policy.KEEP, false, true, false, 0);
        var shown = scene.run(csv, dry);
        assertThat(verdicts(scene.rows(shown)))
                .containsExactly("2 created", "3 unchanged", "4 created", "5 created");
        assertThat(scene.attempts()).isEmpty();
        var done = scene.finish(scene.imports.apply(shown, "tester").orElseThrow());
        assertThat(verdicts(scene.rows(done))).isEqualTo(verdicts(scene.rows(shown)));
        assertThat(done.counts().differences()).isZero();
        assertThat(scene.attempts()).hasSize(3);
    }

    @Test
    void what_comes_otherwise_than_shown_is_said() {
        var shown = scene.run(HEADER + ADA, new Options(true, Policy.KEEP, false, false, false, 0));
        scene.run(HEADER + ADA, SILENT);
        var done = scene.finish(scene.imports.apply(shown, "tester").orElseThrow());
        assertThat(done.counts().differences()).isEqualTo(1);
        var row = scene.rows(done).getFirst();
        assertThat(row.verdict()).isEqualTo("unchanged");
        assertThat(row.shown()).contains("created");
    }

    @Test
    void two_rows_cannot_be_one_attempt() {
        var header = "username,itemExternalId,status,attemptNumber,recordId\n";
        for (boolean dry : List.of(true, false)) {
            var done =
                    scene.run(
                            header
                                    + "ada,sco-0,passed,1,a\nada,sco-0,failed,1,b\nada,sco-0,failed,2,a\n",
                            new Options(dry, Policy.KEEP, false, false, false, 0));
            assertThat(verdicts(scene.rows(done)))
                    .containsExactly("2 created", "3 refused", "4 refused");
            assertThat(scene.rows(done).get(1).faults().getFirst().message())
                    .startsWith("is the attempt of line 2 too.");
            assertThat(scene.rows(done).get(2).faults().getFirst().message())
                    .startsWith("is the same record as line 2");
        }
    }

    @Test
    void a_policy_says_what_becomes_of_an_attempt_that_is_there() {
        var header = "username,itemExternalId,status,attemptNumber,completedDateTime\n";
        scene.run(header + "ada,sco-0,failed,1,2026-01-01\n", SILENT);
        var newer = header + "ada,sco-0,passed,1,2026-02-01\n";
        assertThat(verdicts(scene.rows(scene.run(newer, with(Policy.KEEP)))))
                .containsExactly("2 unchanged");
        assertThat(
                        verdicts(
                                scene.rows(
                                        scene.run(
                                                header + "ada,sco-0,passed,1,2025-12-01\n",
                                                with(Policy.REPLACE_IF_NEWER)))))
                .containsExactly("2 unchanged");
        assertThat(verdicts(scene.rows(scene.run(newer, with(Policy.REPLACE_IF_NEWER)))))
                .containsExactly("2 updated");
        assertThat(texts(scene.attempts(), "/status")).containsExactly("passed");
        var next = scene.run(header + "ada,sco-0,completed,1,2026-03-01\n", with(Policy.NEXT));
        assertThat(verdicts(scene.rows(next))).containsExactly("2 created");
        assertThat(texts(scene.attempts(), "/attemptNumber")).containsExactly("1", "2");
    }

    @Test
    void results_captured_online_are_not_overwritten_unless_it_is_asked_for() {
        scene.finishOnline();
        var csv =
                "username,itemExternalId,status,attemptNumber,completedDateTime\nada,sco-0,failed,1,"
                        + Instant.now().plusSeconds(3_600)
                        + "\n";
        var kept = scene.run(csv, with(Policy.REPLACE_IF_NEWER));
        assertThat(scene.rows(kept).getFirst().why().orElseThrow()).contains("captured online");
        var asked = new Options(false, Policy.REPLACE_IF_NEWER, true, false, false, 0);
        assertThat(scene.run(csv, asked).counts().updated()).isEqualTo(1);
        assertThat(scene.attempts().getFirst().get("status").asString()).isEqualTo("failed");
    }

    @Test
    void a_silent_import_tells_nobody_and_a_told_one_tells_at_its_pace() {
        while (scene.tellImported.round() > 0) {}
        scene.told.clear();
        scene.run(HEADER + ADA, SILENT);
        while (scene.tellImported.round() > 0) {}
        assertThat(scene.told).isEmpty();
        var rows = new StringBuilder(HEADER);
        for (int i = 1; i <= 7; i++) {
            rows.append("ada,sco-1,passed,,,2026-11-0" + i + "\n");
        }
        scene.run(rows.toString(), new Options(false, Policy.KEEP, false, false, false, 10));
        assertThat(scene.told).isEmpty();
        assertThat(scene.tellImported.round()).isEqualTo(2);
        assertThat(scene.told)
                .startsWith("attempt.updated passed 1", "attempt.completed passed 2")
                .filteredOn(told -> told.startsWith("attempt."))
                .hasSize(4);
        while (scene.tellImported.round() > 0) {}
        assertThat(scene.told).filteredOn(told -> told.startsWith("attempt.")).hasSize(14);
    }

    @Test
    void participants_are_created_only_when_the_import_says_so() {
        var csv = "username,firstName,itemExternalId,status\ngrace,Grace,sco-0,passed\n";
        assertThat(scene.run(csv, SILENT).counts().refused()).isEqualTo(1);
        var create = new Options(false, Policy.KEEP, false, true, false, 0);
        assertThat(scene.run(csv, create).counts().created()).isEqualTo(1);
        assertThat(texts(scene.attempts(), "/user/username")).containsExactly("grace");
    }

    @Test
    void an_import_that_was_broken_off_goes_on_where_it_was() {
        var rows = new StringBuilder("username,itemExternalId,status,recordId\n");
        for (int i = 0; i < 2_500; i++) {
            rows.append("ada,sco-0,passed,r" + i + "\n");
        }
        var job = scene.submit(rows.toString(), SILENT, "{}");
        var clock = Clock.systemUTC();
        var recordReport =
                new RecordReport(
                        db.jdbi(),
                        new Announcer() {
                            @Override
                            public void announce(Handle handle, List<Announcement> a) {}

                            @Override
                            public void committed() {}
                        },
                        clock);
        RunImports.of(db.jdbi(), scene.files, recordReport, _ -> false, clock).runOne();
        assertThat(scene.imports.find(scene.client, job.id()).orElseThrow().counts().done())
                .isEqualTo(1_000);
        var done = scene.finish(job);
        assertThat(done.counts().created()).isEqualTo(2_500);
        assertThat(scene.attempts()).hasSize(2_500);
        assertThat(texts(scene.attempts(), "/attemptNumber")).doesNotHaveDuplicates();
    }

    @Test
    void rows_are_paged_from_the_beginning_of_the_file() {
        var rows = new StringBuilder("username,itemExternalId,status,recordId\n");
        for (int i = 0; i < 2_100; i++) {
            rows.append("ada,sco-0," + (i % 700 == 0 ? "no" : "passed") + ",r" + i + "\n");
        }
        var done = scene.run(rows.toString(), SILENT);
        var lines = new ArrayList<Long>();
        var cursor = Optional.<String>empty();
        do {
            var page = scene.imports.rows(done, "r", 2, cursor);
            page.items().forEach(row -> lines.add(row.line()));
            cursor = page.nextCursor();
        } while (cursor.isPresent());
        assertThat(lines).containsExactly(2L, 702L, 1402L);
    }

    @Test
    void a_file_that_nothing_could_come_of_is_refused_at_once_and_not_kept() {
        assertThatThrownBy(() -> scene.submit("usrname,itemExternalId,status\n", SILENT, "{}"))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("Did you mean \"username\"?");
        assertThatThrownBy(() -> scene.submit("a;b;c\n1;2;3\n", SILENT, "{}"))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("is missing");
        assertThatThrownBy(() -> scene.submit("", SILENT, "{}"))
                .isInstanceOf(UnreadableFile.class)
                .hasMessageContaining("empty");
        assertThatThrownBy(
                        () ->
                                scene.submit(
                                        new byte[] {'P', 'K', 0, 1, 2, 0},
                                        FileForm.CSV,
                                        SILENT,
                                        "{}"))
                .isInstanceOf(UnreadableFile.class)
                .hasMessageContaining("not text");
        assertThat(files()).isEmpty();
    }

    @Test
    void half_a_file_fails_before_anything_of_it_goes_in() {
        var failed = scene.run(HEADER + ADA + "ada,sco-0,\"passed,1,2,\n", SILENT);
        assertThat(failed.state()).isEqualTo(Import.State.FAILED);
        assertThat(failed.failure().orElseThrow()).contains("breaks off");
        assertThat(scene.attempts()).isEmpty();
    }

    @Test
    void a_cell_of_ten_megabytes_is_refused_and_its_neighbours_go_in() {
        var done =
                scene.run(
                        HEADER + "ada,sco-0,passed," + "9".repeat(10 << 20) + ",20,\n" + ADA,
                        SILENT);
        assertThat(verdicts(scene.rows(done))).containsExactly("2 refused", "3 created");
        assertThat(scene.rows(done).getFirst().faults().getFirst().message())
                .contains("characters; at most");
    }

    @Test
    void an_import_is_undone_as_a_whole_but_for_what_was_changed_since() {
        var header = "username,itemExternalId,status,attemptNumber,completedDateTime\n";
        scene.run(header + "ada,sco-0,failed,1,2026-01-01\n", SILENT);
        var told = new Options(false, Policy.REPLACE_IF_NEWER, false, false, false, 1_000);
        var done =
                scene.run(
                        header
                                + "ada,sco-0,passed,1,2026-02-01\nada,sco-0,passed,2,2026-03-01\nada,sco-1,passed,1,\n",
                        told);
        while (scene.tellImported.round() > 0) {}
        scene.told.clear();
        scene.correct("sco-1");
        assertThat(scene.imports.undo(done, "tester")).isPresent();
        while (scene.runImports.runOne()) {}
        assertThat(scene.imports.find(scene.client, done.id()).orElseThrow().state())
                .isEqualTo(Import.State.UNDONE);
        assertThat(scene.attempts())
                .extracting(
                        attempt -> attempt.at("/item/externalId").asString(),
                        attempt -> attempt.get("status").asString())
                .containsExactlyInAnyOrder(tuple("sco-0", "failed"), tuple("sco-1", "incomplete"));
        assertThat(scene.told).contains("attempt.updated notStarted 3", "attempt.updated failed 3");
        assertThat(scene.imports.undo(done, "tester")).isEmpty();
        var again = scene.run(header + "ada,sco-0,passed,2,2026-03-01\n", SILENT);
        assertThat(again.counts().created()).isEqualTo(1);
    }

    @Test
    void undoing_tells_no_faster_than_the_import_was_to() {
        var rows = ADA + ADA.replace("sco-0", "sco-1");
        var done =
                scene.run(HEADER + rows, new Options(false, Policy.NEXT, false, false, false, 5));
        assertThat(done.counts().created()).isEqualTo(2);
        while (scene.tellImported.round() > 0) {}
        assertThat(scene.imports.undo(done, "tester")).isPresent();
        long startedNanos = System.nanoTime();
        while (scene.runImports.runOne()) {}
        assertThat(Duration.ofNanos(System.nanoTime() - startedNanos))
                .isGreaterThanOrEqualTo(TellImported.PAUSE.multipliedBy(2));
        assertThat(scene.attempts()).isEmpty();
    }

    @Test
    void files_and_cells_are_forgotten_after_their_time() {
        var dry = new Options(true, Policy.KEEP, false, false, false, 0);
        var shown = scene.run(HEADER + "nobody,sco-0,passed,,,\n", dry);
        scene.imports.forget();
        assertThat(files()).hasSize(1);
        assertThat(scene.rows(shown).getFirst().faults()).isNotEmpty();
        var later = Clock.offset(Clock.systemUTC(), Imports.CELLS_KEPT.plusDays(1));
        new Imports(db.jdbi(), scene.files, later).forget();
        assertThat(files()).isEmpty();
        assertThat(scene.rows(shown).getFirst().faults()).isEmpty();
        assertThat(scene.imports.apply(shown, "tester")).isEmpty();
    }
}
