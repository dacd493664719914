package io.coursewire.api.keys;

import java.time.Instant;
import java.util.UUID;

/// A client's key, as it can be shown: without its secret.
public record ApiKey(UUID id, String name, Instant createdAt) {
    public static final int NAME_CHARS_MAX = 200;
}
