package io.coursewire.webhooks.watch;

import io.coursewire.kernel.ActivityId;
import io.coursewire.kernel.ClientId;
import io.coursewire.kernel.Json;
import io.coursewire.kernel.UserId;
import io.coursewire.kernel.Uuid;
import io.coursewire.webhooks.EventType;
import io.coursewire.webhooks.OrderingKey;
import io.coursewire.webhooks.Outbox;
import io.coursewire.webhooks.OutboxEvent;
import io.coursewire.webhooks.RecentEvents;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells operators: in the log, and as events of the client `_operator`, if there is one. So alerts are
/// subscribed to, signed, retried and read again like every other event.
public final class Alerts {
    public static final ClientId OPERATOR = new ClientId("_operator");

    private static final Logger LOG = LoggerFactory.getLogger(Alerts.class);

    private final InstantSource clock;
    private final AlertStore store = new AlertStore();
    // Whatever delivers looks by itself soon enough.
    private final Outbox outbox = new Outbox(new RecentEvents(), () -> {});

    public Alerts(InstantSource clock) {
        this.clock = clock;
    }

    /// Of something that happened, in the transaction in which it did.
    public void tell(Handle db, Alert alert) {
        tell(db, alert, true);
    }

    /// Of something that lasts: told once, until it is cleared.
    public void raise(Handle db, Alert alert) {
        if (store.open(db, alert, clock.instant())) {
            tell(db, alert, true);
        }
    }

    /// It does not last any more. Says nothing if it was not raised.
    public void clear(Handle db, Alert alert) {
        if (store.close(db, alert)) {
            tell(db, alert, false);
        }
    }

    /// The subjects of one kind that have been raised and not cleared.
    public List<String> raised(Handle db, Alert.Kind kind) {
        return store.subjects(db, kind);
    }

    private void tell(Handle db, Alert alert, boolean raised) {
        LOG.atWarn()
                .addKeyValue("alert", alert.kind().word())
                .addKeyValue("subject", alert.subject())
                .addKeyValue("client", alert.client().map(ClientId::value).orElse(null))
                .addKeyValue("raised", raised)
                .log(alert.detail());
        if (store.operatorListens(db, OPERATOR)) {
            store.lock(db);
            outbox.append(db, List.of(event(alert, raised)));
        }
    }

    private OutboxEvent event(Alert alert, boolean raised) {
        Instant now = clock.instant();
        var payload =
                Json.MAPPER
                        .createObjectNode()
                        .put("alert", alert.kind().word())
                        .put("raised", raised)
                        .put("subject", alert.subject())
                        .put("clientId", alert.client().map(ClientId::value).orElse(null))
                        .put("detail", alert.detail())
                        .put("at", now.toString());
        return new OutboxEvent(
                Uuid.next(),
                EventType.OPERATOR_ALERT,
                new OrderingKey(
                        OPERATOR,
                        new UserId(named(alert.kind().word())),
                        new ActivityId(named(alert.subject()))),
                Optional.empty(),
                0,
                Map.of(),
                Json.MAPPER.writeValueAsBytes(payload),
                now);
    }

    private static UUID named(String name) {
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
    }
}
