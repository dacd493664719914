package io.coursewire.webhooks.replay;

import io.coursewire.webhooks.OutboxEvent;
import io.coursewire.webhooks.Try;
import java.util.ArrayList;
import java.util.List;

/// An event that a replay is to send, with the tries it had so far, the first and the last of them. `failures` are those that count.
record Pending(long position, OutboxEvent event, List<Try> tries, int failures) {
    Pending {
        tries = List.copyOf(tries);
    }

    static Pending first(long position, OutboxEvent event) {
        return new Pending(position, event, List.of(), 0);
    }

    Pending after(Try tried, boolean counts) {
        var more = new ArrayList<>(tries);
        if (more.size() >= Try.KEPT_MAX) {
            more.remove(Try.KEPT_FIRST);
        }
        more.add(tried);
        return new Pending(position, event, more, failures + (counts ? 1 : 0));
    }

    Sent sent(boolean delivered) {
        return new Sent(position, event.id(), event.orderingKey().bucket(), delivered, tries);
    }
}
