package io.coursewire.bench.load;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/// Players that commit in turn over a fixed number of connections, until stopped.
public final class Load implements AutoCloseable {
    /// @param pause of each connection between two commits; none for as fast as it goes
    public record Pressure(int connections, Duration pause) {}

    private final Flow flow;
    private final Duration pause;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final AtomicReference<Optional<Exception>> failure =
            new AtomicReference<>(Optional.empty());
    private final List<Thread> threads = new ArrayList<>();

    private Load(Flow flow, Duration pause) {
        this.flow = flow;
        this.pause = pause;
    }

    public static Load start(URI origin, List<Player> players, Flow flow, Pressure pressure) {
        var load = new Load(flow, pressure.pause());
        int connections = Math.min(pressure.connections(), players.size());
        for (int i = 0; i < connections; i++) {
            List<Player> share = everyNth(players, i, connections);
            load.threads.add(Thread.ofVirtual().start(() -> load.run(origin, share)));
        }
        return load;
    }

    /// Throws what kept a player from going on.
    public void check() {
        failure.get()
                .ifPresent(
                        cause -> {
                            throw new BenchFailed(
                                    "the load broke off: " + cause.getMessage(), cause);
                        });
    }

    /// Lets every player finish what it has begun.
    @Override
    public void close() {
        stopped.countDown();
        for (Thread thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private void run(URI origin, List<Player> players) {
        try (var connection = Connection.open(origin)) {
            for (int i = 0; !isOver(); i = (i + 1) % players.size()) {
                players.get(i).commit(flow, connection);
            }
        } catch (IOException | InterruptedException | RuntimeException e) {
            failure.compareAndSet(Optional.empty(), Optional.of(e));
            stopped.countDown();
        }
    }

    private boolean isOver() throws InterruptedException {
        return stopped.await(pause.toNanos(), TimeUnit.NANOSECONDS);
    }

    private static List<Player> everyNth(List<Player> players, int first, int step) {
        var share = new ArrayList<Player>();
        for (int i = first; i < players.size(); i += step) {
            share.add(players.get(i));
        }
        return share;
    }
}
