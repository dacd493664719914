package io.coursewire.packages;

import io.coursewire.kernel.ClientId;
import io.coursewire.storage.Overloaded;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/// So many packages are read and unpacked at once, as each takes memory and a processor; of one client fewer, so that a flood of
/// its packages leaves turns to others.
final class ImportTurns {
    static final int ALL_MAX = 3;
    static final int CLIENT_MAX = 2;

    /// Long enough for most packages; who sent one would have to send it again.
    static final Duration WAIT = Duration.ofSeconds(60);

    private final Duration wait;
    private final Map<ClientId, Integer> taken = new HashMap<>();
    private int waiting;

    ImportTurns(Duration wait) {
        this.wait = wait;
    }

    /// @throws Overloaded when others do not come to an end soon
    <T> T take(ClientId client, Supplier<T> task) {
        await(client);
        try {
            return task.get();
        } finally {
            give(client);
        }
    }

    private synchronized void await(ClientId client) {
        long end = System.nanoTime() + wait.toNanos();
        waiting++;
        try {
            while (!isFree(client)) {
                long leftMillis = Duration.ofNanos(end - System.nanoTime()).toMillis();
                if (leftMillis <= 0) {
                    throw new Overloaded("other packages are being brought in");
                }
                wait(leftMillis);
            }
            taken.merge(client, 1, Integer::sum);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Overloaded("the server is stopping");
        } finally {
            waiting--;
        }
    }

    private boolean isFree(ClientId client) {
        int all = taken.values().stream().mapToInt(Integer::intValue).sum();
        return all < ALL_MAX && taken.getOrDefault(client, 0) < CLIENT_MAX;
    }

    private synchronized void give(ClientId client) {
        taken.computeIfPresent(client, (_, count) -> count == 1 ? null : count - 1);
        notifyAll();
    }

    synchronized int waiting() {
        return waiting;
    }
}
