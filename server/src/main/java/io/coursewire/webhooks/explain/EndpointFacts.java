package io.coursewire.webhooks.explain;

import io.coursewire.webhooks.DeliveryState;
import io.coursewire.webhooks.EndpointHealth;
import io.coursewire.webhooks.EndpointId;
import io.coursewire.webhooks.Filter;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/// What the tables say of one event at one endpoint.
record EndpointFacts(
        EndpointId endpoint,
        String url,
        EndpointHealth health,
        Optional<Record> record,
        Optional<Then> then) {
    /// `tries` is a JSON array; `nextTryAt` is that of the lane when the delivery is pending.
    record Record(DeliveryState state, String tries, Optional<Instant> nextTryAt) {}

    /// What the endpoint asked for when the event happened; there is none before the endpoint was made.
    record Then(Set<String> events, Filter filter, boolean accepts) {
        Then {
            events = Set.copyOf(events);
        }
    }
}
