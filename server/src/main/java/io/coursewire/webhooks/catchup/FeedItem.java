package io.coursewire.webhooks.catchup;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/// One event of the feed; `data` is the JSON that a webhook carries, byte for byte.
public record FeedItem(
        long position,
        UUID id,
        String event,
        Optional<UUID> attempt,
        long version,
        Instant time,
        byte[] data) {}
