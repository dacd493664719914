package io.coursewire.webhooks.delivery;

import io.coursewire.webhooks.DeliveryState;
import io.coursewire.webhooks.EndpointHealth;
import io.coursewire.webhooks.EndpointId;
import io.coursewire.webhooks.OrderingKey;
import io.coursewire.webhooks.RetrySchedule;
import io.coursewire.webhooks.Subscription;
import io.coursewire.webhooks.Try;
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

    /// Of an endpoint that catches up; together with the rate it leaves room for new events.
    static final int CATCHING_UP_LANES_MAX = 4;

    static final int CATCHING_UP_PER_SECOND = 50;

    private final Work work;
    private final Map<OrderingKey, LaneQueue> lanes = new HashMap<>();
    private final Deque<LaneQueue> ready = new ArrayDeque<>();
    private final Condition condition;
    private final Pace catchingUp = new Pace();
    private final LaneReports reports;
    private boolean deleted;
    private boolean stopped;
    private int queued;
    private int workers;

    EndpointLanes(Subscription subscription, Work work) {
        this.work = work;
        this.reports = new LaneReports(work, subscription.id());
        this.condition = new Condition(subscription, work);
    }

    EndpointId id() {
        return reports.endpoint();
    }

    /// From now on the subscription is as given.
    synchronized void change(Subscription changed) {
        condition.change(changed);
    }

    /// Nothing waits for this endpoint any more, on any node.
    synchronized void caughtUp() {
        condition.caughtUp();
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
            reports.settledUntried(assignment, DeliveryState.CANCELLED);
        } else if (lane == null && laneWaits) {
            reports.joined(assignment, now, 0);
        } else if (lane == null) {
            offerNewLane(assignment, now);
        } else {
            offerToLane(lane, assignment, laneWaits, now);
        }
        startWorkers();
    }

    /// Whether the lane is in memory.
    synchronized boolean has(OrderingKey key) {
        return lanes.containsKey(key);
    }

    /// Takes on deliveries that waited, the first ones of a lane that is not in memory, in order.
    synchronized void load(List<Assignment> waiting, int failures) {
        Instant now = work.clock().instant();
        if (condition.isProbeDue(now)) {
            condition.beginProbe(now);
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
        if (deleted || (condition.blockedUntil(now).isPresent() && !condition.isProbeDue(now))) {
            return 0;
        }
        if (condition.isProbeDue(now) || condition.takesOneOnly(now)) {
            return workers == 0 ? 1 : 0;
        }
        return Math.max(
                0,
                condition.isCatchingUp()
                        ? CATCHING_UP_LANES_MAX - lanesLoaded()
                        : IN_FLIGHT_MAX - ready.size());
    }

    private int lanesLoaded() {
        return (int) lanes.values().stream().filter(l -> l.mode == LaneQueue.Mode.JOINING).count();
    }

    synchronized int lanesInMemory() {
        return lanes.size();
    }

    /// What was reported is recorded.
    synchronized void recorded(Outcome outcome) {
        LaneQueue lane = lanes.get(outcome.key());
        if (lane == null || lane.epoch != outcome.epoch()) {
            return;
        }
        if (outcome instanceof Outcome.Drained drained) {
            // Its rows alone tell of it now.
            if (lane.mode == LaneQueue.Mode.PARKED && lane.joined == drained.joined()) {
                lanes.remove(lane.key);
            }
        } else if (outcome instanceof Outcome.Settled settled) {
            lane.unrecorded.remove(settled.assignment().position());
            if (lane.held && lane.mayGoOn()) {
                lane.held = false;
                ready.add(lane);
                startWorkers();
            }
        }
    }

    /// Whether anything of a bucket is in memory.
    synchronized boolean holds(int bucket) {
        return lanes.values().stream().anyMatch(lane -> lane.bucket == bucket);
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

    /// Takes up again what was left when the lease was late.
    synchronized void goOn() {
        startWorkers();
    }

    synchronized boolean isFlying() {
        return workers > 0;
    }

    private void offerNewLane(Assignment assignment, Instant now) {
        Optional<Instant> blocked = condition.blockedUntil(now);
        boolean flows = blocked.isEmpty() && queued < QUEUED_MAX;
        var lane =
                new LaneQueue(assignment, flows ? LaneQueue.Mode.FLOWING : LaneQueue.Mode.PARKED);
        lanes.put(lane.key, lane);
        if (flows) {
            enqueue(lane, assignment);
            ready.add(lane);
        } else {
            reports.joined(assignment, blocked.orElse(now), 0);
            reports.drained(lane);
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
            reports.joined(assignment, now, lane.lastPosition());
            lane.joined++;
            if (lane.mode == LaneQueue.Mode.PARKED) {
                reports.drained(lane);
            }
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
            lane.unrecorded.add(superseded.position());
            reports.settledUntried(superseded, DeliveryState.SUPERSEDED);
        }
    }

    private void startWorkers() {
        if (!headMayBegin()) {
            return;
        }
        int allowed = condition.takesOneOnly(work.clock().instant()) ? 1 : IN_FLIGHT_MAX;
        for (int start = Math.min(ready.size(), allowed - workers); start > 0; start--) {
            workers++;
            work.start(this::deliver);
        }
    }

    private void deliver() {
        for (Optional<Turn> turn = next(); turn.isPresent(); turn = next()) {
            if (turn.get().catchingUp()) {
                catchingUp.await(work.paces().share(CATCHING_UP_PER_SECOND));
            }
            work.paces().await(turn.get().subscription());
            if (putBack(turn.get().lane())) {
                continue;
            }
            Try tried =
                    work.courier()
                            .carry(turn.get().subscription(), turn.get().assignment().event());
            finish(turn.get().lane(), tried);
        }
    }

    private record Turn(
            LaneQueue lane, Assignment assignment, Subscription subscription, boolean catchingUp) {}

    private synchronized Optional<Turn> next() {
        Instant now = work.clock().instant();
        Optional<Instant> blocked = condition.stoppedUntil(now);
        while (blocked.isPresent() && !ready.isEmpty()) {
            park(ready.remove(), blocked.get());
        }
        while (!ready.isEmpty() && !ready.peek().mayGoOn()) {
            hold(ready.remove());
        }
        if (stopped || !headMayBegin() || (condition.takesOneOnly(now) && workers > 1)) {
            workers--;
            return Optional.empty();
        }
        LaneQueue lane = ready.remove();
        queued--;
        Assignment head = lane.takeHead();
        boolean slowly = head.waiting() && condition.isCatchingUp();
        return Optional.of(new Turn(lane, head, condition.subscription(), slowly));
    }

    private void hold(LaneQueue lane) {
        if (lane.size() == 0) {
            advance(lane);
        } else {
            lane.held = true;
        }
    }

    private boolean headMayBegin() {
        return !ready.isEmpty() && work.mayBegin(ready.peek());
    }

    /// Where the lease came to its end while the endpoint's pace was waited for.
    private synchronized boolean putBack(LaneQueue lane) {
        boolean dropped = lanes.get(lane.key) != lane;
        if (!dropped && work.mayBegin(lane)) {
            return false;
        }
        Assignment assignment = lane.endFlight();
        if (!dropped) {
            lane.addFirst(assignment);
            queued++;
            ready.add(lane);
        }
        return true;
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
                    reports.settled(assignment, DeliveryState.CANCELLED, tried);
            case Verdict.Failed _, Verdict.Busy _, Verdict.Gone _ when condition.isProbing() ->
                    probeFailed(lane, assignment, tried, now);
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
        reports.settled(assignment, DeliveryState.DELIVERED, tried);
        lane.failures = 0;
        condition.succeeded();
        advance(lane);
    }

    private void failed(LaneQueue lane, Assignment assignment, Try tried, Instant now) {
        condition.failed(now);
        var used = assignment.withTryUsed();
        if (used.triesUsed() >= RetrySchedule.TRIES_MAX) {
            reports.settled(assignment, DeliveryState.DEAD, tried);
            lane.failures = 0;
            advance(lane);
            return;
        }
        lane.failures++;
        double chance = ThreadLocalRandom.current().nextDouble();
        int failures = Math.min(lane.failures, RetrySchedule.TRIES_MAX - 1);
        Instant nextTryAt = now.plus(RetrySchedule.delayAfter(failures, chance).orElseThrow());
        reports.failed(used, tried, lane, nextTryAt);
        park(lane, nextTryAt);
    }

    private void busy(LaneQueue lane, Assignment assignment, Try tried, Optional<Instant> asked) {
        Instant until = condition.busy(work.clock().instant(), asked);
        reports.failed(assignment, tried, lane, until);
        park(lane, until);
    }

    private void gone(LaneQueue lane, Assignment assignment, Try tried, Instant now) {
        condition.disable(EndpointHealth.REASON_GONE, now);
        reports.failed(assignment, tried, lane, now);
        park(lane, now);
    }

    // The endpoint is disabled and stays so; that is no fault of this delivery.
    private void probeFailed(LaneQueue lane, Assignment assignment, Try tried, Instant now) {
        condition.endProbe();
        reports.failed(assignment, tried, lane, now);
        park(lane, now);
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
            reports.drained(lane);
        }
    }

    private void park(LaneQueue lane, Instant nextTryAt) {
        Collection<Assignment> rest = lane.removeAll();
        queued -= rest.size();
        lane.mode = LaneQueue.Mode.PARKED;
        rest.stream().filter(a -> !a.waiting()).forEach(a -> reports.joined(a, nextTryAt, 0));
        reports.drained(lane);
    }

    private void cancel(LaneQueue lane) {
        Collection<Assignment> rest = lane.removeAll();
        queued -= rest.size();
        ready.remove(lane);
        rest.forEach(a -> reports.settledUntried(a, DeliveryState.CANCELLED));
        lane.mode = LaneQueue.Mode.PARKED;
        reports.drained(lane);
    }
}
