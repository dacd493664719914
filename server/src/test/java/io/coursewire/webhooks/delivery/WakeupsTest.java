package io.coursewire.webhooks.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.coursewire.Patience;
import io.coursewire.storage.TestDatabase;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Two nodes that look for each other's words once an hour only, so that nothing but the words themselves can
/// wake them in time.
class WakeupsTest {
    @RegisterExtension static final TestDatabase db = TestDatabase.migrated();

    private static final Duration TURN = Duration.ofHours(1);

    private final Scene scene = new Scene(db.jdbi());
    private final Leases here = leases();
    private final Leases there = leases();
    private final Signal heard = new Signal();
    private final Wakeups listening = new Wakeups(db.jdbi(), here, heard, TURN);

    @BeforeEach
    void knowOfEachOther() {
        here.renew();
        there.renew();
        here.renew();
        listening.start();
        scene.await("a listener", () -> listeners() == 1);
    }

    @Test
    void what_one_node_says_wakes_the_other() throws Exception {
        try (listening;
                var telling = new Wakeups(db.jdbi(), there, new Signal(), TURN)) {
            telling.start();
            telling.wake();
            assertThat(heard.await(Patience.of(Duration.ofSeconds(5)))).isTrue();
        }
        leave();
    }

    @Test
    void a_node_that_stops_waits_for_nothing_and_leaves_its_connection_as_it_was() {
        long start = System.nanoTime();
        listening.close();
        assertThat(Duration.ofNanos(System.nanoTime() - start))
                .isLessThan(Patience.of(Duration.ofSeconds(5)));
        assertThat(listeners()).isZero();
        leave();
    }

    private void leave() {
        here.leave();
        there.leave();
    }

    private static Leases leases() {
        return new Leases(db.jdbi(), UUID.randomUUID(), TURN);
    }

    private static int listeners() {
        return db.jdbi()
                .withHandle(
                        h ->
                                h.createQuery(
                                                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND query = 'LISTEN coursewire_events'")
                                        .mapTo(Integer.class)
                                        .one());
    }
}
