package io.coursewire.webhooks.replay;

import io.coursewire.kernel.ClientId;
import io.coursewire.webhooks.EndpointId;
import io.coursewire.webhooks.Subscription;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/// Every statement about replays themselves. [ReplayEventStore] has those about their events.
final class ReplayStore {
    /// False when another replay of the endpoint is under way.
    boolean insert(Handle db, Replay replay) {
        var request = replay.request();
        return db.createUpdate(
                                """
                                INSERT INTO replay (client_id, endpoint_id, replay_id, since, until, states, events, max_per_second,
                                                    state, total, created_at)
                                VALUES (:client, :endpoint, :id, :since, :until, :states, :events, :perSecond,
                                        :state, :total, :createdAt)
                                ON CONFLICT DO NOTHING
                                """)
                        .bind("client", replay.client().value())
                        .bind("endpoint", replay.endpoint().value())
                        .bind("id", replay.id())
                        .bind("since", request.since())
                        .bind("until", request.until())
                        .bindArray("states", String.class, request.states().toArray())
                        .bindArray("events", String.class, request.events().toArray())
                        .bind("perSecond", request.maxPerSecond())
                        .bind("state", replay.progress().state().word())
                        .bind("total", replay.progress().total())
                        .bind("createdAt", replay.progress().createdAt())
                        .execute()
                > 0;
    }

    Optional<Replay> find(Handle db, ClientId client, EndpointId endpoint, UUID id) {
        return db.createQuery(
                        """
                        SELECT r.* FROM replay AS r JOIN subscription AS s USING (client_id, endpoint_id)
                        WHERE client_id = :client AND endpoint_id = :endpoint AND replay_id = :id AND s.deleted_at IS NULL
                        """)
                .bind("client", client.value())
                .bind("endpoint", endpoint.value())
                .bind("id", id)
                .map((row, _) -> replay(row))
                .findOne();
    }

    Optional<UUID> running(Handle db, ClientId client, EndpointId endpoint) {
        return db.createQuery(
                        """
                        SELECT replay_id FROM replay
                        WHERE client_id = :client AND endpoint_id = :endpoint AND state = 'running'
                        """)
                .bind("client", client.value())
                .bind("endpoint", endpoint.value())
                .mapTo(UUID.class)
                .findOne();
    }

    List<Replay> list(Handle db, Subscription endpoint, Optional<UUID> before, int limit) {
        return db.createQuery(
                        """
                        SELECT * FROM replay WHERE client_id = :client AND endpoint_id = :endpoint
                        AND (:before::uuid IS NULL OR replay_id < :before::uuid)
                        ORDER BY replay_id DESC LIMIT :limit
                        """)
                .bind("client", endpoint.client().value())
                .bind("endpoint", endpoint.id().value())
                .bind("before", before.orElse(null))
                .bind("limit", limit)
                .map((row, _) -> replay(row))
                .list();
    }

    /// False when there is none; one that has ended stays as it is.
    boolean cancel(Handle db, ClientId client, EndpointId endpoint, UUID id, Instant now) {
        if (find(db, client, endpoint, id).isEmpty()) {
            return false;
        }
        db.createUpdate(
                        """
                        UPDATE replay SET state = 'cancelled', reason = 'cancelled on request', finished_at = :now
                        WHERE client_id = :client AND endpoint_id = :endpoint AND replay_id = :id AND state = 'running'
                        """)
                .bind("client", client.value())
                .bind("endpoint", endpoint.value())
                .bind("id", id)
                .bind("now", now)
                .execute();
        return true;
    }

    /// Takes replays that nobody works on, of all clients but some, the first one of each: for the nodes alone.
    List<Replay> claim(Handle db, UUID node, Duration lease, Set<ClientId> fullClients, int max) {
        return db.createQuery(
                        """
                        UPDATE replay AS r SET node_id = :node, leased_until = now() + :seconds * interval '1 second'
                        FROM (SELECT client_id, endpoint_id, replay_id FROM replay
                              WHERE state = 'running' AND (leased_until IS NULL OR leased_until < now())
                                AND (client_id, replay_id) IN (
                                    SELECT DISTINCT ON (client_id) client_id, replay_id FROM replay
                                    WHERE state = 'running' AND (leased_until IS NULL OR leased_until < now())
                                      AND client_id <> ALL(:fullClients)
                                    ORDER BY client_id, replay_id)
                              ORDER BY replay_id LIMIT :max FOR UPDATE SKIP LOCKED) AS free
                        WHERE r.client_id = free.client_id AND r.endpoint_id = free.endpoint_id AND r.replay_id = free.replay_id
                        RETURNING r.*
                        """)
                .bind("node", node)
                .bind("seconds", lease.toSeconds())
                .bindArray(
                        "fullClients",
                        String.class,
                        fullClients.stream().map(ClientId::value).toArray())
                .bind("max", max)
                .map((row, _) -> replay(row))
                .list();
    }

    /// Keeps replays of this node. Returns those that are still its own and run.
    Set<UUID> renew(Handle db, UUID node, Set<UUID> replays, Duration lease) {
        return db.createQuery(
                        """
                        UPDATE replay SET leased_until = now() + :seconds * interval '1 second'
                        WHERE node_id = :node AND replay_id = ANY(:replays) AND state = 'running' RETURNING replay_id
                        """)
                .bind("node", node)
                .bindArray("replays", UUID.class, replays.toArray())
                .bind("seconds", lease.toSeconds())
                .mapTo(UUID.class)
                .set();
    }

    void giveBack(Handle db, UUID node) {
        db.createUpdate(
                        """
                        UPDATE replay SET node_id = NULL, leased_until = NULL
                        WHERE node_id = :node AND state = 'running'
                        """)
                .bind("node", node)
                .execute();
    }

    /// Everything up to a position is done. Returns whether the replay is still this node's and runs on.
    boolean advance(Handle db, Replay replay, UUID node, long position, List<Sent> sent) {
        long delivered = sent.stream().filter(Sent::delivered).count();
        return db.createQuery(
                        """
                        UPDATE replay SET position = greatest(position, :position),
                            delivered = delivered + :delivered, failed = failed + :failed
                        WHERE client_id = :client AND endpoint_id = :endpoint AND replay_id = :id AND node_id = :node
                        RETURNING state = 'running'
                        """)
                .bind("position", position)
                .bind("delivered", delivered)
                .bind("failed", sent.size() - delivered)
                .bind("client", replay.client().value())
                .bind("endpoint", replay.endpoint().value())
                .bind("id", replay.id())
                .bind("node", node)
                .mapTo(Boolean.class)
                .findOne()
                .orElse(false);
    }

    void finish(Handle db, Replay replay, ReplayState state, Optional<String> reason, Instant now) {
        db.createUpdate(
                        """
                        UPDATE replay SET state = :state, reason = :reason, finished_at = :now
                        WHERE client_id = :client AND endpoint_id = :endpoint AND replay_id = :id AND state = 'running'
                        """)
                .bind("state", state.word())
                .bind("reason", reason)
                .bind("now", now)
                .bind("client", replay.client().value())
                .bind("endpoint", replay.endpoint().value())
                .bind("id", replay.id())
                .execute();
    }

    private static Replay replay(ResultSet row) throws SQLException {
        var request =
                new ReplayRequest(
                        instant(row, "since").orElseThrow(),
                        instant(row, "until").orElseThrow(),
                        Set.of((String[]) row.getArray("states").getArray()),
                        Set.of((String[]) row.getArray("events").getArray()),
                        row.getInt("max_per_second"));
        var progress =
                new Replay.Progress(
                        ReplayState.BY_WORD.get(row.getString("state")),
                        Optional.ofNullable(row.getString("reason")),
                        row.getLong("total"),
                        row.getLong("position"),
                        row.getLong("delivered"),
                        row.getLong("failed"),
                        instant(row, "created_at").orElseThrow(),
                        instant(row, "finished_at"));
        return new Replay(
                new ClientId(row.getString("client_id")),
                new EndpointId(row.getObject("endpoint_id", UUID.class)),
                row.getObject("replay_id", UUID.class),
                request,
                progress);
    }

    private static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, OffsetDateTime.class))
                .map(OffsetDateTime::toInstant);
    }
}
