package io.coursewire.webhooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RetryScheduleTest {
    private static final double NO_JITTER = 0.5;

    @Test
    void the_delays_are_those_of_the_contract() {
        assertThat(
                        IntStream.rangeClosed(1, 10)
                                .mapToObj(tries -> RetrySchedule.delayAfter(tries, NO_JITTER)))
                .containsExactly(
                        Optional.of(Duration.ofSeconds(5)),
                        Optional.of(Duration.ofMinutes(5)),
                        Optional.of(Duration.ofMinutes(30)),
                        Optional.of(Duration.ofHours(2)),
                        Optional.of(Duration.ofHours(5)),
                        Optional.of(Duration.ofHours(10)),
                        Optional.of(Duration.ofHours(14)),
                        Optional.of(Duration.ofHours(20)),
                        Optional.of(Duration.ofHours(24)),
                        Optional.empty());
    }

    @Test
    void jitter_spreads_by_a_tenth_to_either_side() {
        assertThat(RetrySchedule.delayAfter(1, 0)).contains(Duration.ofMillis(4_500));
        assertThat(RetrySchedule.delayAfter(1, 1)).contains(Duration.ofMillis(5_500));
    }

    @Test
    void nothing_is_tried_for_ever() {
        assertThat(RetrySchedule.delayAfter(RetrySchedule.TRIES_MAX, NO_JITTER)).isEmpty();
        assertThat(RetrySchedule.delayAfter(1_000_000, NO_JITTER)).isEmpty();
    }

    @Test
    void before_the_first_try_there_is_no_delay_to_ask_for() {
        assertThatThrownBy(() -> RetrySchedule.delayAfter(0, NO_JITTER))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
