package io.coursewire.webhooks.delivery;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;

/// Goes on like a real clock until it is stopped, and jumps ahead when told.
public final class MovableClock implements InstantSource {
    private volatile InstantSource source = InstantSource.system();
    private volatile Duration ahead = Duration.ZERO;

    @Override
    public Instant instant() {
        return source.instant().plus(ahead);
    }

    /// From now on it moves by what it is told to only, so that nothing comes due by itself.
    public void stop() {
        // As exact as what the database keeps of it.
        source = InstantSource.fixed(Instant.now().truncatedTo(ChronoUnit.MICROS));
    }

    public void advance(Duration duration) {
        ahead = ahead.plus(duration);
    }
}
