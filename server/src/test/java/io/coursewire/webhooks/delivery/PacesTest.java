package io.coursewire.webhooks.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.coursewire.kernel.ClientId;
import io.coursewire.webhooks.GivenSubscription;
import io.coursewire.webhooks.Subscription;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PacesTest {
    @Test
    void each_of_several_nodes_has_its_part_of_a_rate() {
        var paces = new Paces(() -> 4);
        var subscription = subscription(80);
        long startNanos = System.nanoTime();
        for (int i = 0; i < 11; i++) {
            paces.await(subscription);
        }
        // 20 a second here: ten gaps of 50 ms.
        assertThat(Duration.ofNanos(System.nanoTime() - startNanos))
                .isGreaterThanOrEqualTo(Duration.ofMillis(499));
    }

    @Test
    void what_is_less_urgent_waits_for_a_turn_that_no_event_wants_or_gives_up() {
        var paces = new Paces(() -> 1);
        var subscription = subscription(10);
        long startNanos = System.nanoTime();
        paces.await(subscription);
        paces.awaitIdle(subscription, () -> false);
        paces.awaitIdle(subscription, () -> true);
        assertThat(Duration.ofNanos(System.nanoTime() - startNanos))
                .isGreaterThanOrEqualTo(Duration.ofMillis(99));
        paces.await(subscription);
        assertThat(Duration.ofNanos(System.nanoTime() - startNanos))
                .isGreaterThanOrEqualTo(Duration.ofMillis(199));
    }

    private static Subscription subscription(int perSecond) {
        return GivenSubscription.of(
                new ClientId("company"),
                GivenSubscription.settings("https://receiver.example/", Optional.of(perSecond)));
    }
}
