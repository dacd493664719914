package io.coursewire.webhooks;

import java.time.Instant;
import java.util.Optional;

/// Whether deliveries to an endpoint go on, and if not, why. `disabledReason` is one of the words below.
public record EndpointHealth(
        boolean enabled,
        Optional<String> disabledReason,
        Optional<Instant> disabledAt,
        Optional<Instant> failingSince,
        Optional<Instant> pausedUntil) {
    /// Someone switched it off: nothing is accepted for it.
    public static final String REASON_BY_HAND = "switched off";

    /// It answered 410: what is accepted waits.
    public static final String REASON_GONE = "answered 410 Gone";

    /// What is accepted waits.
    public static final String REASON_FAILING = "failed for 5 days";

    public static final EndpointHealth GOOD =
            new EndpointHealth(
                    true, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    public static EndpointHealth disabled(String reason, Instant now) {
        return new EndpointHealth(
                false, Optional.of(reason), Optional.of(now), Optional.empty(), Optional.empty());
    }

    /// Whether new events are taken on for it.
    public boolean accepts() {
        return enabled || !disabledReason.equals(Optional.of(REASON_BY_HAND));
    }
}
