package io.coursewire.webhooks.delivery;

import io.coursewire.storage.TellFailures;
import io.coursewire.webhooks.EndpointId;
import io.coursewire.webhooks.RecentEvents;
import io.coursewire.webhooks.SubscriptionStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One node's delivery: record what came of requests, claim events, hand them to the lanes; again and
/// again, on one thread, until closed.
public final class Deliver implements AutoCloseable {
    public static final Duration LEASE = Duration.ofSeconds(5);

    /// However long a lease is, a node that comes gets its share soon.
    private static final Duration RENEWED_AFTER_MAX = LEASE.dividedBy(5);

    private static final int CLAIMED_AT_ONCE_MAX = 512;
    private static final int CANCELLED_LANES_AT_ONCE_MAX = 2_000;
    private static final Duration TICK = Duration.ofMillis(200);
    private static final Duration SWEEP = Duration.ofSeconds(10);
    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final Duration LANDING_MAX = Duration.ofSeconds(20);
    private static final Duration PAUSE_AFTER_FAULT = Duration.ofSeconds(1);
    private static final Logger LOG = LoggerFactory.getLogger(Deliver.class);

    private final Jdbi jdbi;
    private final Leases leases;
    private final RecentEvents recentEvents = new RecentEvents();
    private final PgFeed feed;
    private final Signal signal = new Signal();
    private final Wakeups wakeups;
    private final Work work;
    private final Subscribers subscribers;
    private final Flights flights = new Flights();
    private final FanOut fanOut;
    private final LoadWaiting loadWaiting;
    private final RecordFates recordFates;
    private final LaneStore lanes = new LaneStore();
    private final int slot;

    private final List<Claimed> unassigned = new ArrayList<>();
    private volatile Share share = Share.NONE;
    private long nextTickNanos;
    private long nextSweepNanos;
    private long nextLookNanos;

    private final List<Thread> threads = new ArrayList<>();
    private final Closing closing = new Closing();
    private volatile boolean vanished;

    public Deliver(
            Jdbi jdbi, SubscriptionStore subscriptions, Courier courier, InstantSource clock) {
        this(jdbi, subscriptions, courier, clock, LEASE);
    }

    Deliver(
            Jdbi jdbi,
            SubscriptionStore subscriptions,
            Courier courier,
            InstantSource clock,
            Duration lease) {
        this.jdbi = jdbi;
        this.leases = new Leases(jdbi, UUID.randomUUID(), lease);
        this.feed = new PgFeed(jdbi, leases, recentEvents, clock);
        this.wakeups = new Wakeups(jdbi, leases, signal);
        this.work = new Work(courier, clock, signal, new Paces(leases::nodes), leases::owns);
        this.subscribers = new Subscribers(subscriptions, work);
        this.fanOut = new FanOut(subscribers, flights);
        this.loadWaiting = new LoadWaiting(subscribers, work);
        this.slot = Math.floorMod(leases.node().hashCode(), 16);
        this.recordFates =
                new RecordFates(
                        new RecordFates.FlowStores(jdbi, feed, subscriptions), work, flights, slot);
    }

    public Deliver start() {
        leases.renew();
        wakeups.start();
        begin("deliver", this::run);
        begin("deliver-lease", () -> repeat(renewedAfter(), leases::renew));
        return this;
    }

    /// Where events are put that this process writes.
    public RecentEvents recentEvents() {
        return recentEvents;
    }

    /// There may be something to deliver.
    public void wake() {
        wakeups.wake();
    }

    /// How fast each endpoint may be sent to.
    public Paces paces() {
        return work.paces();
    }

    /// The buckets that this node delivers now.
    public Set<Integer> buckets() {
        return share.epochs().keySet();
    }

    /// Stops in the middle of everything, as a killed process does.
    void vanish() {
        vanished = true;
        closing.begin();
        wakeups.close();
    }

    /// Stops claiming, waits for the requests under way, records what came of them and gives the buckets
    /// to others.
    @Override
    public void close() {
        closing.begin();
        signal.raise();
        wakeups.close();
        threads.forEach(Deliver::join);
        feed.close();
    }

    private void run() {
        var failures = new TellFailures(LOG, "delivery");
        while (!closing.hasBegun()) {
            try {
                signal.await(TICK);
                if (!closing.hasBegun()) {
                    cycle();
                    failures.succeeded();
                }
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                failures.failed(e);
                closing.pause(PAUSE_AFTER_FAULT);
            }
        }
        if (!vanished) {
            land();
        }
    }

    /// Lets what is under way come to its end, and records it.
    private void land() {
        subscribers.allLanes().forEach(EndpointLanes::stop);
        long endNanos = System.nanoTime() + LANDING_MAX.toNanos();
        boolean flying = true;
        while (flying && System.nanoTime() - endNanos < 0) {
            flying = subscribers.allLanes().stream().anyMatch(EndpointLanes::isFlying);
            try {
                record();
                if (flying) {
                    signal.await(TICK);
                }
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                LOG.atError().setCause(e).log("the last outcomes could not be recorded");
                return;
            }
        }
    }

    private void cycle() {
        followBuckets();
        record();
        claim();
        long now = System.nanoTime();
        if (now - nextTickNanos >= 0) {
            nextTickNanos = now + TICK.toNanos();
            tick(now);
        }
    }

    private void followBuckets() {
        Share now = feed.look();
        Set<Integer> lost = new HashSet<>();
        share.epochs()
                .forEach(
                        (bucket, epoch) -> {
                            if (!epoch.equals(now.epochs().get(bucket))) {
                                lost.add(bucket);
                            }
                        });
        if (!lost.isEmpty()) {
            flights.drop(lost);
            unassigned.removeIf(claimed -> lost.contains(claimed.bucket()));
            subscribers.allLanes().forEach(lanes -> lanes.drop(lost));
            recordFates.drop(lost);
        }
        share = now;
    }

    private void record() {
        for (Outcome outcome : recordFates.record(share.epochs())) {
            subscribers.lanes(outcome.endpoint()).recorded(outcome);
        }
    }

    private void claim() {
        if (flights.areCrowded()) {
            makeRoom();
        }
        if (unassigned.isEmpty()) {
            Room left = flights.left();
            int events = Math.min(CLAIMED_AT_ONCE_MAX, left.events());
            unassigned.addAll(feed.poll(new Room(events, left.bytes())));
        }
        if (!unassigned.isEmpty()) {
            boolean more = unassigned.size() >= CLAIMED_AT_ONCE_MAX / 2;
            jdbi.useHandle(db -> fanOut.fanOut(db, unassigned));
            unassigned.clear();
            if (more) {
                signal.raise();
            }
        }
    }

    // Whoever answers slowly, however well, or is sent to at a low rate must not take the room of
    // the others.
    private void makeRoom() {
        Room left = flights.left();
        for (EndpointLanes lanes : subscribers.allLanes()) {
            left = lanes.makeRoom(left);
        }
    }

    private void tick(long nowNanos) {
        if (nowNanos - nextSweepNanos >= 0) {
            nextSweepNanos = nowNanos + SWEEP.toNanos();
            feed.sweep();
        }
        boolean look = nowNanos - nextLookNanos >= 0;
        if (look) {
            nextLookNanos = nowNanos + LOOK.toNanos();
        }
        jdbi.useHandle(
                db -> {
                    subscribers.refresh(db);
                    if (look) {
                        lookForWaiting(db);
                    }
                    loadWaiting.load(db, recordFates.waitingEndpoints(), share.staying());
                });
        if (look && jdbi.withHandle(lanes::hasDeleted)) {
            jdbi.useTransaction(this::cancelDeleted);
        }
        giveBackIdle();
        subscribers.allLanes().forEach(EndpointLanes::goOn);
    }

    private void lookForWaiting(Handle db) {
        Set<EndpointId> waiting = recordFates.waitingEndpoints();
        waiting.clear();
        waiting.addAll(lanes.endpoints(db));
        subscribers.allLanes().stream()
                .filter(endpoint -> !waiting.contains(endpoint.id()))
                .forEach(EndpointLanes::caughtUp);
    }

    private void cancelDeleted(Handle db) {
        Set<Integer> held = feed.hold(db, share.epochs());
        lanes.cancelDeleted(db, held, CANCELLED_LANES_AT_ONCE_MAX, slot, work.clock().instant());
    }

    private void giveBackIdle() {
        Set<Integer> idle =
                share.leaving().stream().filter(this::isIdle).collect(Collectors.toSet());
        if (!idle.isEmpty()) {
            feed.giveBack(idle);
        }
    }

    // What cannot be recorded here must not keep a bucket from its next owner; what is being sent
    // must, or it could arrive after what that one sends.
    private boolean isIdle(int bucket) {
        var all = subscribers.allLanes().stream();
        return recordFates.hasAside(bucket)
                ? all.noneMatch(lanes -> lanes.sends(bucket))
                : flights.isIdle(bucket) && all.noneMatch(lanes -> lanes.holds(bucket));
    }

    private Duration renewedAfter() {
        Duration partOfLease = leases.length().dividedBy(5);
        return partOfLease.compareTo(RENEWED_AFTER_MAX) < 0 ? partOfLease : RENEWED_AFTER_MAX;
    }

    private void repeat(Duration every, Runnable task) {
        var failures = new TellFailures(LOG, "renewing the lease");
        while (!closing.hasBegun()) {
            try {
                task.run();
                failures.succeeded();
            } catch (RuntimeException e) {
                failures.failed(e);
            }
            closing.pause(every);
        }
    }

    private void begin(String name, Runnable task) {
        threads.add(Thread.ofPlatform().name(name).daemon().start(task));
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
