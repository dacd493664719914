package io.coursewire.webhooks.delivery;

import io.coursewire.webhooks.DeliveryState;
import java.time.Instant;
import java.util.Collection;

/// How the lanes of one endpoint leave memory: sent to their end, to rows in which they wait, or cancelled. Guarded
/// by its [EndpointLanes].
record LaneEnds(LanesInMemory lanes, LaneReports reports) {
    /// After the head is done with.
    void advance(LaneQueue lane) {
        if (!lanes.isHere(lane)) {
            return;
        }
        if (!lane.isIdle()) {
            lanes.makeReady(lane);
        } else if (lane.mode == LaneQueue.Mode.FLOWING) {
            lanes.remove(lane);
        } else {
            lane.mode = LaneQueue.Mode.PARKED;
            reports.drained(lane);
        }
    }

    void park(LaneQueue lane, Instant nextTryAt) {
        giveRows(lane, nextTryAt);
        lane.mode = LaneQueue.Mode.PARKED;
        reports.drained(lane);
    }

    void cancel(LaneQueue lane) {
        Collection<Assignment> rest = lanes.empty(lane);
        rest.forEach(a -> reports.settledUntried(a, DeliveryState.CANCELLED));
        lane.mode = LaneQueue.Mode.PARKED;
        reports.drained(lane);
    }

    /// Gives rows to what is queued until no more is here than is left elsewhere, where what this gives up is left then too.
    /// Returns what is left in the end.
    Room makeRoom(Room left, Instant now) {
        Room before = lanes.fresh();
        for (LaneQueue lane : lanes.all()) {
            if (!lanes.fresh().isMoreThan(left.plus(before).minus(lanes.fresh()))) {
                break;
            }
            if (lane.queuesFresh()) {
                makeRoom(lane, now);
            }
        }
        return left.plus(before).minus(lanes.fresh());
    }

    private void makeRoom(LaneQueue lane, Instant now) {
        if (lane.isInFlight()) {
            giveRows(lane, now);
            lane.mode = LaneQueue.Mode.JOINING;
        } else {
            park(lane, now);
        }
    }

    // What they supersede was seen to while they were queued.
    private void giveRows(LaneQueue lane, Instant nextTryAt) {
        lanes.empty(lane).stream()
                .filter(a -> !a.waiting())
                .forEach(a -> reports.joined(a, nextTryAt, lane.lastPosition()));
    }
}
