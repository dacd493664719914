package io.coursewire.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class FlowTest {
    private static final String PARTICIPANT = "c657e081-37ca-4262-a17d-5a72f8960892";

    private final Flow flow = new Flow(3);
    private final Journey journey = flow.journey(PARTICIPANT);

    @Test
    void what_has_arrived_makes_room_for_more() throws InterruptedException {
        for (int i = 1; i <= 10; i++) {
            flow.arrived(PARTICIPANT, flow.depart(journey), 100);
        }
        flow.awaitArrivals();
        assertThat(flow.counts().arrived()).isEqualTo(10);
        assertThat(flow.counts().webhookBytes()).isEqualTo(1_000);
    }

    @Test
    void a_newer_version_settles_those_that_it_made_useless() throws InterruptedException {
        flow.depart(journey);
        flow.depart(journey);
        long newest = flow.depart(journey);
        flow.arrived(PARTICIPANT, newest, 100);
        flow.awaitArrivals();
        assertThat(flow.counts().arrived()).isEqualTo(1);
        assertThat(flow.counts().superseded()).isEqualTo(2);
    }

    @Test
    void a_webhook_that_comes_again_counts_once() throws InterruptedException {
        long version = flow.depart(journey);
        flow.arrived(PARTICIPANT, version, 100);
        flow.arrived(PARTICIPANT, version, 100);
        assertThat(flow.counts().arrived()).isEqualTo(1);
        assertThat(flow.counts().repeated()).isEqualTo(1);
    }

    @Test
    void a_webhook_of_what_nobody_sent_is_an_error() {
        assertThatThrownBy(() -> flow.arrived(PARTICIPANT, 1, 100))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("version 1");
    }
}
