package io.coursewire.offline;

import io.coursewire.attempts.Payload;
import java.time.Instant;
import java.util.Optional;

/// An attempt as it once was. `event` is what told of it, empty where nothing did or the event is kept no longer;
/// `change` is what was done by hand, empty where content or its participant was the cause.
public record Version(
        long version,
        Optional<String> event,
        Optional<Instant> at,
        Optional<Change> change,
        Payload attempt) {}
