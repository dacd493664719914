package io.coursewire.kernel;

import java.util.Optional;
import java.util.UUID;

/// One participant's one way through an activity; holds the attempts at its items.
public record CourseAttemptId(UUID value) {
    public static CourseAttemptId next() {
        return new CourseAttemptId(Uuid.next());
    }

    /// Empty unless the text is a UUID in its 36-character form.
    public static Optional<CourseAttemptId> parse(String text) {
        return Uuid.parse(text).map(CourseAttemptId::new);
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
