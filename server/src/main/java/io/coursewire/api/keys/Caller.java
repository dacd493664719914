package io.coursewire.api.keys;

import io.coursewire.kernel.ClientId;
import java.util.UUID;

/// Who asks, as far as the API key tells.
public sealed interface Caller {
    /// Asked without a key, on a route that needs none.
    record Anyone() implements Caller {}

    record Admin() implements Caller {}

    record OfClient(ClientId client, UUID key) implements Caller {}

    /// The asker's name in records of what was asked.
    default String name() {
        return switch (this) {
            case Anyone _ -> "anyone";
            case Admin _ -> "admin";
            case OfClient of -> of.key().toString();
        };
    }
}
