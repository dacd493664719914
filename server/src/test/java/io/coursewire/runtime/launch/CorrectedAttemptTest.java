package io.coursewire.runtime.launch;

import static org.assertj.core.api.Assertions.assertThat;

import io.coursewire.attempts.Status;
import io.coursewire.kernel.UserId;
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

    private static Classroom scorm12(int items) {
        return new Classroom(
                database.jdbi(), GivenCourse.scorm12(database.jdbi(), Optional.empty(), items));
    }

    private UserId ada() {
        return room.course.user();
    }
}
