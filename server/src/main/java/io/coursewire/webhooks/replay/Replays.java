package io.coursewire.webhooks.replay;

import io.coursewire.kernel.ClientId;
import io.coursewire.kernel.Cursor;
import io.coursewire.kernel.Page;
import io.coursewire.kernel.Uuid;
import io.coursewire.storage.Overloaded;
import io.coursewire.webhooks.EndpointId;
import io.coursewire.webhooks.Subscription;
import io.coursewire.webhooks.SubscriptionStore;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.jdbi.v3.core.Jdbi;

/// Replays as their client sees them: previewed, made, watched, ended.
public final class Replays {
    /// Each holds a database connection, for minutes where there is much; the others are for everything else. A client
    /// has one of them at a time.
    private static final int COUNTS_AT_ONCE_MAX = 4;

    private final Set<ClientId> counting = new HashSet<>();
    private final Jdbi jdbi;
    private final SubscriptionStore subscriptions;
    private final InstantSource clock;
    private final ReplayStore store = new ReplayStore();
    private final ReplayEventStore events = new ReplayEventStore();

    public Replays(Jdbi jdbi, SubscriptionStore subscriptions, InstantSource clock) {
        this.jdbi = jdbi;
        this.subscriptions = subscriptions;
        this.clock = clock;
    }

    public sealed interface Outcome {
        record Previewed(Preview preview) implements Outcome {}

        record Made(Replay replay) implements Outcome {}

        /// Another one of the same endpoint is under way.
        record Busy(UUID running) implements Outcome {}

        record Disabled(String reason) implements Outcome {}

        record Unknown() implements Outcome {}
    }

    /// Counts what would be sent.
    public Outcome preview(ClientId client, EndpointId endpoint, ReplayRequest request) {
        return find(client, endpoint)
                .<Outcome>map(found -> new Outcome.Previewed(count(found, request)))
                .orElseGet(Outcome.Unknown::new);
    }

    /// Begins soon. An endpoint has one replay at a time, so that the cap of the rate means something.
    public Outcome create(ClientId client, EndpointId endpoint, ReplayRequest request) {
        return counted(client, endpoint, request).get();
    }

    /// Counts what is to be sent, which may take long; what is returned does the rest of [#create].
    public Supplier<Outcome> counted(ClientId client, EndpointId endpoint, ReplayRequest request) {
        var found = find(client, endpoint);
        if (found.isEmpty()) {
            return Outcome.Unknown::new;
        }
        var health = found.get().health();
        if (!health.enabled()) {
            var reason = health.disabledReason().orElse("disabled");
            return () -> new Outcome.Disabled(reason);
        }
        var replay = begin(found.get(), request, count(found.get(), request));
        return () -> insert(replay);
    }

    private Outcome insert(Replay replay) {
        return jdbi.inTransaction(db -> store.insert(db, replay))
                ? new Outcome.Made(replay)
                : jdbi.withHandle(db -> store.running(db, replay.client(), replay.endpoint()))
                        .<Outcome>map(Outcome.Busy::new)
                        .orElseGet(() -> insert(replay));
    }

    public Optional<Replay> find(ClientId client, EndpointId endpoint, UUID id) {
        return jdbi.withHandle(db -> store.find(db, client, endpoint, id));
    }

    /// Newest first. Empty when the client has no such endpoint.
    public Optional<Page<Replay>> list(
            ClientId client, EndpointId endpoint, int limit, Optional<String> cursor) {
        Optional<UUID> before = cursor.map(text -> Cursor.parse(text, 1).part(0, Uuid::parse));
        return find(client, endpoint)
                .map(
                        found -> {
                            List<Replay> replays =
                                    jdbi.withHandle(db -> store.list(db, found, before, limit + 1));
                            return Page.of(replays, limit, replay -> Cursor.of(replay.id()));
                        });
    }

    /// Ends one; what is being sent at this moment may still arrive. False when there is none.
    public boolean cancel(ClientId client, EndpointId endpoint, UUID id) {
        return jdbi.inTransaction(db -> store.cancel(db, client, endpoint, id, clock.instant()));
    }

    private Optional<Subscription> find(ClientId client, EndpointId endpoint) {
        return jdbi.withHandle(db -> subscriptions.find(db, client, endpoint));
    }

    private Preview count(Subscription endpoint, ReplayRequest request) {
        beginCount(endpoint.client());
        try {
            return jdbi.inTransaction(
                    db -> {
                        events.allowTime(db);
                        return new Preview(events.count(db, endpoint, request));
                    });
        } finally {
            endCount(endpoint.client());
        }
    }

    private void beginCount(ClientId client) {
        synchronized (counting) {
            if (counting.size() == COUNTS_AT_ONCE_MAX || !counting.add(client)) {
                throw new Overloaded("replays are being counted already");
            }
        }
    }

    private void endCount(ClientId client) {
        synchronized (counting) {
            counting.remove(client);
        }
    }

    private Replay begin(Subscription endpoint, ReplayRequest request, Preview preview) {
        Instant now = clock.instant();
        var progress =
                new Replay.Progress(
                        ReplayState.RUNNING,
                        Optional.empty(),
                        preview.total(),
                        0,
                        0,
                        0,
                        now,
                        Optional.empty());
        return new Replay(endpoint.client(), endpoint.id(), Uuid.next(), request, progress);
    }
}
