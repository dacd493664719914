package io.coursewire.app.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

/// The bar tells a watcher how far, how fast and how long; it draws for nobody else.
class ProgressBarTest {
    private final ByteArrayOutputStream drawn = new ByteArrayOutputStream();
    private long nowMillis = 1_000;
    private final InstantSource clock = () -> Instant.ofEpochMilli(nowMillis);

    @Test
    void half_way_shows_rate_and_time_left() {
        try (var bar = bar(true)) {
            nowMillis += 2_000;
            bar.at(50_000_000);
        }
        assertThat(text()).contains(" 50%", "50.0 of 100.0 MB", "25.0 MB/s", "2 s left");
    }

    @Test
    void it_is_not_redrawn_faster_than_eyes_read() {
        try (var bar = bar(true)) {
            for (int i = 1; i <= 1_000; i++) {
                bar.at(i);
            }
        }
        assertThat(text().split("%", -1)).hasSize(2);
    }

    @Test
    void without_a_terminal_nothing_is_drawn() {
        try (var bar = bar(false)) {
            bar.at(100_000_000);
        }
        assertThat(drawn.size()).isZero();
    }

    private ProgressBar bar(boolean watched) {
        return new ProgressBar(
                new PrintStream(drawn, true, StandardCharsets.UTF_8), watched, 100_000_000, clock);
    }

    private String text() {
        return drawn.toString(StandardCharsets.UTF_8);
    }
}
