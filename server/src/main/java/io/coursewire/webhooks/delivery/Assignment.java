package io.coursewire.webhooks.delivery;

import io.coursewire.webhooks.EventType;
import io.coursewire.webhooks.OutboxEvent;
import java.util.Optional;

/// One event for one endpoint.
///
/// `lanes` is to how many endpoints the event was fanned out; empty when someone asked for this one
/// by hand. `triesUsed` counts those of the schedule. `waiting` when it has a row of its own already.
record Assignment(
        OutboxEvent event, Origin origin, Optional<Integer> lanes, int triesUsed, boolean waiting) {
    /// Where the event stands in the feed, and under which epoch it is worked on.
    record Origin(long position, int bucket, long epoch) {}

    static Assignment of(Claimed claimed, int lanes) {
        var origin = new Origin(claimed.position(), claimed.bucket(), claimed.epoch());
        return new Assignment(claimed.event(), origin, Optional.of(lanes), 0, false);
    }

    Assignment withTryUsed() {
        return new Assignment(event, origin, lanes, triesUsed + 1, waiting);
    }

    Room room() {
        return new Room(1, event.payload().length);
    }

    long position() {
        return origin.position();
    }

    /// Whether this one is of no use once the later one is there.
    boolean isSupersededBy(Assignment later) {
        return EventType.isSupersedable(event.type())
                && EventType.supersedes(later.event.type())
                && event.attempt().equals(later.event.attempt())
                && position() < later.position();
    }
}
