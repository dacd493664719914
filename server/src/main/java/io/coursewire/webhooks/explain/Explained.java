package io.coursewire.webhooks.explain;

import io.coursewire.webhooks.DeliveryState;
import io.coursewire.webhooks.EndpointId;
import io.coursewire.webhooks.OutboxEvent;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What became of one event, endpoint by endpoint. Not `fannedOut` when endpoints are still to be given it.
public record Explained(OutboxEvent event, boolean fannedOut, List<AtEndpoint> endpoints) {
    public Explained {
        endpoints = List.copyOf(endpoints);
    }

    /// `state` is empty when there is no delivery; `detail` is a sentence for people.
    public record AtEndpoint(
            EndpointId endpoint,
            String url,
            Optional<DeliveryState> state,
            Because because,
            Optional<Instant> nextTryAt) {}

    public record Because(Reason reason, String detail) {}
}
