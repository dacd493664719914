package io.coursewire.webhooks.delivery;

import io.coursewire.webhooks.DeliveryState;
import io.coursewire.webhooks.EndpointHealth;
import io.coursewire.webhooks.RetrySchedule;
import io.coursewire.webhooks.Try;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/// What the answer to a try means for its delivery, its lane and its endpoint. Guarded by its [EndpointLanes].
record AfterTry(Condition condition, LaneEnds ends, InstantSource clock) {
    /// `deleted` when the subscription is no more.
    void take(LaneQueue lane, Assignment assignment, Try tried, boolean deleted) {
        Instant now = clock.instant();
        switch (Verdict.of(tried.answer(), now)) {
            case Verdict.Delivered _ -> delivered(lane, assignment, tried);
            case Verdict.Failed _ when deleted ->
                    ends.reports().settled(assignment, DeliveryState.CANCELLED, tried);
            case Verdict.Failed _, Verdict.Busy _, Verdict.Gone _ when condition.isProbing() ->
                    probeFailed(lane, assignment, tried, now);
            case Verdict.Failed _ -> failed(lane, assignment, tried, now);
            case Verdict.Busy busy -> busy(lane, assignment, tried, busy.until());
            case Verdict.Gone _ -> gone(lane, assignment, tried, now);
        }
    }

    private void delivered(LaneQueue lane, Assignment assignment, Try tried) {
        ends.reports().settled(assignment, DeliveryState.DELIVERED, tried);
        lane.failures = 0;
        condition.succeeded();
        ends.advance(lane);
    }

    private void failed(LaneQueue lane, Assignment assignment, Try tried, Instant now) {
        condition.failed(now);
        var used = assignment.withTryUsed();
        if (used.triesUsed() >= RetrySchedule.TRIES_MAX) {
            ends.reports().settled(assignment, DeliveryState.DEAD, tried);
            lane.failures = 0;
            ends.advance(lane);
            return;
        }
        lane.failures++;
        double chance = ThreadLocalRandom.current().nextDouble();
        int failures = Math.min(lane.failures, RetrySchedule.TRIES_MAX - 1);
        Instant nextTryAt = now.plus(RetrySchedule.delayAfter(failures, chance).orElseThrow());
        ends.reports().failed(used, tried, lane, nextTryAt);
        ends.park(lane, nextTryAt);
    }

    private void busy(LaneQueue lane, Assignment assignment, Try tried, Optional<Instant> asked) {
        Instant until = condition.busy(clock.instant(), asked);
        ends.reports().failed(assignment, tried, lane, until);
        ends.park(lane, until);
    }

    private void gone(LaneQueue lane, Assignment assignment, Try tried, Instant now) {
        condition.disable(EndpointHealth.REASON_GONE, now);
        ends.reports().failed(assignment, tried, lane, now);
        ends.park(lane, now);
    }

    // The endpoint is disabled and stays so; that is no fault of this delivery.
    private void probeFailed(LaneQueue lane, Assignment assignment, Try tried, Instant now) {
        condition.endProbe();
        ends.reports().failed(assignment, tried, lane, now);
        ends.park(lane, now);
    }
}
