package io.coursewire.runtime.launch;

import static org.assertj.core.api.Assertions.assertThat;

import io.coursewire.kernel.UserId;
import io.coursewire.packages.scorm2004.Manifests;
import io.coursewire.storage.TestDatabase;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// What a sequenced course says of itself goes along when its participant is merged into another.
class MergedCourseTest {
    @RegisterExtension static final TestDatabase database = TestDatabase.migrated();

    private static final Map<String, String> PASSED =
            Map.of(
                    "cmi.completion_status",
                    "completed",
                    "cmi.success_status",
                    "passed",
                    "cmi.score.scaled",
                    "1.0");
    private static final Map<String, String> FAILED =
            Map.of("cmi.completion_status", "completed", "cmi.success_status", "failed");

    private final Classroom room =
            new Classroom(
                    database.jdbi(),
                    GivenCourse.scorm2004(
                            database.jdbi(),
                            Manifests.organization(
                                    "<sco id=\"one\"></sco><sco id=\"more\"><sequencing>"
                                            + "<rollupRules rollupObjectiveSatisfied=\"false\""
                                            + " rollupProgressCompletion=\"false\" objectiveMeasureWeight=\"0\"/></sequencing></sco>"
                                            + "<sequencing><controlMode flow=\"true\"/></sequencing>")));
    private final UserId ada = room.course.user();
    private final UserId grace = room.enrol("grace");

    @Test
    void a_page_that_comes_back_after_the_merge_finishes_the_course_of_the_other() {
        var playing = room.play(room.launch(ada));
        playing.leave(Map.of("cmi.completion_status", "incomplete"));
        room.merge(ada, grace);
        playing.finish(PASSED);
        assertThat(room.told("activity.completed"))
                .extracting(told -> told.at("/user/username").asString())
                .containsExactly("grace");
    }

    @Test
    void a_course_that_came_to_its_result_is_told_once_of_the_other_and_not_gone_on_with() {
        var launch = room.launch(ada);
        room.play(launch).finish(FAILED);
        room.navigate(launch, "exitAll");
        assertThat(room.told("activity.completed")).hasSize(1);
        room.merge(ada, grace);
        assertThat(room.told("activity.completed")).hasSize(2);
        var told = room.told("activity.completed").getLast();
        assertThat(told.at("/user/username").asString()).isEqualTo("grace");
        assertThat(told.get("status").asString()).isEqualTo("failed");
        var again = room.play(room.launch(grace));
        assertThat(again.opened.item()).isEqualTo(room.course.items().getFirst());
        assertThat(again.status().get("attemptNumber").asInt()).isEqualTo(2);
    }

    @Test
    void what_the_other_has_come_to_since_stays() {
        var launch = room.launch(ada);
        room.play(launch).finish(FAILED);
        room.navigate(launch, "exitAll");
        room.clock.advance(Classroom.SILENCE);
        var later = room.launch(grace);
        room.play(later).finish(PASSED);
        room.navigate(later, "exitAll");
        room.merge(ada, grace);
        assertThat(room.told("activity.completed").getLast().get("status").asString())
                .isEqualTo("passed");
    }
}
