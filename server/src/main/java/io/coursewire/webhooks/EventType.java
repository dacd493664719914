package io.coursewire.webhooks;

import java.util.List;
import java.util.Set;

/// The events that subscribers can ask for, and which of them make others obsolete.
public final class EventType {
    public static final String STARTED = "attempt.started";
    public static final String UPDATED = "attempt.updated";
    public static final String COMPLETED = "attempt.completed";
    public static final String ACTIVITY_COMPLETED = "activity.completed";

    /// The test button's; cannot be subscribed to and is not in the feed.
    public static final String TEST = "webhook.test";

    /// What operators are told; of the client `_operator` only, and for whoever wants every event of it.
    public static final String OPERATOR_ALERT = "operator.alert";

    public static final String EVERY = "*";
    public static final List<String> SUBSCRIBABLE =
            List.of(STARTED, UPDATED, COMPLETED, ACTIVITY_COMPLETED);

    private static final Set<String> SUPERSEDING = Set.of(UPDATED, COMPLETED);

    private EventType() {}

    /// Whether an undelivered event of this type is of no use once a later one of its attempt is there.
    public static boolean isSupersedable(String type) {
        return type.equals(UPDATED);
    }

    public static boolean supersedes(String type) {
        return SUPERSEDING.contains(type);
    }
}
