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

    public GivenResult {
        interactions = List.copyOf(interactions);
    }
}
