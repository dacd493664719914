package io.coursewire.attempts;

import io.coursewire.kernel.AttemptId;
import io.coursewire.kernel.ItemId;
import io.coursewire.kernel.UserId;
import java.time.Instant;
import java.util.Optional;

/// What a new result has to know of an attempt that is there. `time` is when it became final, else when it
/// started; `open` whether the participant is inside.
public record Existing(
        Pair pair,
        int number,
        AttemptId attempt,
        DataSource dataSource,
        Optional<Instant> time,
        boolean open) {
    /// A participant and an item.
    public record Pair(UserId user, ItemId item) {}
}
