package io.coursewire.webhooks.watch;

import io.coursewire.kernel.ClientId;
import io.coursewire.webhooks.EndpointHealth;
import io.coursewire.webhooks.EndpointId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// The flow at one moment, of all clients.
///
/// @param notFannedOut events that are stored and not yet given to every endpoint that wants them
/// @param oldestNotFannedOut how old the oldest of them is
public record Measured(
        long notFannedOut,
        Optional<Duration> oldestNotFannedOut,
        List<OfEndpoint> endpoints,
        List<OfClient> clients) {
    public Measured {
        endpoints = List.copyOf(endpoints);
        clients = List.copyOf(clients);
    }

    /// `oldestWaiting` is how old the oldest event is that waits for it.
    public record OfEndpoint(
            ClientId client,
            EndpointId endpoint,
            EndpointHealth health,
            Optional<Duration> oldestWaiting) {}

    /// The ledger of a client over the last weeks.
    public record OfClient(
            ClientId client,
            long accepted,
            long delivered,
            long superseded,
            long pending,
            long dead,
            long cancelled) {
        /// 0, or the invariant is broken.
        public long difference() {
            return accepted - delivered - superseded - pending - dead - cancelled;
        }
    }
}
