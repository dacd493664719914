package io.coursewire.webhooks.delivery;

import io.coursewire.kernel.ClientId;
import io.coursewire.webhooks.EndpointId;
import java.time.Instant;
import java.util.Optional;

/// Something to be remembered about an endpoint, seen while delivering to it.
sealed interface HealthChange {
    ClientId client();

    EndpointId endpoint();

    record Failing(
            ClientId client, EndpointId endpoint, Instant since, Optional<Instant> pausedUntil)
            implements HealthChange {}

    record Recovered(ClientId client, EndpointId endpoint) implements HealthChange {}

    /// A probe arrived at a disabled one.
    record Reenabled(ClientId client, EndpointId endpoint) implements HealthChange {}

    /// All that waited for one that was enabled again has gone out.
    record CaughtUp(ClientId client, EndpointId endpoint) implements HealthChange {}

    record Disabled(ClientId client, EndpointId endpoint, String reason) implements HealthChange {}
}
