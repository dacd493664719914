package io.coursewire.webhooks;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/// One line of the delivery log. `tries` is a JSON array of [Try], oldest first.
public record DeliveryView(
        DeliveryId id,
        String event,
        Optional<UUID> attempt,
        long version,
        DeliveryState state,
        String tries,
        Optional<Instant> nextTryAt) {}
