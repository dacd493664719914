package io.coursewire.bench.load;

import io.coursewire.bench.measure.Histogram;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/// All that is on its way from participants to the receiver of one server, and what has been counted of it.
/// Lets only so many commits be on their way, so that a load is a closed loop over the whole way: what the
/// server accepts and what it delivers settle at the same rate.
public final class Flow implements Receiver.Listener {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /// @param superseded never arrived, as a newer version of its attempt did
    /// @param repeated arrived more than once
    public record Counts(
            long accepted, long arrived, long superseded, long repeated, long webhookBytes) {}

    private final int onTheirWayMax;
    private final Semaphore room;
    private final Map<String, Journey> journeys = new ConcurrentHashMap<>();
    private final LongAdder accepted = new LongAdder();
    private final LongAdder arrived = new LongAdder();
    private final LongAdder superseded = new LongAdder();
    private final LongAdder repeated = new LongAdder();
    private final LongAdder webhookBytes = new LongAdder();
    private volatile Histogram latencies = new Histogram();
    private volatile long fromNanos = System.nanoTime();

    public Flow(int onTheirWayMax) {
        this.onTheirWayMax = onTheirWayMax;
        this.room = new Semaphore(onTheirWayMax);
    }

    public Journey journey(String participant) {
        return journeys.computeIfAbsent(participant, Journey::new);
    }

    /// Waits for room on the way, then lets the journey's next version depart; returns its number.
    public long depart(Journey journey) throws InterruptedException {
        if (!room.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new BenchFailed("no webhook has arrived for " + PATIENCE.toSeconds() + " s");
        }
        return journey.depart(System.nanoTime());
    }

    void acknowledged() {
        accepted.increment();
    }

    @Override
    public void arrived(String participant, long version, int bodyBytes) {
        long nowNanos = System.nanoTime();
        var journey = journeys.get(participant);
        if (journey == null) {
            return; // of somebody who does not play: an imported result
        }
        var arrival = journey.arrive(version);
        if (arrival.settled() == 0) {
            repeated.increment();
            return;
        }
        arrived.increment();
        webhookBytes.add(bodyBytes);
        superseded.add(arrival.settled() - 1);
        if (arrival.departedNanos() - fromNanos >= 0) {
            latencies.add(nowNanos - arrival.departedNanos());
        }
        room.release(Math.toIntExact(arrival.settled()));
    }

    /// From here on latencies are counted anew, of commits that depart from here on.
    public void beginLatencies() {
        latencies = new Histogram();
        fromNanos = System.nanoTime();
    }

    public Histogram latencies() {
        return latencies;
    }

    public Counts counts() {
        return new Counts(
                accepted.sum(),
                arrived.sum(),
                superseded.sum(),
                repeated.sum(),
                webhookBytes.sum());
    }

    /// Returns when nothing is on its way any more. To be called when nothing departs.
    public void awaitArrivals() throws InterruptedException {
        if (!room.tryAcquire(onTheirWayMax, PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new BenchFailed(
                    (onTheirWayMax - room.availablePermits()) + " webhooks have not arrived");
        }
        room.release(onTheirWayMax);
    }
}
