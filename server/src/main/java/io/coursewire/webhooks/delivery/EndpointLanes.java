package io.coursewire.webhooks.delivery;

import io.coursewire.webhooks.DeliveryState;
import io.coursewire.webhooks.EndpointHealth;
import io.coursewire.webhooks.OrderingKey;
import io.coursewire.webhooks.RetrySchedule;
import io.coursewire.webhooks.Subscription;
import io.coursewire.webhooks.Try;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/// The lanes of one endpoint that are in memory. Each lane has at most one request under way, the
/// endpoint a limited number; what goes beyond the limits gets rows and waits there, so that an endpoint
/// never takes more than its share of memory or holds up another's events.
final class EndpointLanes {
    static final int IN_FLIGHT_MAX = 64;
    static final int QUEUED_MAX = 1_024;
    static final Duration FAILING_MAX = Duration.ofDays(5);

    private static final Duration FAILING_NOTED_AFTER = Duration.ofMinutes(1);

    private final Work work;
    private final Map<OrderingKey, LaneQueue> lanes = new HashMap<>();
    private final Deque<LaneQueue> ready = new ArrayDeque<>();
    private final Circuit circuit = new Circuit();
    private Subscription subscription;
    private Optional<Instant> failingSince;
    private boolean deleted;
    private boolean stopped;
    private int queued;
    private int workers;

    EndpointLanes(Subscription subscription, Work work) {
        this.subscription = subscription;
        this.work = work;
        this.failingSince = subscription.health().failingSince();
    }

    /// From now on the subscription is as given.
    synchronized void change(Subscription changed) {
        subscription = changed;
        if (changed.health().enabled() && changed.health().failingSince().isEmpty()) {
            failingSince = Optional.empty();
            circuit.succeeded();
        }
    }

    /// The subscription is no more: what waits here is cancelled.
    synchronized void delete() {
        deleted = true;
        List.copyOf(lanes.values()).stream()
                .filter(lane -> !lane.isInFlight())
                .forEach(this::cancel);
    }

    /// Takes on an event, after all earlier ones of its lane. `laneWaits` when rows of its lane wait.
    synchronized void offer(Assignment assignment, boolean laneWaits) {
        LaneQueue lane = lanes.get(assignment.event().orderingKey());
        Instant now = work.clock().instant();
        if (deleted) {
            work.record(
                    new Outcome.Settled(
                            subscription.id(),
                            assignment,
                            DeliveryState.CANCELLED,
                            Optional.empty()));
        } else if (lane == null && laneWaits) {
            join(assignment, now, 0);
        } else if (lane == null) {
            offerNewLane(assignment, now);
        } else {
            offerToLane(lane, assignment, laneWaits, now);
        }
        startWorkers();
    }

    /// Takes on deliveries that waited, the first ones of their lane, in order.
    synchronized void load(List<Assignment> waiting, int failures) {
        if (lanes.containsKey(waiting.getFirst().event().orderingKey())) {
            return;
        }
        var lane = new LaneQueue(waiting.getFirst(), LaneQueue.Mode.JOINING);
        lane.failures = failures;
        lanes.put(lane.key, lane);
        waiting.forEach(assignment -> enqueue(lane, assignment));
        ready.add(lane);
        startWorkers();
    }

    /// How many waiting lanes may be loaded now.
    synchronized int slots() {
        Instant now = work.clock().instant();
        if (deleted || blockedUntil(now).isPresent()) {
            return 0;
        }
        return circuit.isProbing(now)
                ? (workers == 0 ? 1 : 0)
                : Math.max(0, IN_FLIGHT_MAX - ready.size());
    }

    synchronized int lanesInMemory() {
        return lanes.size();
    }

    /// What became of a parked lane is recorded: its rows alone tell of it now.
    synchronized void forget(OrderingKey key, long epoch) {
        LaneQueue lane = lanes.get(key);
        if (lane != null && lane.epoch == epoch && lane.mode == LaneQueue.Mode.PARKED) {
            lanes.remove(key);
        }
    }

    /// These buckets belong to someone else now.
    synchronized void drop(Set<Integer> buckets) {
        for (LaneQueue lane : List.copyOf(lanes.values())) {
            if (buckets.contains(lane.bucket)) {
                queued -= lane.removeAll().size();
                ready.remove(lane);
                lanes.remove(lane.key, lane);
            }
        }
    }

    /// Begins no further request.
    synchronized void stop() {
        stopped = true;
    }

    synchronized boolean isFlying() {
        return workers > 0;
    }

    private void offerNewLane(Assignment assignment, Instant now) {
        Optional<Instant> blocked = blockedUntil(now);
        boolean flows = blocked.isEmpty() && queued < QUEUED_MAX;
        var lane =
                new LaneQueue(assignment, flows ? LaneQueue.Mode.FLOWING : LaneQueue.Mode.PARKED);
        lanes.put(lane.key, lane);
        if (flows) {
            enqueue(lane, assignment);
            ready.add(lane);
        } else {
            join(assignment, blocked.orElse(now), 0);
            drained(lane);
        }
    }

    private void offerToLane(
            LaneQueue lane, Assignment assignment, boolean laneWaits, Instant now) {
        if (lane.mode == LaneQueue.Mode.FLOWING && (laneWaits || queued >= QUEUED_MAX)) {
            lane.mode = LaneQueue.Mode.JOINING;
        }
        if (lane.mode == LaneQueue.Mode.FLOWING) {
            enqueue(lane, assignment);
        } else {
            supersede(lane, assignment);
            join(assignment, now, lane.lastPosition());
        }
    }

    private void enqueue(LaneQueue lane, Assignment assignment) {
        supersede(lane, assignment);
        lane.add(assignment);
        queued++;
    }

    private void supersede(LaneQueue lane, Assignment later) {
        for (Assignment superseded : lane.removeSupersededBy(later)) {
            queued--;
            work.record(
                    new Outcome.Settled(
                            subscription.id(),
                            superseded,
                            DeliveryState.SUPERSEDED,
                            Optional.empty()));
        }
    }

    private void join(Assignment assignment, Instant nextTryAt, long supersedesAbove) {
        work.record(new Outcome.Joined(subscription.id(), assignment, nextTryAt, supersedesAbove));
    }

    private void drained(LaneQueue lane) {
        work.record(
                new Outcome.Drained(
                        subscription.id(), lane.key, lane.bucket, lane.epoch, lane.failures));
    }

    private Optional<Instant> blockedUntil(Instant now) {
        if (!subscription.health().enabled()) {
            return Optional.of(now);
        }
        return circuit.blockedUntil(now)
                .or(() -> subscription.health().pausedUntil().filter(now::isBefore));
    }

    private void startWorkers() {
        int allowed = circuit.isProbing(work.clock().instant()) ? 1 : IN_FLIGHT_MAX;
        for (int start = Math.min(ready.size(), allowed - workers); start > 0; start--) {
            workers++;
            work.start(this::deliver);
        }
    }

    private void deliver() {
        for (Optional<Turn> turn = next(); turn.isPresent(); turn = next()) {
            work.paces().await(turn.get().subscription());
            Try tried =
                    work.courier()
                            .carry(turn.get().subscription(), turn.get().assignment().event());
            finish(turn.get().lane(), tried);
        }
    }

    private record Turn(LaneQueue lane, Assignment assignment, Subscription subscription) {}

    private synchronized Optional<Turn> next() {
        Instant now = work.clock().instant();
        Optional<Instant> blocked = blockedUntil(now);
        while (blocked.isPresent() && !ready.isEmpty()) {
            park(ready.remove(), blocked.get());
        }
        while (!ready.isEmpty() && ready.peek().size() == 0) {
            advance(ready.remove());
        }
        if (stopped || ready.isEmpty() || (circuit.isProbing(now) && workers > 1)) {
            workers--;
            return Optional.empty();
        }
        LaneQueue lane = ready.remove();
        queued--;
        return Optional.of(new Turn(lane, lane.takeHead(), subscription));
    }

    private synchronized void finish(LaneQueue lane, Try tried) {
        Instant now = work.clock().instant();
        Assignment assignment = lane.endFlight();
        if (lanes.get(lane.key) != lane) {
            // Dropped meanwhile: whoever owns the bucket now tells what became of it.
            startWorkers();
            return;
        }
        switch (Verdict.of(tried.answer(), now)) {
            case Verdict.Delivered _ -> delivered(lane, assignment, tried);
            case Verdict.Failed _ when deleted ->
                    settle(assignment, DeliveryState.CANCELLED, tried);
            case Verdict.Failed _ -> failed(lane, assignment, tried, now);
            case Verdict.Busy busy -> busy(lane, assignment, tried, busy.until());
            case Verdict.Gone _ -> gone(lane, assignment, tried, now);
        }
        if (deleted) {
            cancel(lane);
        }
        startWorkers();
    }

    private void delivered(LaneQueue lane, Assignment assignment, Try tried) {
        settle(assignment, DeliveryState.DELIVERED, tried);
        lane.failures = 0;
        circuit.succeeded();
        if (subscription.health().failingSince().isPresent()) {
            work.record(new HealthChange.Recovered(subscription.client(), subscription.id()));
        }
        failingSince = Optional.empty();
        advance(lane);
    }

    private void failed(LaneQueue lane, Assignment assignment, Try tried, Instant now) {
        boolean opened = circuit.failed(now);
        noteFailing(now, opened);
        var used = assignment.withTryUsed();
        if (used.triesUsed() >= RetrySchedule.TRIES_MAX) {
            settle(assignment, DeliveryState.DEAD, tried);
            lane.failures = 0;
            advance(lane);
            return;
        }
        lane.failures++;
        double chance = ThreadLocalRandom.current().nextDouble();
        int failures = Math.min(lane.failures, RetrySchedule.TRIES_MAX - 1);
        Instant nextTryAt = now.plus(RetrySchedule.delayAfter(failures, chance).orElseThrow());
        work.record(new Outcome.Failed(subscription.id(), used, tried, lane.failures, nextTryAt));
        park(lane, nextTryAt);
    }

    private void busy(LaneQueue lane, Assignment assignment, Try tried, Optional<Instant> asked) {
        Instant now = work.clock().instant();
        noteFailing(now, circuit.open(now, asked));
        Instant until = circuit.blockedUntil(now).orElse(now);
        work.record(new Outcome.Failed(subscription.id(), assignment, tried, lane.failures, until));
        park(lane, until);
    }

    private void gone(LaneQueue lane, Assignment assignment, Try tried, Instant now) {
        disable(EndpointHealth.REASON_GONE, now);
        work.record(new Outcome.Failed(subscription.id(), assignment, tried, lane.failures, now));
        park(lane, now);
    }

    private void noteFailing(Instant now, boolean opened) {
        Instant since = failingSince.orElse(now);
        failingSince = Optional.of(since);
        if (since.isBefore(now.minus(FAILING_MAX))) {
            disable(EndpointHealth.REASON_FAILING, now);
            return;
        }
        boolean noted = subscription.health().failingSince().isPresent();
        if (opened || (!noted && since.isBefore(now.minus(FAILING_NOTED_AFTER)))) {
            work.record(
                    new HealthChange.Failing(
                            subscription.client(),
                            subscription.id(),
                            since,
                            circuit.blockedUntil(now)));
        }
    }

    private void disable(String reason, Instant now) {
        subscription = subscription.with(EndpointHealth.disabled(reason, now), now);
        work.record(new HealthChange.Disabled(subscription.client(), subscription.id(), reason));
    }

    private void settle(Assignment assignment, DeliveryState state, Try tried) {
        work.record(new Outcome.Settled(subscription.id(), assignment, state, Optional.of(tried)));
    }

    private void advance(LaneQueue lane) {
        if (lanes.get(lane.key) != lane) {
            return;
        }
        if (!lane.isIdle()) {
            ready.add(lane);
        } else if (lane.mode == LaneQueue.Mode.FLOWING) {
            lanes.remove(lane.key);
        } else {
            lane.mode = LaneQueue.Mode.PARKED;
            drained(lane);
        }
    }

    private void park(LaneQueue lane, Instant nextTryAt) {
        Collection<Assignment> rest = lane.removeAll();
        queued -= rest.size();
        lane.mode = LaneQueue.Mode.PARKED;
        rest.stream().filter(a -> !a.waiting()).forEach(a -> join(a, nextTryAt, 0));
        drained(lane);
    }

    private void cancel(LaneQueue lane) {
        Collection<Assignment> rest = lane.removeAll();
        queued -= rest.size();
        ready.remove(lane);
        rest.stream()
                .map(
                        a ->
                                new Outcome.Settled(
                                        subscription.id(),
                                        a,
                                        DeliveryState.CANCELLED,
                                        Optional.empty()))
                .forEach(work::record);
        lane.mode = LaneQueue.Mode.PARKED;
        drained(lane);
    }
}
