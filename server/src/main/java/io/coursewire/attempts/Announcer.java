package io.coursewire.attempts;

import io.coursewire.kernel.ActivityId;
import io.coursewire.kernel.ClientId;
import io.coursewire.kernel.UserId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/// Where changes of attempts are told; `app` plugs in the outbox of `webhooks`.
public interface Announcer {
    /// One event. `attempt` and `version` are empty and 0 for events of an activity. The ordering key is
    /// (client, user, activity); `attributes` are what subscriptions filter by: `activityId`, `itemId`,
    /// `status`, `dataSource`. `payload` is UTF-8 JSON on one line.
    record Announcement(
            String type,
            ClientId client,
            UserId user,
            ActivityId activity,
            Optional<UUID> attempt,
            long version,
            Map<String, String> attributes,
            byte[] payload,
            Instant at) {}

    /// Called inside the transaction that makes the change, in the order in which events happened, with
    /// the roll-up row of every ordering key locked.
    void announce(Handle db, List<Announcement> announcements);

    /// Called after the commit, a hint that there is something to deliver.
    void committed();
}
