package io.coursewire.webhooks;

import io.coursewire.kernel.Uuid;
import java.util.Optional;
import java.util.UUID;

/// One subscription of a client, and the server that it names.
public record EndpointId(UUID value) {
    public static EndpointId next() {
        return new EndpointId(Uuid.next());
    }

    /// Empty unless the text is a UUID in its 36-character form.
    public static Optional<EndpointId> parse(String text) {
        return Uuid.parse(text).map(EndpointId::new);
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
