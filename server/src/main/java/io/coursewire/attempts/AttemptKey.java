package io.coursewire.attempts;

import io.coursewire.kernel.AttemptId;
import io.coursewire.kernel.ClientId;
import java.util.Comparator;

/// An attempt and whose it is. The order is the order in which attempts are locked.
public record AttemptKey(ClientId client, AttemptId id) implements Comparable<AttemptKey> {
    private static final Comparator<AttemptKey> ORDER =
            Comparator.comparing((AttemptKey key) -> key.client().value())
                    .thenComparing(key -> key.id().toString());

    @Override
    public int compareTo(AttemptKey other) {
        return ORDER.compare(this, other);
    }
}
