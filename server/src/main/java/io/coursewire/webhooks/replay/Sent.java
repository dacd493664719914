package io.coursewire.webhooks.replay;

import io.coursewire.webhooks.Try;
import java.util.List;
import java.util.UUID;

/// What came of one event of a replay: its tries, of which the last one delivered it or not.
record Sent(long position, UUID event, int bucket, boolean delivered, List<Try> tries) {
    Sent {
        tries = List.copyOf(tries);
    }
}
