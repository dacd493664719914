package io.coursewire.offline.importing;

import io.coursewire.attempts.DataSource;
import io.coursewire.attempts.Existing;
import io.coursewire.attempts.Existing.Pair;
import io.coursewire.kernel.AttemptId;
import java.time.Instant;
import java.util.Optional;

/// An attempt that a row is about and that is there already. `time` is when it became final, else when it started;
/// `open` whether the participant is inside.
public record Target(
        AttemptId attempt, Pair pair, DataSource dataSource, Optional<Instant> time, boolean open) {
    static Target of(Existing existing) {
        return new Target(
                existing.attempt(),
                existing.pair(),
                existing.dataSource(),
                existing.time(),
                existing.open());
    }
}
