package io.coursewire.kernel;

import java.util.Optional;
import java.util.UUID;

/// A participant of one client.
public record UserId(UUID value) {
    public static UserId next() {
        return new UserId(Uuid.next());
    }

    /// Empty unless the text is a UUID in its 36-character form.
    public static Optional<UserId> parse(String text) {
        return Uuid.parse(text).map(UserId::new);
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
