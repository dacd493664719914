package io.coursewire.runtime.launch;

import static org.assertj.core.api.Assertions.assertThat;

import io.coursewire.kernel.UserId;
import io.coursewire.storage.LockQueue;
import io.coursewire.storage.TestDatabase;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Once a link is withdrawn, nothing that it opened is heard any more.
class RevokedLaunchTest {
    @RegisterExtension static final TestDatabase database = TestDatabase.migrated();

    private static final Map<String, String> PASSED = Map.of("cmi.core.lesson_status", "passed");

    private final Classroom room =
            new Classroom(
                    database.jdbi(), GivenCourse.scorm12(database.jdbi(), Optional.empty(), 2));
    private final UserId ada = room.course.user();

    @Test
    void a_page_that_slept_is_not_heard() {
        var playing = room.play(room.launch(ada));
        playing.say(Map.of("cmi.core.lesson_status", "incomplete"));
        room.fallSilent();
        assertThat(room.closeSessions.revoke(room.course.client(), playing.launch.id())).isTrue();
        int told = room.announced.size();
        assertThat(playing.say(PASSED)).isEqualTo(new CommitOutcome.Revoked(1));
        assertThat(playing.beat()).isEqualTo(new CommitOutcome.Revoked(1));
        assertThat(room.announced).hasSize(told);
    }

    @Test
    void a_page_that_was_left_is_not_heard_and_what_it_said_stays() {
        var playing = room.play(room.launch(ada));
        playing.leave(Map.of("cmi.core.exit", "suspend"));
        room.closeSessions.revoke(room.course.client(), playing.launch.id());
        assertThat(playing.beat()).isEqualTo(new CommitOutcome.Revoked(1));
        assertThat(playing.status().get("status").asString()).isEqualTo("suspended");
    }

    @Test
    void one_that_is_just_being_opened_is_not_opened() throws Exception {
        var launch = room.launch(ada, Optional.of(room.course.items().getFirst()));
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var opening =
                    database.jdbi()
                            .inTransaction(
                                    db -> {
                                        db.execute(
                                                "SELECT FROM attempt WHERE attempt_id = ? FOR UPDATE",
                                                launch.attempt().orElseThrow().value());
                                        var asked = threads.submit(() -> room.open(launch));
                                        LockQueue.awaitOneFor(db, database);
                                        room.closeSessions.revoke(
                                                room.course.client(), launch.id());
                                        return asked;
                                    });
            assertThat(opening.get()).isInstanceOf(OpenOutcome.Revoked.class);
        }
        assertThat(room.announced).isEmpty();
    }
}
