package io.coursewire.kernel;

import java.util.Optional;
import java.util.UUID;

/// One opening of an item's content.
public record SessionId(UUID value) {
    public static SessionId next() {
        return new SessionId(Uuid.next());
    }

    /// Empty unless the text is a UUID in its 36-character form.
    public static Optional<SessionId> parse(String text) {
        return Uuid.parse(text).map(SessionId::new);
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
