package io.coursewire.kernel;

import java.util.Optional;
import java.util.UUID;

/// One participant's one attempt at one item.
public record AttemptId(UUID value) {
    public static AttemptId next() {
        return new AttemptId(Uuid.next());
    }

    /// Empty unless the text is a UUID in its 36-character form.
    public static Optional<AttemptId> parse(String text) {
        return Uuid.parse(text).map(AttemptId::new);
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
