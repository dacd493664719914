package io.coursewire.attempts;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// A result that an administrator gives: the whole of it, in the words of the AttemptStatus. It takes the
/// place of what was there.
public record GivenResult(
        Status status,
        Score score,
        Optional<Instant> started,
        Optional<Instant> completed,
        Optional<BigDecimal> durationSeconds,
        List<Interaction> interactions) {
    /// Of an attempt that never was.
    static final GivenResult NOTHING =
            new GivenResult(
                    Status.NOT_STARTED,
                    Score.NONE,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    List.of());

    public GivenResult {
        interactions = List.copyOf(interactions);
    }
}
