package io.coursewire.webhooks;

import io.coursewire.kernel.ClientId;
import io.coursewire.kernel.Cursor;
import io.coursewire.kernel.Page;
import io.coursewire.kernel.Uuid;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/// The delivery log: what became of every event at an endpoint, and the way to try one again.
public final class Deliveries {
    private final Jdbi jdbi;
    private final SubscriptionStore subscriptions;
    private final InstantSource clock;
    private final Runnable onRetry;
    private final DeliveryLogStore store = new DeliveryLogStore();

    /// `onRetry` tells delivery to look again.
    public Deliveries(
            Jdbi jdbi, SubscriptionStore subscriptions, InstantSource clock, Runnable onRetry) {
        this.jdbi = jdbi;
        this.subscriptions = subscriptions;
        this.clock = clock;
        this.onRetry = onRetry;
    }

    /// Newest event first. Empty when the client has no such endpoint.
    public Optional<Page<DeliveryView>> list(
            ClientId client,
            EndpointId endpoint,
            DeliveryFilter filter,
            int limit,
            Optional<String> cursor) {
        Optional<UUID> before = cursor.map(text -> Cursor.parse(text, 1).part(0, Uuid::parse));
        return jdbi.withHandle(
                db ->
                        subscriptions
                                .find(db, client, endpoint)
                                .map(
                                        found ->
                                                page(
                                                        store.list(
                                                                db, found, filter, before,
                                                                limit + 1),
                                                        limit)));
    }

    public enum Retry {
        ASKED_FOR,
        UNKNOWN,
        /// Its event is no longer stored, or was a test.
        NOT_POSSIBLE,
        /// Its endpoint gets nothing until it is enabled again.
        DISABLED
    }

    /// Tries a delivery again now, whatever became of it, with a fresh schedule, and ends a pause of its endpoint. One
    /// that waits behind others of its order waits on, but all of them are tried now.
    public Retry retry(ClientId client, DeliveryId id) {
        Retry retry = jdbi.inTransaction(db -> retry(db, client, id));
        onRetry.run();
        return retry;
    }

    /// accepted, delivered, superseded, pending, dead and cancelled; and of events: fanned out, unwanted.
    public Map<String, Long> counts(ClientId client) {
        return jdbi.withHandle(db -> store.counts(db, client));
    }

    private Retry retry(Handle db, ClientId client, DeliveryId id) {
        var endpoint = subscriptions.find(db, client, id.endpoint());
        if (endpoint.isEmpty()) {
            return Retry.UNKNOWN;
        }
        var place = store.place(db, client, id);
        if (place.isEmpty()) {
            return store.exists(db, client, id) ? Retry.NOT_POSSIBLE : Retry.UNKNOWN;
        }
        if (!endpoint.get().health().enabled()) {
            return Retry.DISABLED;
        }
        store.lockBucket(db, place.get().bucket());
        store.reopen(db, client, id);
        store.makeDue(db, client, id, place.get(), clock.instant());
        if (endpoint.get().health().pausedUntil().isPresent()) {
            subscriptions.endPause(db, client, id.endpoint());
        }
        return Retry.ASKED_FOR;
    }

    private static Page<DeliveryView> page(List<DeliveryView> found, int limit) {
        if (found.size() <= limit) {
            return new Page<>(found, Optional.empty());
        }
        var items = found.subList(0, limit);
        return new Page<>(items, Optional.of(Cursor.of(items.getLast().id().event()).text()));
    }
}
