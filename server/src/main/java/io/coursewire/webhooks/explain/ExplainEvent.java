package io.coursewire.webhooks.explain;

import io.coursewire.kernel.ClientId;
import io.coursewire.webhooks.OutboxEvent;
import io.coursewire.webhooks.delivery.EventStore;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/// Tells what became of one event at every webhook of its client, and why.
public final class ExplainEvent {
    private final Jdbi jdbi;
    private final InstantSource clock;
    private final ExplainStore store = new ExplainStore();
    private final EventStore events = new EventStore();

    public ExplainEvent(Jdbi jdbi, InstantSource clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    /// Empty when the client has no such event, or it is no longer stored.
    public Optional<Explained> explain(ClientId client, UUID messageId) {
        return jdbi.withHandle(
                db ->
                        find(db, client, messageId)
                                .map(
                                        event ->
                                                explain(
                                                        event,
                                                        store.isFannedOut(db, messageId),
                                                        store.facts(db, event))));
    }

    Optional<OutboxEvent> find(Handle db, ClientId client, UUID messageId) {
        return store.position(db, client, messageId)
                .map(position -> new EventStore.Place(client.value(), position, messageId))
                .map(place -> events.read(db, List.of(place)).get(place.position()));
    }

    private Explained explain(OutboxEvent event, boolean fannedOut, List<EndpointFacts> facts) {
        Instant now = clock.instant();
        return new Explained(
                event,
                fannedOut,
                facts.stream()
                        .map(
                                f ->
                                        new Explained.AtEndpoint(
                                                f.endpoint(),
                                                f.url(),
                                                f.record().map(EndpointFacts.Record::state),
                                                ExplainRules.explain(event, fannedOut, f, now),
                                                f.record()
                                                        .flatMap(EndpointFacts.Record::nextTryAt)))
                        .toList());
    }
}
