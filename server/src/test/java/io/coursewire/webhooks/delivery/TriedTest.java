package io.coursewire.webhooks.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.coursewire.kernel.ActivityId;
import io.coursewire.kernel.ClientId;
import io.coursewire.kernel.UserId;
import io.coursewire.webhooks.GivenSubscription;
import io.coursewire.webhooks.OrderingKey;
import io.coursewire.webhooks.Try;
import io.coursewire.webhooks.sending.Answer;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TriedTest {
    @Test
    void a_clock_that_stepped_back_makes_no_time_negative() {
        var client = new ClientId("acme");
        var event = Scene.started(new OrderingKey(client, UserId.next(), ActivityId.next()));
        var subscription =
                GivenSubscription.of(
                        client, GivenSubscription.settings("https://a.example/", Optional.empty()));
        var before = new Try(event.at().minus(Duration.ofHours(1)), 5, new Answer.None("refused"));
        assertThat(new Tried(subscription, event, before).sinceEvent()).isZero();
        var after = new Try(event.at().plusMillis(10), 5, new Answer.None("refused"));
        assertThat(new Tried(subscription, event, after).sinceEvent())
                .isEqualTo(Duration.ofMillis(15));
    }
}
