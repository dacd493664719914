package io.coursewire.webhooks.delivery;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells the other nodes that there is something to deliver, and hears it from them.
///
/// NOTIFY takes a lock on the whole database at commit, so it never stands in a transaction that holds
/// data: one thread sends it, many wake-ups at a time as one, and only when there is somebody to hear.
/// What is missed costs time, never an event: every node looks by itself a few times a second.
final class Wakeups implements AutoCloseable {
    private static final Duration GAP = Duration.ofMillis(10);
    private static final Duration TURN = Duration.ofSeconds(1);
    private static final Duration PAUSE_AFTER_FAULT = Duration.ofSeconds(2);
    private static final Logger LOG = LoggerFactory.getLogger(Wakeups.class);

    private final WakeupStore store = new WakeupStore();
    private final Jdbi jdbi;
    private final Leases leases;
    private final Signal local;
    private final Duration turn;
    private final Signal toTell = new Signal();
    private final List<Thread> threads = new ArrayList<>();
    private final Closing closing = new Closing();
    private volatile boolean listening;

    Wakeups(Jdbi jdbi, Leases leases, Signal local) {
        this(jdbi, leases, local, TURN);
    }

    /// @param turn after how long each thread looks whether there are others still
    Wakeups(Jdbi jdbi, Leases leases, Signal local, Duration turn) {
        this.jdbi = jdbi;
        this.leases = leases;
        this.local = local;
        this.turn = turn;
    }

    void start() {
        threads.add(Thread.ofVirtual().name("deliver-notify").start(() -> loop(this::tell)));
        threads.add(Thread.ofVirtual().name("deliver-listen").start(() -> loop(this::listen)));
    }

    void wake() {
        local.raise();
        if (leases.nodes() > 1) {
            toTell.raise();
        }
    }

    @Override
    public void close() {
        closing.begin();
        toTell.raise();
        wakeListener();
        for (Thread thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /// It sleeps in the database, and hears this node's own words there too.
    private void wakeListener() {
        if (listening) {
            try {
                jdbi.useHandle(store::tell);
            } catch (RuntimeException e) {
                LOG.atDebug().setCause(e).log("the listener wakes by itself, a little later");
            }
        }
    }

    private interface Part {
        void run() throws Exception;
    }

    private void loop(Part part) {
        while (!closing.hasBegun()) {
            try {
                part.run();
            } catch (Exception e) {
                LOG.atDebug().setCause(e).log("wake-ups between nodes are late");
                closing.pause(PAUSE_AFTER_FAULT);
            }
        }
    }

    private void tell() throws InterruptedException {
        if (toTell.await(turn) && leases.nodes() > 1) {
            jdbi.useHandle(store::tell);
            closing.pause(GAP);
        }
    }

    private void listen() throws Exception {
        if (leases.nodes() == 1) {
            closing.pause(turn);
            return;
        }
        try (Handle db = jdbi.open()) {
            store.listen(db);
            listening = true;
            PGConnection connection = db.getConnection().unwrap(PGConnection.class);
            while (!closing.hasBegun() && leases.nodes() > 1) {
                var heard = connection.getNotifications((int) turn.toMillis());
                if (heard != null && heard.length > 0) {
                    local.raise();
                }
            }
            store.unlisten(db);
        } finally {
            listening = false;
        }
    }
}
