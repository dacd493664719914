package io.coursewire.webhooks;

import io.coursewire.kernel.ClientId;
import java.time.Instant;
import java.util.Optional;

/// Who wants to be told what, and where.
public record Subscription(
        ClientId client,
        EndpointId id,
        SubscriptionSettings settings,
        SubscriptionSecrets secrets,
        EndpointHealth health,
        Instant createdAt,
        Instant updatedAt) {
    /// Whether an event that is fanned out now goes to this endpoint.
    public boolean wants(OutboxEvent event) {
        return health.accepts()
                && (settings.events().contains(EventType.EVERY)
                        || settings.events().contains(event.type()))
                && settings.filter().accepts(event.attributes());
    }

    /// Why nothing can be sent, however well the endpoint is: its secrets are gone, until someone does this.
    public Optional<String> standsStill() {
        return secrets.areLost()
                ? Optional.of(
                        "its stored secrets cannot be read: rotate its secret, then set its headers and credentials again")
                : Optional.empty();
    }

    public Subscription with(SubscriptionSettings changed, Instant now) {
        return new Subscription(client, id, changed, secrets, health, createdAt, now);
    }

    public Subscription with(SubscriptionSecrets changed, Instant now) {
        return new Subscription(client, id, settings, changed, health, createdAt, now);
    }

    public Subscription with(EndpointHealth changed, Instant now) {
        return new Subscription(client, id, settings, secrets, changed, createdAt, now);
    }
}
