package io.coursewire.attempts;

import static org.assertj.core.api.Assertions.assertThat;

import io.coursewire.attempts.ActivityStatus.ItemOutcome;
import io.coursewire.attempts.ActivityStatus.Whole;
import io.coursewire.attempts.AttemptStatus.TrainingItem;
import io.coursewire.attempts.AttemptStatus.User;
import io.coursewire.kernel.ActivityId;
import io.coursewire.kernel.ClientId;
import io.coursewire.kernel.UserId;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ActivityStatusTest {
    private static final Whole WHOLE =
            new Whole(
                    new ClientId("acme"),
                    new User(new UserId(UUID.randomUUID()), "mia"),
                    new TrainingItem<>(new ActivityId(UUID.randomUUID()), "Golf", "course", "golf"),
                    Optional.empty(),
                    Optional.empty());

    @Test
    void one_failed_item_fails_the_activity_and_one_passed_item_passes_it() {
        assertThat(statusOf(Status.PASSED, Status.FAILED, Status.COMPLETED))
                .isEqualTo(Status.FAILED);
        assertThat(statusOf(Status.COMPLETED, Status.PASSED)).isEqualTo(Status.PASSED);
        assertThat(statusOf(Status.COMPLETED, Status.COMPLETED)).isEqualTo(Status.COMPLETED);
    }

    @Test
    void nothing_is_told_while_an_item_is_not_settled() {
        assertThat(
                        ActivityStatus.of(
                                List.of(
                                        item(Status.PASSED, true, null, null),
                                        item(Status.ACTIVE, false, null, null))))
                .isEmpty();
    }

    @Test
    void the_score_is_the_mean_of_those_present_and_durations_add_up() {
        var rolledUp =
                ActivityStatus.of(
                                List.of(
                                        item(Status.PASSED, true, "1", "10.25"),
                                        item(Status.PASSED, true, "0.5", "5"),
                                        item(Status.COMPLETED, true, null, null)))
                        .orElseThrow();
        assertThat(rolledUp.scoreScaled()).contains(new BigDecimal("0.7500"));
        assertThat(rolledUp.durationSeconds()).contains(new BigDecimal("15.25"));
    }

    @Test
    void what_no_item_has_is_told_as_null() {
        var rolledUp =
                ActivityStatus.of(List.of(item(Status.PASSED, true, null, null))).orElseThrow();
        assertThat(new String(rolledUp.payload().bytes(), StandardCharsets.UTF_8))
                .contains("\"scoreScaled\":null")
                .contains("\"durationSeconds\":null");
    }

    private static Status statusOf(Status... statuses) {
        var items = List.of(statuses).stream().map(s -> item(s, true, null, null)).toList();
        return ActivityStatus.of(items).orElseThrow().status();
    }

    private static ItemOutcome item(Status status, boolean settled, String scaled, String seconds) {
        return new ItemOutcome(
                WHOLE,
                settled,
                Optional.of(status),
                new Score(
                        Optional.ofNullable(scaled).map(BigDecimal::new),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()),
                Optional.empty(),
                Optional.empty(),
                Optional.ofNullable(seconds).map(BigDecimal::new));
    }
}
