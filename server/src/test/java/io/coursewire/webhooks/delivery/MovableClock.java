package io.coursewire.webhooks.delivery;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// Goes on like a real clock, and jumps ahead when told.
public final class MovableClock implements InstantSource {
    private volatile Duration ahead = Duration.ZERO;

    @Override
    public Instant instant() {
        return Instant.now().plus(ahead);
    }

    public void advance(Duration duration) {
        ahead = ahead.plus(duration);
    }
}
