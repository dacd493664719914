package io.coursewire.webhooks.replay;

import io.coursewire.webhooks.EndpointHealth;
import io.coursewire.webhooks.OutboxEvent;
import io.coursewire.webhooks.Subscription;
import io.coursewire.webhooks.delivery.EventStore;
import io.coursewire.webhooks.watch.Alert;
import io.coursewire.webhooks.watch.Alerts;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Handle;

/// One replay at work on this node, from where it stood to its end. A crash costs nothing but duplicates:
/// at most one batch is sent again.
final class RunReplay {
    static final int BATCH_MAX = 100;

    private static final int SCANNED_AT_ONCE = 500;
    private static final int FAILED_IN_ROW_MAX = 10;
    private static final Duration BREATH = Duration.ofSeconds(1);
    private static final int DOUBLINGS_MAX = 6;

    private final Means means;
    private final UUID node;
    private final Replay replay;
    private final SendBatch sendBatch;
    private final ReplayStore replays = new ReplayStore();
    private final ReplayEventStore records = new ReplayEventStore();
    private final EventStore events = new EventStore();
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final Deque<Candidate> found = new ArrayDeque<>();

    private long scanned;
    private boolean scannedAll;
    private int failedInRow;
    private int failedRounds;
    private volatile boolean resting;

    RunReplay(Means means, UUID node, Replay replay) {
        this.means = means;
        this.node = node;
        this.replay = replay;
        this.scanned = replay.progress().position();
        this.sendBatch = new SendBatch(means.courier(), means.paces(), this::goesOn);
    }

    /// Returns when the replay has ended, or is no longer this node's.
    void run() {
        List<Pending> batch = List.of();
        while (goesOn()) {
            Optional<Subscription> endpoint = endpoint();
            if (endpoint.isEmpty()) {
                finish(ReplayState.CANCELLED, "the webhook was deleted");
            } else if (!endpoint.get().health().enabled()) {
                finish(ReplayState.STOPPED, "the webhook is disabled");
            } else if (endpoint.get().standsStill().isPresent()) {
                finish(
                        ReplayState.STOPPED,
                        "the webhook stands still: " + endpoint.get().standsStill().get());
            } else if (isPaused(endpoint.get())) {
                rest(BREATH);
            } else {
                batch = batch.isEmpty() ? next(endpoint.get()) : batch;
                batch = batch.isEmpty() ? batch : send(endpoint.get(), batch);
            }
        }
    }

    void stop() {
        stopped.countDown();
    }

    Replay replay() {
        return replay;
    }

    /// Whether it waits for its endpoint to be well again, and takes nobody's place.
    boolean isResting() {
        return resting;
    }

    private boolean goesOn() {
        return stopped.getCount() > 0;
    }

    private Optional<Subscription> endpoint() {
        return means.jdbi()
                .withHandle(
                        db -> means.subscriptions().find(db, replay.client(), replay.endpoint()));
    }

    private boolean isPaused(Subscription endpoint) {
        Instant now = means.clock().instant();
        return endpoint.health().pausedUntil().filter(now::isBefore).isPresent();
    }

    /// About a second's worth of events; none at the end, or after a stretch without any.
    private List<Pending> next(Subscription endpoint) {
        int size = Math.min(BATCH_MAX, replay.request().maxPerSecond());
        if (found.isEmpty() && !scannedAll) {
            scan(endpoint);
        }
        if (found.isEmpty() && scannedAll) {
            finish(ReplayState.DONE, null);
        }
        var taken = new ArrayList<Candidate>();
        while (taken.size() < size && !found.isEmpty()) {
            taken.add(found.remove());
        }
        return taken.isEmpty() ? List.of() : read(taken);
    }

    private void scan(Subscription endpoint) {
        var seen =
                means.jdbi()
                        .withHandle(
                                db ->
                                        records.scan(
                                                db,
                                                endpoint,
                                                replay.request(),
                                                scanned,
                                                SCANNED_AT_ONCE));
        seen.stream().filter(Candidate::chosen).forEach(found::add);
        scannedAll = seen.size() < SCANNED_AT_ONCE;
        scanned = seen.isEmpty() ? scanned : seen.getLast().position();
        if (found.isEmpty() && !scannedAll) {
            record(List.of(), scanned);
        }
    }

    private List<Pending> read(List<Candidate> taken) {
        var places =
                taken.stream()
                        .map(
                                c ->
                                        new EventStore.Place(
                                                replay.client().value(), c.position(), c.event()))
                        .toList();
        Map<Long, OutboxEvent> stored = means.jdbi().withHandle(db -> events.read(db, places));
        return taken.stream()
                .filter(c -> stored.containsKey(c.position()))
                .map(c -> Pending.first(c.position(), stored.get(c.position())))
                .toList();
    }

    private List<Pending> send(Subscription endpoint, List<Pending> batch) {
        var result = sendBatch.send(endpoint, batch, replay.request().maxPerSecond());
        record(result.sent(), doneUpTo(batch, result.rest()));
        result.sent().forEach(sent -> failedInRow = sent.delivered() ? 0 : failedInRow + 1);
        failedRounds = result.rest().isEmpty() ? 0 : failedRounds + 1;
        if (result.gone()) {
            means.jdbi().useTransaction(this::disable);
            finish(ReplayState.STOPPED, EndpointHealth.REASON_GONE);
        } else if (failedInRow >= FAILED_IN_ROW_MAX) {
            finish(
                    ReplayState.STOPPED,
                    "%d events in a row could not be delivered".formatted(failedInRow));
        } else if (result.pauseUntil().isPresent()) {
            rest(Duration.between(means.clock().instant(), result.pauseUntil().get()));
        } else if (failedRounds > 0) {
            rest(BREATH.multipliedBy(1L << Math.min(failedRounds - 1, DOUBLINGS_MAX)));
        }
        return result.rest();
    }

    private static long doneUpTo(List<Pending> batch, List<Pending> rest) {
        return rest.isEmpty() ? batch.getLast().position() : rest.getFirst().position() - 1;
    }

    private void record(List<Sent> sent, long doneUpTo) {
        boolean runsOn =
                means.jdbi()
                        .inTransaction(
                                db -> {
                                    if (!sent.isEmpty()) {
                                        records.record(db, replay, sent, means.clock().instant());
                                    }
                                    return replays.advance(db, replay, node, doneUpTo, sent);
                                });
        if (!runsOn) {
            stop();
        }
    }

    private void disable(Handle db) {
        Instant now = means.clock().instant();
        String reason = EndpointHealth.REASON_GONE;
        if (means.subscriptions().disable(db, replay.client(), replay.endpoint(), reason, now)) {
            new Alerts(means.clock())
                    .tell(
                            db,
                            new Alert(
                                    Alert.Kind.ENDPOINT_DISABLED,
                                    replay.endpoint().toString(),
                                    Optional.of(replay.client()),
                                    "the webhook is disabled: it " + reason));
        }
    }

    private void finish(ReplayState state, String reason) {
        means.jdbi()
                .useTransaction(
                        db ->
                                replays.finish(
                                        db,
                                        replay,
                                        state,
                                        Optional.ofNullable(reason),
                                        means.clock().instant()));
        stop();
    }

    private void rest(Duration time) {
        resting = true;
        try {
            stopped.await(Math.max(0, time.toMillis()), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            stop();
        } finally {
            resting = false;
        }
    }
}
