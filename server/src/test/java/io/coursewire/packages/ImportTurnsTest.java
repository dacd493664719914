package io.coursewire.packages;

import static io.coursewire.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coursewire.kernel.ClientId;
import io.coursewire.storage.Overloaded;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/// So many at once, and of one client fewer.
class ImportTurnsTest {
    private static final ClientId BUSY = new ClientId("busy");
    private static final ClientId OTHER = new ClientId("other");

    private final ImportTurns turns = new ImportTurns(Duration.ofMillis(20));
    private final CountDownLatch end = new CountDownLatch(1);

    @Test
    void one_client_leaves_a_turn_to_others() throws Exception {
        try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
            hold(pool, BUSY, ImportTurns.CLIENT_MAX);
            assertThatThrownBy(() -> turns.take(BUSY, () -> 1)).isInstanceOf(Overloaded.class);
            assertThat(turns.take(OTHER, () -> 1)).isEqualTo(1);
            end.countDown();
        }
        assertThat(turns.take(BUSY, () -> 1)).isEqualTo(1);
    }

    @Test
    void all_clients_together_have_so_many() throws Exception {
        try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int n = 0; n < ImportTurns.ALL_MAX; n++) {
                hold(pool, new ClientId("c" + n), 1);
            }
            assertThatThrownBy(() -> turns.take(OTHER, () -> 1)).isInstanceOf(Overloaded.class);
            end.countDown();
        }
        assertThat(turns.take(OTHER, () -> 1)).isEqualTo(1);
    }

    @Test
    void who_waits_is_next() throws Exception {
        var patient = new ImportTurns(Duration.ofMinutes(1));
        try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
            var started = new CountDownLatch(ImportTurns.CLIENT_MAX);
            for (int n = 0; n < ImportTurns.CLIENT_MAX; n++) {
                pool.submit(() -> patient.take(BUSY, () -> wait(started)));
            }
            started.await();
            var next = pool.submit(() -> patient.take(BUSY, () -> 7));
            await(() -> patient.waiting() == 1);
            end.countDown();
            assertThat(next.get()).isEqualTo(7);
        }
    }

    @Test
    void a_task_that_fails_gives_its_turn_back() {
        for (int n = 0; n <= ImportTurns.ALL_MAX; n++) {
            assertThatThrownBy(
                            () ->
                                    turns.take(
                                            BUSY,
                                            () -> {
                                                throw new IllegalStateException();
                                            }))
                    .isInstanceOf(IllegalStateException.class);
        }
    }

    private void hold(ExecutorService pool, ClientId client, int count) throws Exception {
        var started = new CountDownLatch(count);
        for (int n = 0; n < count; n++) {
            pool.submit(() -> turns.take(client, () -> wait(started)));
        }
        started.await();
    }

    private int wait(CountDownLatch started) {
        started.countDown();
        try {
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return 0;
    }
}
