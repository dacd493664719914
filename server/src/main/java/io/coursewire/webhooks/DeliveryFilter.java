package io.coursewire.webhooks;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/// Which deliveries of an endpoint are asked for; `since` is about the time of the event.
public record DeliveryFilter(
        Optional<DeliveryState> state, Optional<UUID> attempt, Optional<Instant> since) {}
