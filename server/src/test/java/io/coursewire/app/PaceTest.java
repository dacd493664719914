package io.coursewire.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.helidon.common.buffers.DataReader;
import io.helidon.webserver.CloseConnectionException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class PaceTest {
    private final AtomicLong nanos = new AtomicLong();
    private final Pace.Waiting waiting = new Pace.Waiting(Origin.WAIT_MAX);
    private final Pace pace = new Pace(waiting, nanos::get);

    @Test
    void what_trickles_is_cut_off_and_what_flows_is_not() {
        pace.begin();
        var flows = after(Duration.ofSeconds(10), 10 * Pace.BYTES_PER_SECOND_MIN);
        for (int i = 0; i < 100; i++) {
            pace.next(flows);
        }
        pace.begin();
        var trickles = after(Duration.ofSeconds(10), 1);
        assertThatThrownBy(
                        () -> {
                            for (int i = 0; i < 10; i++) {
                                pace.next(trickles);
                            }
                        })
                .isInstanceOf(CloseConnectionException.class);
    }

    @Test
    void a_connection_may_idle_between_requests() {
        pace.begin();
        pace.end();
        assertThat(pace.next(after(Origin.WAIT_MAX.multipliedBy(10), 1))).hasSize(1);
    }

    @Test
    void what_is_left_of_a_refused_request_is_taken_for_a_while_only() {
        pace.begin();
        pace.endWithin(Duration.ofSeconds(30));
        var fast = after(Duration.ofSeconds(1), 1_000_000);
        assertThatThrownBy(
                        () -> {
                            for (int i = 0; i < 40; i++) {
                                pace.next(fast);
                            }
                        })
                .isInstanceOf(CloseConnectionException.class);
    }

    @Test
    void one_that_says_nothing_more_is_cut_off() throws Exception {
        var begun = new CountDownLatch(1);
        var silent =
                DataReader.create(
                        () -> {
                            begun.countDown();
                            return silence();
                        });
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var read =
                    threads.submit(
                            () -> {
                                pace.begin();
                                return pace.next(silent);
                            });
            begun.await();
            waiting.cutOffLate();
            assertThat(read.isDone()).isFalse();
            nanos.addAndGet(Origin.WAIT_MAX.toNanos() + 1);
            waiting.cutOffLate();
            assertThatThrownBy(read::get)
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(CloseConnectionException.class);
        }
    }

    private DataReader after(Duration time, int bytes) {
        return DataReader.create(
                () -> {
                    nanos.addAndGet(time.toNanos());
                    return new byte[bytes];
                });
    }

    // As a read of a channel ends when its thread is interrupted.
    private static byte[] silence() {
        try {
            new CountDownLatch(1).await();
            return new byte[0];
        } catch (InterruptedException e) {
            throw new UncheckedIOException(new InterruptedIOException());
        }
    }
}
