package io.coursewire.webhooks.replay;

import io.coursewire.kernel.ClientId;
import io.coursewire.webhooks.EndpointId;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/// A request to send events again, and how far it is.
public record Replay(
        ClientId client, EndpointId endpoint, UUID id, ReplayRequest request, Progress progress) {
    /// `total` was counted when the replay was made; everything up to `position` is done.
    public record Progress(
            ReplayState state,
            Optional<String> reason,
            long total,
            long position,
            long delivered,
            long failed,
            Instant createdAt,
            Optional<Instant> finishedAt) {}
}
