package io.coursewire.webhooks.delivery;

import io.coursewire.webhooks.DeliveryState;
import io.coursewire.webhooks.EndpointId;
import io.coursewire.webhooks.OrderingKey;
import io.coursewire.webhooks.Subscription;
import io.coursewire.webhooks.Try;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

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
    private final LanesInMemory lanes = new LanesInMemory();
    private final Condition condition;
    private final Pace catchingUp = new Pace();
    private final LaneReports reports;
    private final LaneEnds ends;
    private final AfterTry afterTry;
    private boolean deleted;
    private boolean stopped;
    private int workers;

    EndpointLanes(Subscription subscription, Work work) {
        this.work = work;
        this.reports = new LaneReports(work, subscription.id());
        this.ends = new LaneEnds(lanes, reports);
        this.condition = new Condition(subscription, work);
        this.afterTry = new AfterTry(condition, ends, work.clock());
    }

    EndpointId id() {
        return reports.endpoint();
    }

    /// From now on the subscription is as given.
    synchronized void change(Subscription changed, boolean catchingUp) {
        condition.change(changed, catchingUp);
    }

    /// Nothing waits for this endpoint any more, on any node.
    synchronized void caughtUp() {
        condition.caughtUp();
    }

    /// The subscription is no more: what waits here is cancelled.
    synchronized void delete() {
        deleted = true;
        lanes.all().stream().filter(lane -> !lane.isInFlight()).forEach(ends::cancel);
    }

    /// Takes on an event, after all earlier ones of its lane. `laneWaits` when rows of its lane wait; `left` is the room for
    /// events of all endpoints: one that has taken more than that has no more of it.
    synchronized void offer(Assignment assignment, boolean laneWaits, Room left) {
        var lane = lanes.find(assignment.event().orderingKey());
        Instant now = work.clock().instant();
        if (deleted) {
            reports.settledUntried(assignment, DeliveryState.CANCELLED);
        } else if (lane.isPresent()) {
            offerToLane(lane.get(), assignment, laneWaits || isFull(left), now);
        } else if (laneWaits) {
            reports.joined(assignment, now, 0);
        } else {
            offerNewLane(assignment, isFull(left), now);
        }
        startWorkers();
    }

    /// Gives up room, where more is taken here than is left for all. Returns what is left then.
    synchronized Room makeRoom(Room left) {
        return ends.makeRoom(left, work.clock().instant());
    }

    private boolean isFull(Room left) {
        return lanes.queued() >= QUEUED_MAX || lanes.fresh().isMoreThan(left);
    }

    /// Whether the lane is in memory.
    synchronized boolean has(OrderingKey key) {
        return lanes.find(key).isPresent();
    }

    synchronized boolean isProbeDue() {
        return condition.isProbeDue(work.clock().instant());
    }

    /// With what is loaded next, or by another node.
    synchronized void probe(boolean here) {
        condition.probe(work.clock().instant(), here);
    }

    /// Takes on deliveries that waited, the first ones of a lane that is not in memory, in order.
    synchronized void load(List<Assignment> waiting, int failures) {
        var lane = new LaneQueue(waiting.getFirst(), LaneQueue.Mode.JOINING);
        lane.failures = failures;
        lanes.add(lane);
        waiting.forEach(assignment -> enqueue(lane, assignment));
        lanes.makeReady(lane);
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
                        ? CATCHING_UP_LANES_MAX - lanes.count(LaneQueue.Mode.JOINING)
                        : IN_FLIGHT_MAX - lanes.ready());
    }

    /// What waited and is in memory, also what is under way.
    synchronized Room loaded() {
        return lanes.loaded();
    }

    synchronized int lanesInMemory() {
        return lanes.count();
    }

    /// What was reported is recorded.
    synchronized void recorded(Outcome outcome) {
        lanes.find(outcome.key())
                .filter(lane -> lane.epoch == outcome.epoch())
                .ifPresent(lane -> recorded(lane, outcome));
    }

    private void recorded(LaneQueue lane, Outcome outcome) {
        if (outcome instanceof Outcome.Drained drained) {
            // Its rows alone tell of it now.
            if (lane.mode == LaneQueue.Mode.PARKED && lane.joined == drained.joined()) {
                lanes.remove(lane);
            }
        } else if (outcome instanceof Outcome.Settled settled) {
            lane.unrecorded.remove(settled.assignment().position());
            if (lane.held && lane.mayGoOn()) {
                lane.held = false;
                lanes.makeReady(lane);
                startWorkers();
            }
        }
    }

    /// Whether anything of a bucket is in memory.
    synchronized boolean holds(int bucket) {
        return lanes.holds(bucket);
    }

    /// Whether something of a bucket is being sent, or about to be.
    synchronized boolean sends(int bucket) {
        return lanes.sends(bucket);
    }

    /// These buckets belong to someone else now.
    synchronized void drop(Set<Integer> buckets) {
        lanes.drop(buckets);
        endProbeIfGone();
    }

    // What shows whether the endpoint is well again may have been dropped with its bucket.
    private void endProbeIfGone() {
        if (lanes.count(LaneQueue.Mode.JOINING) == 0) {
            condition.endProbe();
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

    private void offerNewLane(Assignment assignment, boolean full, Instant now) {
        Optional<Instant> blocked = condition.blockedUntil(now);
        boolean flows = blocked.isEmpty() && !full;
        var lane =
                new LaneQueue(assignment, flows ? LaneQueue.Mode.FLOWING : LaneQueue.Mode.PARKED);
        lanes.add(lane);
        if (flows) {
            enqueue(lane, assignment);
            lanes.makeReady(lane);
        } else {
            reports.joined(assignment, blocked.orElse(now), 0);
            reports.drained(lane);
        }
    }

    private void offerToLane(LaneQueue lane, Assignment assignment, boolean waits, Instant now) {
        if (lane.mode == LaneQueue.Mode.FLOWING && waits) {
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
        lanes.enqueue(lane, assignment);
    }

    private void supersede(LaneQueue lane, Assignment later) {
        for (Assignment superseded : lanes.removeSuperseded(lane, later)) {
            lane.unrecorded.add(superseded.position());
            reports.settledUntried(superseded, DeliveryState.SUPERSEDED);
        }
    }

    private void startWorkers() {
        if (!headMayBegin()) {
            return;
        }
        int allowed = condition.takesOneOnly(work.clock().instant()) ? 1 : IN_FLIGHT_MAX;
        for (int start = Math.min(lanes.ready(), allowed - workers); start > 0; start--) {
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
            Optional<Subscription> now = begin(turn.get().lane());
            if (now.isPresent()) {
                Try tried = work.courier().carry(now.get(), turn.get().assignment().event());
                finish(turn.get().lane(), tried);
            }
        }
    }

    private record Turn(
            LaneQueue lane, Assignment assignment, Subscription subscription, boolean catchingUp) {}

    private synchronized Optional<Turn> next() {
        Instant now = work.clock().instant();
        Optional<Instant> blocked = condition.stoppedUntil(now);
        while (blocked.isPresent() && lanes.ready() > 0) {
            ends.park(lanes.removeReady(), blocked.get());
        }
        while (lanes.peekReady().filter(lane -> !lane.mayGoOn()).isPresent()) {
            hold(lanes.removeReady());
        }
        if (stopped || !headMayBegin() || (condition.takesOneOnly(now) && workers > 1)) {
            workers--;
            return Optional.empty();
        }
        LaneQueue lane = lanes.removeReady();
        Assignment head = lanes.takeHead(lane);
        boolean slowly = head.waiting() && condition.isCatchingUp();
        return Optional.of(new Turn(lane, head, condition.subscription(), slowly));
    }

    private void hold(LaneQueue lane) {
        if (lane.size() == 0) {
            ends.advance(lane);
        } else {
            lane.held = true;
        }
    }

    private boolean headMayBegin() {
        return lanes.peekReady().filter(work::mayBegin).isPresent();
    }

    /// The subscription as it is after the endpoint's pace was waited for. Empty where nothing is to be sent any more: the
    /// lease came to its end, or the endpoint is switched off, left in peace or no more.
    private synchronized Optional<Subscription> begin(LaneQueue lane) {
        Optional<Instant> blocked = condition.stoppedUntil(work.clock().instant());
        boolean here = lanes.isHere(lane);
        if (here && !deleted && blocked.isEmpty() && work.mayBegin(lane)) {
            return Optional.of(condition.subscription());
        }
        Assignment assignment = lanes.endFlight(lane);
        if (!here) {
            endProbeIfGone();
            return Optional.empty();
        }
        lanes.putBack(lane, assignment);
        if (deleted) {
            ends.cancel(lane);
        } else {
            blocked.ifPresent(until -> ends.park(lane, until));
        }
        return Optional.empty();
    }

    private synchronized void finish(LaneQueue lane, Try tried) {
        Assignment assignment = lanes.endFlight(lane);
        if (!lanes.isHere(lane)) {
            // Dropped meanwhile: whoever owns the bucket now tells what became of it.
            endProbeIfGone();
            startWorkers();
            return;
        }
        afterTry.take(lane, assignment, tried, deleted);
        if (deleted) {
            ends.cancel(lane);
        }
        startWorkers();
    }
}
