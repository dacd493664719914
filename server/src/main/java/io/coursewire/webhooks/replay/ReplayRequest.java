package io.coursewire.webhooks.replay;

import io.coursewire.webhooks.DeliveryState;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Which events are to be sent again, by the time when they happened, what became of them, and their type;
/// no type means all.
public record ReplayRequest(
        Instant since, Instant until, Set<String> states, Set<String> events, int maxPerSecond) {
    /// The endpoint wants such events now, but has no record of this one: it did not exist or was switched
    /// off then, or the record is older than retention.
    public static final String MISSED = "missed";

    /// What became of deliveries that are not pending.
    public static final Set<String> SETTLED =
            Stream.of(DeliveryState.values())
                    .filter(state -> state != DeliveryState.PENDING)
                    .map(DeliveryState::word)
                    .collect(Collectors.toUnmodifiableSet());

    public static final List<String> STATES =
            Stream.concat(SETTLED.stream().sorted(), Stream.of(MISSED)).toList();

    public static final int PER_SECOND_DEFAULT = 50;
    public static final int PER_SECOND_MAX = 1_000;

    public ReplayRequest {
        states = Set.copyOf(states);
        events = Set.copyOf(events);
    }
}
