package io.coursewire.webhooks.replay;

import io.coursewire.kernel.ClientId;
import io.coursewire.storage.TellFailures;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One node's part of the replays of all clients, a few of each at once. Each replay has one node at a time; another takes over
/// when that one does not renew its lease.
public final class RunReplays implements AutoCloseable {
    static final int AT_ONCE_MAX = 64;
    static final int OF_CLIENT_MAX = 4;

    /// With those that rest: they keep what they have read.
    static final int HELD_MAX = 256;

    static final int HELD_OF_CLIENT_MAX = 16;

    private static final Duration LEASE = Duration.ofSeconds(20);
    private static final Duration LOOK = Duration.ofMillis(500);
    private static final Logger LOG = LoggerFactory.getLogger(RunReplays.class);

    private final Means means;
    private final UUID node = UUID.randomUUID();
    private final ReplayStore store = new ReplayStore();
    private final Map<UUID, Run> running = new ConcurrentHashMap<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread loop = Thread.ofVirtual().name("replays").unstarted(this::run);

    private record Run(RunReplay work, Thread thread) {}

    public RunReplays(Means means) {
        this.means = means;
    }

    public RunReplays start() {
        loop.start();
        return this;
    }

    /// Waits for the requests under way and leaves the rest to other nodes.
    @Override
    public void close() {
        closed.countDown();
        join(loop);
        var last = List.copyOf(running.values());
        last.forEach(run -> run.work().stop());
        last.forEach(run -> join(run.thread()));
        means.jdbi().useTransaction(db -> store.giveBack(db, node));
    }

    private void run() {
        var failures = new TellFailures(LOG, "looking for replays");
        while (!isClosedWithin(LOOK)) {
            try {
                look();
                failures.succeeded();
            } catch (RuntimeException e) {
                failures.failed(e);
            }
        }
    }

    private void look() {
        if (!running.isEmpty()) {
            Set<UUID> held =
                    means.jdbi()
                            .inTransaction(
                                    db ->
                                            store.renew(
                                                    db, node, Set.copyOf(running.keySet()), LEASE));
            running.forEach(
                    (id, run) -> {
                        if (!held.contains(id)) {
                            run.work().stop();
                        }
                    });
        }
        int free = Math.min(AT_ONCE_MAX - (int) atWork(), HELD_MAX - running.size());
        if (free > 0) {
            means.jdbi()
                    .inTransaction(db -> store.claim(db, node, LEASE, fullClients(), free))
                    .forEach(this::begin);
        }
    }

    private long atWork() {
        return running.values().stream().filter(run -> !run.work().isResting()).count();
    }

    private Set<ClientId> fullClients() {
        Map<ClientId, List<RunReplay>> byClient =
                running.values().stream()
                        .map(Run::work)
                        .collect(Collectors.groupingBy(work -> work.replay().client()));
        byClient.values().removeIf(RunReplays::hasRoom);
        return byClient.keySet();
    }

    private static boolean hasRoom(List<RunReplay> ofClient) {
        return ofClient.size() < HELD_OF_CLIENT_MAX
                && ofClient.stream().filter(work -> !work.isResting()).count() < OF_CLIENT_MAX;
    }

    private void begin(Replay replay) {
        var work = new RunReplay(means, node, replay);
        var thread =
                Thread.ofVirtual().name("replay-" + replay.id()).unstarted(() -> run(work, replay));
        running.put(replay.id(), new Run(work, thread));
        thread.start();
    }

    private void run(RunReplay work, Replay replay) {
        try {
            work.run();
        } catch (RuntimeException e) {
            // Its lease runs out, and whoever takes it next goes on where it was recorded.
            LOG.atError().addKeyValue("replay", replay.id()).setCause(e).log("a replay stumbled");
        } finally {
            running.remove(replay.id());
        }
    }

    private boolean isClosedWithin(Duration time) {
        try {
            return closed.await(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            return true;
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
