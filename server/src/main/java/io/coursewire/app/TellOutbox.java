package io.coursewire.app;

import io.coursewire.app.tracing.Traces;
import io.coursewire.attempts.Announcer;
import io.coursewire.kernel.Uuid;
import io.coursewire.webhooks.OrderingKey;
import io.coursewire.webhooks.Outbox;
import io.coursewire.webhooks.OutboxEvent;
import java.util.List;
import org.jdbi.v3.core.Handle;

/// Where attempts and webhooks meet: neither knows the other.
record TellOutbox(Outbox outbox, Traces traces) implements Announcer {
    @Override
    public void announce(Handle db, List<Announcement> announcements) {
        List<OutboxEvent> events = announcements.stream().map(TellOutbox::event).toList();
        outbox.append(db, events);
        traces.announced(events);
    }

    @Override
    public void committed() {
        outbox.wake();
    }

    private static OutboxEvent event(Announcement a) {
        return new OutboxEvent(
                Uuid.next(),
                a.type(),
                new OrderingKey(a.client(), a.user(), a.activity()),
                a.attempt(),
                a.version(),
                a.attributes(),
                a.payload(),
                a.at());
    }
}
