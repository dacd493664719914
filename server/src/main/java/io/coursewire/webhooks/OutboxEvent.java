package io.coursewire.webhooks;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// Something that happened, as subscribers are told it.
///
/// `id` is a UUID of version 7 and becomes the webhook-id; `attempt` and `version` are empty and 0 for
/// events that are not about an attempt; `attributes` are what subscriptions filter by; `payload` is
/// UTF-8 JSON on one line, sent as it is.
public record OutboxEvent(
        UUID id,
        String type,
        OrderingKey orderingKey,
        Optional<UUID> attempt,
        long version,
        Map<String, String> attributes,
        byte[] payload,
        Instant at) {
    public OutboxEvent {
        if (id.version() != 7) {
            throw new IllegalArgumentException("an event id is a UUID of version 7, not " + id);
        }
        attributes = Map.copyOf(attributes);
    }
}
