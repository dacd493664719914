package io.coursewire.webhooks.explain;

import java.util.Locale;

/// Why an event is where it is at one endpoint.
public enum Reason {
    DELIVERED,
    SUPERSEDED,
    TRIES_USED_UP,
    /// Its webhook was deleted, or it was older than retention.
    CANCELLED,
    WAITS_FOR_RETRY,
    /// The guard refuses the address of the endpoint.
    BLOCKED_ADDRESS,
    /// Earlier events of its order have not arrived.
    WAITS_BEHIND_OTHERS,
    WAITS_WHILE_PAUSED,
    WAITS_WHILE_DISABLED,
    NOT_FANNED_OUT_YET,
    MADE_LATER,
    SWITCHED_OFF,
    NOT_SUBSCRIBED,
    FILTERED,
    NO_RECORD;

    /// The name in lower case, words joined by `-`.
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
