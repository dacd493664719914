package io.coursewire.webhooks;

import io.coursewire.kernel.ClientId;
import io.coursewire.kernel.Json;
import io.coursewire.kernel.SecretKey;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.type.TypeReference;

/// Every statement about subscriptions. Each change takes the next revision under a lock, so that
/// whoever has seen a revision has seen every change up to it.
public final class SubscriptionStore {
    private static final TypeReference<Map<String, List<String>>> FILTER = new TypeReference<>() {};

    private static final String PURPOSE = "webhook secrets";
    private static final Logger LOG = LoggerFactory.getLogger(SubscriptionStore.class);

    private final SecretKey secretKey;

    public SubscriptionStore(SecretKey secretKey) {
        this.secretKey = secretKey;
    }

    /// A subscription as it was changed, or that it was deleted.
    ///
    /// @param catchingUp it was enabled again, and what waited for it has not all gone out yet
    public record Change(
            long revision, Subscription subscription, boolean catchingUp, boolean deleted) {}

    void insert(Handle db, Subscription subscription) {
        var insert =
                db.createUpdate(
                        """
                        INSERT INTO subscription (client_id, endpoint_id, revision, url, description, events, format, filter,
                            signatures, raw_signature_header, max_requests_per_second, secrets, created_at, updated_at)
                        VALUES (:client, :endpoint, :revision, :url, :description, :events, :format, :filter::jsonb,
                            :signatures, :rawHeader, :perSecond, :secrets, :createdAt, :updatedAt)
                        """);
        bind(db, insert, subscription).bind("createdAt", subscription.createdAt());
        insert.execute();
    }

    void update(Handle db, Subscription subscription) {
        var update =
                db.createUpdate(
                        """
                        UPDATE subscription SET revision = :revision, url = :url, description = :description, events = :events,
                            format = :format, filter = :filter::jsonb, signatures = :signatures, raw_signature_header = :rawHeader,
                            max_requests_per_second = :perSecond, secrets = :secrets, updated_at = :updatedAt,
                            enabled = :enabled, disabled_reason = :disabledReason, disabled_at = :disabledAt,
                            failing_since = :failingSince, paused_until = :pausedUntil,
                            catching_up = :enabled AND (catching_up OR NOT enabled)
                        WHERE client_id = :client AND endpoint_id = :endpoint
                        """);
        EndpointHealth health = subscription.health();
        bind(db, update, subscription)
                .bind("enabled", health.enabled())
                .bind("disabledReason", health.disabledReason())
                .bind("disabledAt", health.disabledAt())
                .bind("failingSince", health.failingSince())
                .bind("pausedUntil", health.pausedUntil());
        update.execute();
    }

    boolean delete(Handle db, ClientId client, EndpointId endpoint, Instant now) {
        return db.createUpdate(
                                """
                                UPDATE subscription SET revision = :revision, deleted_at = :now, secrets = ''
                                WHERE client_id = :client AND endpoint_id = :endpoint AND deleted_at IS NULL
                                """)
                        .bind("revision", nextRevision(db))
                        .bind("now", now)
                        .bind("client", client.value())
                        .bind("endpoint", endpoint.value())
                        .execute()
                > 0;
    }

    /// Changes come one after the other. Before any row is locked: none then waits for another in a circle.
    void awaitTurn(Handle db) {
        db.execute("SELECT FROM subscription_revision FOR NO KEY UPDATE");
    }

    /// Locked against other changes until the transaction ends.
    Optional<Subscription> lock(Handle db, ClientId client, EndpointId endpoint) {
        awaitTurn(db);
        return db.createQuery(
                        """
                        SELECT * FROM subscription WHERE client_id = :client AND endpoint_id = :endpoint
                        AND deleted_at IS NULL FOR UPDATE
                        """)
                .bind("client", client.value())
                .bind("endpoint", endpoint.value())
                .map((row, _) -> read(row))
                .findOne();
    }

    public Optional<Subscription> find(Handle db, ClientId client, EndpointId endpoint) {
        return db.createQuery(
                        """
                        SELECT * FROM subscription WHERE client_id = :client AND endpoint_id = :endpoint
                        AND deleted_at IS NULL
                        """)
                .bind("client", client.value())
                .bind("endpoint", endpoint.value())
                .map((row, _) -> read(row))
                .findOne();
    }

    List<Subscription> list(Handle db, ClientId client, Optional<EndpointId> after, int limit) {
        return db.createQuery(
                        """
                        SELECT * FROM subscription WHERE client_id = :client AND deleted_at IS NULL
                        AND (:after::uuid IS NULL OR endpoint_id > :after::uuid)
                        ORDER BY endpoint_id LIMIT :limit
                        """)
                .bind("client", client.value())
                .bind("after", after.map(EndpointId::value).orElse(null))
                .bind("limit", limit)
                .map((row, _) -> read(row))
                .list();
    }

    int count(Handle db, ClientId client) {
        return db.createQuery(
                        "SELECT count(*) FROM subscription WHERE client_id = :client AND deleted_at IS NULL")
                .bind("client", client.value())
                .mapTo(Integer.class)
                .one();
    }

    public long revision(Handle db) {
        return db.createQuery("SELECT revision FROM subscription_revision").mapTo(Long.class).one();
    }

    /// What changed after a revision, of all clients: for the delivery alone.
    public List<Change> changedSince(Handle db, long revision) {
        return db.createQuery(
                        "SELECT * FROM subscription WHERE revision > :revision ORDER BY revision")
                .bind("revision", revision)
                .map((row, _) -> change(row))
                .list();
    }

    /// Remembers since when deliveries fail, and until when they pause.
    public void failing(
            Handle db,
            ClientId client,
            EndpointId endpoint,
            Instant since,
            Optional<Instant> pausedUntil) {
        db.createUpdate(
                        """
                        UPDATE subscription SET revision = :revision, failing_since = coalesce(failing_since, :since),
                            paused_until = greatest(paused_until, :pausedUntil)
                        WHERE client_id = :client AND endpoint_id = :endpoint
                        """)
                .bind("revision", nextRevision(db))
                .bind("since", since)
                .bind("pausedUntil", pausedUntil)
                .bind("client", client.value())
                .bind("endpoint", endpoint.value())
                .execute();
    }

    void endPause(Handle db, ClientId client, EndpointId endpoint) {
        db.createUpdate(
                        """
                        UPDATE subscription SET revision = :revision, paused_until = NULL
                        WHERE client_id = :client AND endpoint_id = :endpoint
                        """)
                .bind("revision", nextRevision(db))
                .bind("client", client.value())
                .bind("endpoint", endpoint.value())
                .execute();
    }

    public void recovered(Handle db, ClientId client, EndpointId endpoint) {
        db.createUpdate(
                        """
                        UPDATE subscription SET revision = :revision, failing_since = NULL, paused_until = NULL
                        WHERE client_id = :client AND endpoint_id = :endpoint
                        """)
                .bind("revision", nextRevision(db))
                .bind("client", client.value())
                .bind("endpoint", endpoint.value())
                .execute();
    }

    /// Switches an endpoint on again that was off for a reason that is not someone's wish.
    public void enable(Handle db, ClientId client, EndpointId endpoint) {
        db.createUpdate(
                        """
                        UPDATE subscription SET revision = :revision, enabled = true, disabled_reason = NULL, disabled_at = NULL,
                            failing_since = NULL, paused_until = NULL, catching_up = true
                        WHERE client_id = :client AND endpoint_id = :endpoint AND NOT enabled AND disabled_reason <> :byHand
                        """)
                .bind("revision", nextRevision(db))
                .bind("client", client.value())
                .bind("endpoint", endpoint.value())
                .bind("byHand", EndpointHealth.REASON_BY_HAND)
                .execute();
    }

    /// Switches an endpoint off for a reason that is not someone's wish. Returns whether it was on.
    public boolean disable(
            Handle db, ClientId client, EndpointId endpoint, String reason, Instant now) {
        return db.createUpdate(
                                """
                        UPDATE subscription SET revision = :revision, enabled = false, disabled_reason = :reason, disabled_at = :now,
                            catching_up = false
                        WHERE client_id = :client AND endpoint_id = :endpoint AND enabled
                        """)
                        .bind("revision", nextRevision(db))
                        .bind("reason", reason)
                        .bind("now", now)
                        .bind("client", client.value())
                        .bind("endpoint", endpoint.value())
                        .execute()
                > 0;
    }

    /// Whether a disabled endpoint is this caller's to probe: of several that ask within a pause, one is told so.
    public boolean claimProbe(
            Handle db, ClientId client, EndpointId endpoint, Duration pause, Instant now) {
        return db.createUpdate(
                                """
                        UPDATE subscription SET probed_at = :now
                        WHERE client_id = :client AND endpoint_id = :endpoint AND NOT enabled
                        AND greatest(disabled_at, probed_at) <= :lastBefore
                        """)
                        .bind("now", now)
                        .bind("lastBefore", now.minus(pause))
                        .bind("client", client.value())
                        .bind("endpoint", endpoint.value())
                        .execute()
                > 0;
    }

    /// All that waited has gone out.
    public void caughtUp(Handle db, ClientId client, EndpointId endpoint) {
        db.createUpdate(
                        """
                        UPDATE subscription SET revision = :revision, catching_up = false
                        WHERE client_id = :client AND endpoint_id = :endpoint AND catching_up
                        """)
                .bind("revision", nextRevision(db))
                .bind("client", client.value())
                .bind("endpoint", endpoint.value())
                .execute();
    }

    private long nextRevision(Handle db) {
        return db.createQuery(
                        "UPDATE subscription_revision SET revision = revision + 1 RETURNING revision")
                .mapTo(Long.class)
                .one();
    }

    private <S extends SqlStatement<S>> S bind(Handle db, S statement, Subscription subscription) {
        SubscriptionSettings settings = subscription.settings();
        return statement
                .bind("client", subscription.client().value())
                .bind("endpoint", subscription.id().value())
                .bind("revision", nextRevision(db))
                .bind("url", settings.url())
                .bind("description", settings.description())
                .bindArray("events", String.class, settings.events().stream().sorted().toArray())
                .bind("format", settings.format().word())
                .bind("filter", Json.MAPPER.writeValueAsString(settings.filter().wanted()))
                .bindArray(
                        "signatures",
                        String.class,
                        settings.signatures().stream().sorted().toArray())
                .bind("rawHeader", settings.rawSignatureHeader())
                .bind("perSecond", settings.maxRequestsPerSecond())
                .bind("secrets", secretKey.seal(PURPOSE, SecretsJson.write(subscription.secrets())))
                .bind("updatedAt", subscription.updatedAt());
    }

    private Change change(ResultSet row) throws SQLException {
        boolean deleted = row.getObject("deleted_at") != null;
        return new Change(
                row.getLong("revision"),
                read(row, deleted),
                row.getBoolean("catching_up"),
                deleted);
    }

    private Subscription read(ResultSet row) throws SQLException {
        return read(row, false);
    }

    private Subscription read(ResultSet row, boolean deleted) throws SQLException {
        var secrets = deleted ? SubscriptionSecrets.LOST : secrets(row.getBytes("secrets"));
        return new Subscription(
                new ClientId(row.getString("client_id")),
                new EndpointId(row.getObject("endpoint_id", UUID.class)),
                settings(row),
                secrets,
                health(row),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                row.getObject("updated_at", OffsetDateTime.class).toInstant());
    }

    // One that was damaged must not keep the others from being read.
    private SubscriptionSecrets secrets(byte[] sealed) {
        try {
            return SecretsJson.read(secretKey.unseal(PURPOSE, sealed));
        } catch (RuntimeException e) {
            LOG.atDebug().setCause(e).log("a webhook's secrets cannot be read");
            return SubscriptionSecrets.LOST;
        }
    }

    private static SubscriptionSettings settings(ResultSet row) throws SQLException {
        return new SubscriptionSettings(
                row.getString("url"),
                Optional.ofNullable(row.getString("description")),
                Set.of((String[]) row.getArray("events").getArray()),
                Format.BY_WORD.get(row.getString("format")),
                new Filter(Json.MAPPER.readValue(row.getString("filter"), FILTER)),
                Set.of((String[]) row.getArray("signatures").getArray()),
                Optional.ofNullable(row.getString("raw_signature_header")),
                Optional.ofNullable(row.getObject("max_requests_per_second", Integer.class)));
    }

    private static EndpointHealth health(ResultSet row) throws SQLException {
        return new EndpointHealth(
                row.getBoolean("enabled"),
                Optional.ofNullable(row.getString("disabled_reason")),
                instant(row, "disabled_at"),
                instant(row, "failing_since"),
                instant(row, "paused_until"));
    }

    private static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, OffsetDateTime.class))
                .map(OffsetDateTime::toInstant);
    }
}
