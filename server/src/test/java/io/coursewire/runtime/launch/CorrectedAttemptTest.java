package io.coursewire.runtime.launch;

import static org.assertj.core.api.Assertions.assertThat;

import io.coursewire.attempts.Status;
import io.coursewire.kernel.UserId;
import io.coursewire.offline.CorrectAttempt;
import io.coursewire.packages.scorm2004.Manifests;
import io.coursewire.storage.TestDatabase;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// What an administrator put right stays so, and stays as far as it was put right.
class CorrectedAttemptTest {
    @RegisterExtension static final TestDatabase database = TestDatabase.migrated();

    private static final Map<String, String> PASSED =
            Map.of("cmi.core.lesson_status", "passed", "cmi.core.score.raw", "90");
    private static final Map<String, String> PASSED_AND_GOING_ON =
            Map.of(
                    "cmi.completion_status",
                    "incomplete",
                    "cmi.success_status",
                    "passed",
                    "cmi.exit",
                    "suspend",
                    "cmi.location",
                    "7");

    private Classroom room = scorm12(1);

    @Test
    void a_page_that_wakes_up_does_not_revert_it() {
        var playing = room.play(room.launch(ada()));
        playing.say(PASSED);
        room.fallSilent();
        room.correct(playing.attempt(), was -> Classroom.with(was, Status.FAILED, "0.4"));
        int told = room.announced.size();
        assertThat(playing.beat()).isEqualTo(new CommitOutcome.Overruled(1));
        assertThat(playing.say(Map.of())).isEqualTo(new CommitOutcome.Overruled(1));
        assertThat(playing.status().get("status").asString()).isEqualTo("failed");
        assertThat(playing.status().get("scoreScaled").decimalValue()).isEqualByComparingTo("0.4");
        assertThat(room.announced).hasSize(told);
    }

    @Test
    void neither_does_the_same_link_when_it_is_opened_again() {
        var playing = room.play(room.launch(ada()));
        playing.leave(PASSED);
        room.correct(playing.attempt(), was -> Classroom.with(was, Status.FAILED, "0.4"));
        assertThat(room.open(playing.launch)).isInstanceOf(OpenOutcome.AlreadyFinished.class);
    }

    @Test
    void nor_content_that_is_opened_again_in_the_same_course() {
        room = scorm12(2);
        var launch = room.launch(ada());
        var playing = room.play(launch);
        playing.finish(PASSED);
        room.correct(playing.attempt(), was -> Classroom.with(was, Status.FAILED, "0.4"));
        var again = room.play(launch, Optional.of(playing.opened.item()));
        again.beat();
        assertThat(playing.status().get("status").asString()).isEqualTo("failed");
        assertThat(again.status().get("attemptNumber").asInt()).isEqualTo(2);
    }

    @Test
    void a_correction_that_changes_nothing_closes_nothing() {
        var playing = room.play(room.launch(ada()));
        playing.leave(PASSED);
        room.correct(playing.attempt(), was -> was);
        assertThat(playing.beat()).isInstanceOf(CommitOutcome.Acknowledged.class);
    }

    @Test
    void who_passed_and_goes_on_still_goes_on_after_a_correction_of_the_time() {
        room = scorm2004();
        var playing = room.play(room.launch(ada()));
        playing.finish(PASSED_AND_GOING_ON);
        room.navigate(playing.launch, "content");
        assertThat(room.types()).doesNotContain("attempt.completed");
        room.correct(playing.attempt(), was -> Classroom.lasting(was, 100));
        assertThat(playing.status().get("durationSeconds").decimalValue())
                .isEqualByComparingTo("100");
        assertThat(playing.status().get("completedDateTime").isNull()).isTrue();
        assertThat(room.types()).doesNotContain("attempt.completed");
        var again = room.play(room.launch(ada()));
        assertThat(again.attempt()).isEqualTo(playing.attempt());
        assertThat(again.opened.elements()).containsEntry("cmi.location", "7");
    }

    @Test
    void who_passed_and_goes_on_still_goes_on_after_an_import_was_undone() {
        room = scorm2004();
        var playing = room.play(room.launch(ada()));
        playing.finish(PASSED_AND_GOING_ON);
        room.navigate(playing.launch, "content");
        room.importAndUndo(playing.attempt(), was -> Classroom.with(was, Status.FAILED, "0.4"));
        int told = room.told("attempt.completed").size();
        assertThat(playing.status().get("status").asString()).isEqualTo("passed");
        var again = room.play(room.launch(ada()));
        assertThat(again.attempt()).isEqualTo(playing.attempt());
        assertThat(again.opened.elements()).containsEntry("cmi.location", "7");
        again.finish(Map.of("cmi.completion_status", "completed"));
        assertThat(room.told("attempt.completed")).hasSize(told + 1);
        assertThat(again.status().get("completedDateTime").asString())
                .isEqualTo("2026-03-01T10:00:00");
    }

    @Test
    void who_failed_and_may_try_again_still_may() {
        room.execute(
                "UPDATE client SET settings = '{\"scorm12.failedIsComplete\": false}' WHERE client_id = ?",
                room.course.client().value());
        var playing = room.play(room.launch(ada()));
        playing.finish(Map.of("cmi.core.lesson_status", "failed"));
        room.correct(playing.attempt(), was -> Classroom.lasting(was, 100));
        assertThat(room.types()).doesNotContain("attempt.completed");
        assertThat(room.launch(ada()).attempt()).contains(playing.attempt());
    }

    @Test
    void whose_window_vanished_finds_the_data_after_a_correction_of_the_time() {
        room = scorm2004();
        var playing = room.play(room.launch(ada()));
        playing.say(Map.of("cmi.completion_status", "incomplete", "cmi.location", "7"));
        room.fallSilent();
        room.correct(playing.attempt(), was -> Classroom.lasting(was, 100));
        var launch = room.launch(ada());
        assertThat(launch.attempt()).contains(playing.attempt());
        assertThat(room.play(launch).opened.elements())
                .containsEntry("cmi.entry", "resume")
                .containsEntry("cmi.location", "7");
    }

    @Test
    void a_score_that_content_gave_does_not_forbid_a_correction_of_the_time() {
        room = scorm2004();
        var playing = room.play(room.launch(ada()));
        playing.finish(Map.of("cmi.completion_status", "completed", "cmi.score.scaled", "-0.25"));
        assertThat(room.correct(playing.attempt(), was -> Classroom.lasting(was, 100)))
                .isInstanceOf(CorrectAttempt.Corrected.class);
        assertThat(
                        room.correct(
                                playing.attempt(),
                                was -> Classroom.with(was, was.status(), "-0.5")))
                .isInstanceOf(CorrectAttempt.Refused.class);
    }

    @Test
    void a_correction_of_the_status_decides_whether_it_is_final() {
        room = scorm2004();
        var playing = room.play(room.launch(ada()));
        playing.finish(Map.of("cmi.completion_status", "incomplete", "cmi.exit", "suspend"));
        room.correct(playing.attempt(), was -> Classroom.with(was, Status.PASSED, "1"));
        assertThat(playing.status().get("completedDateTime").isNull()).isFalse();
        assertThat(room.types()).contains("attempt.completed");
        assertThat(room.launch(ada()).attemptNumber()).contains(2);
    }

    private static Classroom scorm12(int items) {
        return new Classroom(
                database.jdbi(), GivenCourse.scorm12(database.jdbi(), Optional.empty(), items));
    }

    private static Classroom scorm2004() {
        return new Classroom(
                database.jdbi(),
                GivenCourse.scorm2004(
                        database.jdbi(), Manifests.organization("<sco id=\"one\"></sco>")));
    }

    private UserId ada() {
        return room.course.user();
    }
}
