package io.coursewire.webhooks.delivery;

import io.coursewire.webhooks.DeliveryState;
import io.coursewire.webhooks.EndpointId;
import io.coursewire.webhooks.Try;
import java.time.Instant;
import java.util.Optional;

/// Hands what became of one endpoint's deliveries on, to be recorded.
record LaneReports(Work work, EndpointId endpoint) {
    void settled(Assignment assignment, DeliveryState state, Try tried) {
        work.record(new Outcome.Settled(endpoint, assignment, state, Optional.of(tried)));
    }

    void settledUntried(Assignment assignment, DeliveryState state) {
        work.record(new Outcome.Settled(endpoint, assignment, state, Optional.empty()));
    }

    void failed(Assignment assignment, Try tried, LaneQueue lane, Instant nextTryAt) {
        work.record(new Outcome.Failed(endpoint, assignment, tried, lane.failures, nextTryAt));
    }

    void joined(Assignment assignment, Instant nextTryAt, long supersedesAbove) {
        work.record(new Outcome.Joined(endpoint, assignment, nextTryAt, supersedesAbove));
    }

    void drained(LaneQueue lane) {
        work.record(
                new Outcome.Drained(
                        endpoint, lane.key, lane.bucket, lane.epoch, lane.failures, lane.joined));
    }
}
