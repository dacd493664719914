package io.coursewire.app;

import io.coursewire.app.Receiver.Received;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

/// What a local receiver got, in order of arrival, to be awaited and read.
final class Inbox implements Consumer<Received> {
    record Arrival(Received webhook, Instant at) {
        String event() {
            return webhook.header("coursewire-event");
        }

        String version() {
            return webhook.header("coursewire-attempt-version");
        }
    }

    private final InstantSource clock;
    private final List<Arrival> arrivals = new ArrayList<>();
    private Consumer<Arrival> onArrival = _ -> {};

    Inbox(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public synchronized void accept(Received webhook) {
        var arrival = new Arrival(webhook, clock.instant());
        arrivals.add(arrival);
        onArrival.accept(arrival);
        notifyAll();
    }

    synchronized List<Arrival> all() {
        return List.copyOf(arrivals);
    }

    /// Hands what arrives from now on to `consumer` too.
    synchronized void tell(Consumer<Arrival> consumer) {
        onArrival = consumer;
    }

    /// The first that is wanted, or empty when none came in time.
    synchronized Optional<Arrival> await(Predicate<Arrival> wanted, Duration patience)
            throws InterruptedException {
        long deadlineNanos = System.nanoTime() + patience.toNanos();
        while (true) {
            var found = arrivals.stream().filter(wanted).findFirst();
            long leftMillis = (deadlineNanos - System.nanoTime()) / 1_000_000;
            if (found.isPresent() || leftMillis <= 0) {
                return found;
            }
            wait(leftMillis);
        }
    }
}
