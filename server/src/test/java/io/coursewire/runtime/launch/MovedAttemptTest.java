package io.coursewire.runtime.launch;

import static org.assertj.core.api.Assertions.assertThat;

import io.coursewire.kernel.UserId;
import io.coursewire.packages.scorm2004.Manifests;
import io.coursewire.storage.TestDatabase;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// An attempt that was given to somebody else is that person's record: nobody plays on in it.
class MovedAttemptTest {
    @RegisterExtension static final TestDatabase database = TestDatabase.migrated();

    private static final Map<String, String> BEGUN =
            Map.of("cmi.core.lesson_status", "incomplete", "cmi.core.lesson_location", "7");

    private Classroom room =
            new Classroom(
                    database.jdbi(), GivenCourse.scorm12(database.jdbi(), Optional.empty(), 2));
    private UserId grace = room.enrol("grace");

    @Test
    void who_had_it_begins_anew_in_the_course_that_goes_on() {
        var launch = room.launch(ada());
        var first = room.play(launch);
        first.leave(BEGUN);
        room.move(first.attempt(), grace);
        var again = room.play(room.launch(ada()));
        assertThat(again.opened.item()).isEqualTo(first.opened.item());
        assertThat(again.opened.elements()).containsEntry("cmi.core.lesson_location", "");
        again.finish(Map.of("cmi.core.lesson_status", "failed"));
        assertThat(first.status().at("/user/username").asString()).isEqualTo("grace");
        assertThat(first.status().get("status").asString()).isEqualTo("inProgress");
        assertThat(again.status().at("/user/username").asString()).isEqualTo("ada");
        assertThat(again.status().get("status").asString()).isEqualTo("failed");
    }

    @Test
    void a_link_of_the_course_opens_it_no_more_and_begins_anew() {
        var launch = room.launch(ada());
        var first = room.play(launch);
        first.leave(BEGUN);
        room.move(first.attempt(), grace);
        assertThat(room.play(launch).attempt()).isNotEqualTo(first.attempt());
    }

    @Test
    void a_link_for_that_attempt_is_withdrawn() {
        var launch = room.launch(ada(), Optional.of(room.course.items().getFirst()));
        var first = room.play(launch);
        first.leave(BEGUN);
        room.move(first.attempt(), grace);
        assertThat(room.open(launch)).isInstanceOf(OpenOutcome.Revoked.class);
    }

    @Test
    void what_its_page_still_says_is_refused() {
        var first = room.play(room.launch(ada()));
        first.say(BEGUN);
        room.fallSilent();
        room.move(first.attempt(), grace);
        assertThat(first.say(Map.of("cmi.core.lesson_status", "passed")))
                .isEqualTo(new CommitOutcome.Overruled(1));
        assertThat(first.status().get("status").asString()).isEqualTo("inProgress");
    }

    @Test
    void whose_it_is_now_begins_anew_too() {
        var first = room.play(room.launch(ada()));
        first.leave(BEGUN);
        room.move(first.attempt(), grace);
        var launch = room.launch(grace, Optional.of(first.opened.item()));
        assertThat(launch.attemptNumber()).contains(2);
        assertThat(room.play(launch).opened.elements())
                .containsEntry("cmi.core.entry", "ab-initio");
    }

    @Test
    void in_a_sequenced_course_nobody_is_led_back_to_it() {
        room =
                new Classroom(
                        database.jdbi(),
                        GivenCourse.scorm2004(
                                database.jdbi(),
                                Manifests.organization(
                                        "<sco id=\"one\"></sco><sco id=\"two\"></sco>"
                                                + "<sequencing><controlMode flow=\"true\"/></sequencing>")));
        grace = room.enrol("grace");
        var launch = room.launch(ada());
        var first = room.play(launch);
        first.leave(Map.of("cmi.location", "7"));
        room.move(first.attempt(), grace);
        var again = room.play(launch);
        assertThat(again.attempt()).isNotEqualTo(first.attempt());
        assertThat(again.opened.elements()).doesNotContainValue("7");
        assertThat(room.navigate(launch, "suspendAll")).isInstanceOf(OpenOutcome.Ended.class);
        assertThat(first.status().get("status").asString()).isEqualTo("inProgress");
        var of = room.play(room.launch(grace));
        assertThat(of.attempt()).isNotIn(first.attempt(), again.attempt());
        assertThat(of.status().get("attemptNumber").asInt()).isEqualTo(2);
    }

    private UserId ada() {
        return room.course.user();
    }
}
