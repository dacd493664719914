package io.coursewire.runtime.launch;

import io.coursewire.kernel.ActivityId;
import io.coursewire.kernel.AttemptId;
import io.coursewire.kernel.ClientId;
import io.coursewire.kernel.CourseAttemptId;
import io.coursewire.kernel.ItemId;
import io.coursewire.kernel.LaunchId;
import io.coursewire.kernel.UserId;
import io.coursewire.runtime.Mode;
import java.time.Instant;
import java.util.Optional;

/// A launch link as it is stored. `courseAttempt` and `attempt` are empty in browse mode, which stores
/// no result; `attempt` too where the first delivery of an item makes it.
record Launch(
        ClientId client,
        LaunchId id,
        UserId user,
        ActivityId activity,
        Optional<ItemId> item,
        int packageVersion,
        Optional<CourseAttemptId> courseAttempt,
        Optional<AttemptId> attempt,
        Mode mode,
        Optional<String> returnUrl,
        Instant expiresAt,
        Optional<Instant> redeemedAt,
        Optional<Instant> revokedAt) {

    /// Whether prerequisites have no say: nothing is at stake, or whoever made the link chose the item.
    boolean isFree() {
        return mode != Mode.NORMAL || item.isPresent();
    }
}
