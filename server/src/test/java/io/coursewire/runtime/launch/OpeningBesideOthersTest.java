package io.coursewire.runtime.launch;

import static org.assertj.core.api.Assertions.assertThat;

import io.coursewire.catalog.Identities;
import io.coursewire.kernel.UserId;
import io.coursewire.packages.scorm2004.Manifests;
import io.coursewire.storage.LockQueue;
import io.coursewire.storage.TestDatabase;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Content is opened for who the participant is by then, after what was opened before, whatever happens beside it.
class OpeningBesideOthersTest {
    @RegisterExtension static final TestDatabase database = TestDatabase.migrated();

    private Classroom room =
            new Classroom(
                    database.jdbi(), GivenCourse.scorm12(database.jdbi(), Optional.empty(), 2));
    private UserId grace = room.enrol("grace");

    @Test
    void a_link_that_is_asked_for_while_its_participant_is_merged_is_the_others() {
        room.merge(ada(), grace);
        assertThat(whose(room.play(room.launch(ada())))).isEqualTo("grace");
    }

    @Test
    void content_that_is_opened_while_its_participant_is_merged_is_the_others() throws Exception {
        assertThat(openedWhileMerging()).isEqualTo("grace");
    }

    @Test
    void so_is_what_sequencing_delivers() throws Exception {
        room =
                new Classroom(
                        database.jdbi(),
                        GivenCourse.scorm2004(
                                database.jdbi(),
                                Manifests.organization(
                                        "<sco id=\"one\"></sco><sco id=\"two\"></sco>"
                                                + "<sequencing><controlMode flow=\"true\"/></sequencing>")));
        grace = room.enrol("grace");
        assertThat(openedWhileMerging()).isEqualTo("grace");
    }

    /// The merge comes before the opening, which had read its link by then.
    private String openedWhileMerging() throws Exception {
        var launch = room.launch(ada());
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Classroom.Playing> opening =
                    database.jdbi()
                            .inTransaction(
                                    db -> {
                                        new Identities().change(db, room.course.client());
                                        threads.submit(() -> room.merge(ada(), grace));
                                        LockQueue.await(1, db, database);
                                        var asked = threads.submit(() -> room.play(launch));
                                        LockQueue.await(2, db, database);
                                        return asked;
                                    });
            return whose(opening.get());
        }
    }

    @Test
    void nodes_whose_clocks_differ_agree_on_which_opening_is_the_newest() {
        var launch = room.launch(ada());
        room.play(launch).say(Map.of("cmi.core.lesson_location", "1"));
        room.clock.advance(Duration.ofSeconds(-5));
        var second = room.play(launch);
        second.say(Map.of("cmi.core.lesson_location", "2"));
        var third = room.play(launch);
        assertThat(third.opened.elements()).containsEntry("cmi.core.lesson_location", "2");
        assertThat(second.beat()).isEqualTo(new CommitOutcome.Replaced(1));
        third.leave(Map.of());
        assertThat(third.status().get("durationSeconds").decimalValue()).isNotNegative();
    }

    private static String whose(Classroom.Playing playing) {
        return playing.status().at("/user/username").asString();
    }

    private UserId ada() {
        return room.course.user();
    }
}
