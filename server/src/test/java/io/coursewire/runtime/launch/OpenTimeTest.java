package io.coursewire.runtime.launch;

import static org.assertj.core.api.Assertions.assertThat;

import io.coursewire.storage.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// How long content was open, where it does not say itself. Participants come back to a page days later.
class OpenTimeTest {
    @RegisterExtension static final TestDatabase database = TestDatabase.migrated();

    private static final Duration WEEKEND = Duration.ofDays(3);

    private final Classroom room =
            new Classroom(
                    database.jdbi(), GivenCourse.scorm12(database.jdbi(), Optional.empty(), 1));
    private Classroom.Playing playing;

    @BeforeEach
    void play_for_five_minutes() {
        playing = room.play(room.launch(room.course.user()));
        minutes(5);
        playing.beat();
    }

    @Test
    void a_lid_that_is_closed_for_a_weekend_is_not_counted() {
        room.fallSilent();
        room.clock.advance(WEEKEND);
        playing.beat();
        minutes(2);
        playing.finish(Map.of());
        assertThat(minutesTold()).isEqualTo(7);
    }

    @Test
    void nor_is_it_where_content_speaks_first() {
        room.fallSilent();
        room.clock.advance(WEEKEND);
        playing.say(Map.of());
        minutes(2);
        playing.finish(Map.of());
        assertThat(minutesTold()).isEqualTo(7);
    }

    @Test
    void nor_is_it_where_the_server_was_down_as_long() {
        room.clock.advance(WEEKEND);
        playing.finish(Map.of());
        assertThat(minutesTold()).isEqualTo(5);
    }

    @Test
    void what_comes_days_later_from_a_browser_that_was_offline_counts_as_long_as_it_took() {
        var kept = new ArrayList<Commit>();
        minutes(3);
        kept.add(playing.commit(room.clock.instant(), Map.of(), false, false));
        minutes(4);
        kept.add(playing.commit(room.clock.instant(), Map.of(), true, false));
        room.fallSilent();
        room.clock.advance(WEEKEND);
        playing.record(kept);
        assertThat(minutesTold()).isEqualTo(12);
    }

    @Test
    void a_page_that_was_left_and_is_come_back_to_counts_while_it_is_there() {
        playing.leave(Map.of());
        assertThat(minutesTold()).isEqualTo(5);
        minutes(60);
        playing.beat();
        minutes(2);
        playing.leave(Map.of());
        assertThat(minutesTold()).isEqualTo(7);
    }

    @Test
    void a_browser_whose_clock_is_wrong_counts_by_the_servers() {
        minutes(1);
        var past = playing.commit(Instant.EPOCH, Map.of(), false, false);
        playing.record(List.of(past));
        minutes(1);
        var future = playing.commit(Instant.parse("2999-01-01T00:00:00Z"), Map.of(), true, false);
        playing.record(List.of(future));
        assertThat(minutesTold()).isEqualTo(7);
    }

    private void minutes(int minutes) {
        room.clock.advance(Duration.ofMinutes(minutes));
    }

    private int minutesTold() {
        return playing.status().get("durationSeconds").decimalValue().intValueExact() / 60;
    }
}
