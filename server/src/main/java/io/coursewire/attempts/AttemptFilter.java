package io.coursewire.attempts;

import io.coursewire.kernel.ActivityId;
import io.coursewire.kernel.ItemId;
import io.coursewire.kernel.UserId;
import java.time.Instant;
import java.util.Optional;

/// Which attempts to list; what is empty filters nothing. `updatedSince` is inclusive.
public record AttemptFilter(
        Optional<String> username,
        Optional<UserId> user,
        Optional<ActivityId> activity,
        Optional<ItemId> item,
        Optional<Status> status,
        Optional<DataSource> dataSource,
        Optional<Instant> updatedSince) {
    public static final AttemptFilter ALL =
            new AttemptFilter(
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty());
}
