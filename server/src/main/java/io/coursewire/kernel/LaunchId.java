package io.coursewire.kernel;

import java.util.Optional;
import java.util.UUID;

/// One launch link and everything opened through it.
public record LaunchId(UUID value) {
    public static LaunchId next() {
        return new LaunchId(Uuid.next());
    }

    /// Empty unless the text is a UUID in its 36-character form.
    public static Optional<LaunchId> parse(String text) {
        return Uuid.parse(text).map(LaunchId::new);
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
