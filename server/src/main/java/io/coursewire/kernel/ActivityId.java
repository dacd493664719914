package io.coursewire.kernel;

import java.util.Optional;
import java.util.UUID;

/// A top-level training item, such as a course.
public record ActivityId(UUID value) {
    public static ActivityId next() {
        return new ActivityId(Uuid.next());
    }

    /// Empty unless the text is a UUID in its 36-character form.
    public static Optional<ActivityId> parse(String text) {
        return Uuid.parse(text).map(ActivityId::new);
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
