package io.coursewire.storage;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jdbi.v3.core.ConnectionFactory;

/// Hands out the connections of a pool so that a flood of requests of one party leaves some to the others, and all
/// parties together leave some to what the server does of its own accord, such as to renew its leases.
public final class Shares implements ConnectionFactory {
    /// As many as one party may have in use.
    public static final int PARTY_MAX = 8;

    /// As many as all parties together may have in use.
    static final int ALL_MAX = Database.CONNECTIONS_MAX - 4;

    private static final ScopedValue<String> PARTY = ScopedValue.newInstance();

    private final HikariDataSource pool;
    private final Duration wait;
    private final Semaphore all = new Semaphore(ALL_MAX, true);
    private final Map<String, Share> shares = new ConcurrentHashMap<>();
    private final Map<Connection, String> inUse = new ConcurrentHashMap<>();

    Shares(HikariDataSource pool, Duration wait) {
        this.pool = pool;
        this.wait = wait;
    }

    /// Does `task` on behalf of a party: what it opens counts against that party's share.
    public static <T> T onBehalfOf(String party, Supplier<T> task) {
        return ScopedValue.where(PARTY, party).call(task::get);
    }

    /// @throws Overloaded when the party has its share in use and gives none of it back soon
    @Override
    public Connection openConnection() throws SQLException {
        if (!PARTY.isBound()) {
            return pool.getConnection();
        }
        String party = PARTY.get();
        take(party);
        try {
            var connection = pool.getConnection();
            inUse.put(connection, party);
            return connection;
        } catch (SQLException | RuntimeException e) {
            give(party);
            throw e;
        }
    }

    @Override
    public void closeConnection(Connection connection) throws SQLException {
        String party = inUse.remove(connection);
        try {
            connection.close();
        } finally {
            if (party != null) {
                give(party);
            }
        }
    }

    /// How many parties have connections in use or wait for some.
    int parties() {
        return shares.size();
    }

    private void take(String party) {
        long end = System.nanoTime() + wait.toNanos();
        var share =
                shares.compute(
                        party, (_, found) -> (found == null ? new Share() : found).oneMore());
        if (!take(share.turns, end)) {
            leave(party);
            throw new Overloaded("many other requests of this client are being done");
        }
        if (!take(all, end)) {
            share.turns.release();
            leave(party);
            throw new Overloaded("many other requests are being done");
        }
    }

    private void give(String party) {
        all.release();
        shares.get(party).turns.release();
        leave(party);
    }

    private void leave(String party) {
        shares.computeIfPresent(party, (_, share) -> share.oneLess() ? null : share);
    }

    private static boolean take(Semaphore turns, long end) {
        try {
            return turns.tryAcquire(end - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Overloaded("the server is stopping");
        }
    }

    /// What one party has in use, kept as long as anybody uses it or waits for it.
    private static final class Share {
        private final Semaphore turns = new Semaphore(PARTY_MAX, true);
        private int askers;

        // Both are called under the map's lock of the party.
        private Share oneMore() {
            askers++;
            return this;
        }

        private boolean oneLess() {
            askers--;
            return askers == 0;
        }
    }
}
