package io.coursewire.app;

import io.coursewire.kernel.SecretKey;
import java.util.Optional;

/// All that a node is told at its start.
///
/// @param adminKey the operator's own; one is made when it is empty and there is none yet
/// @param secretKey from the environment; the data folder's when it is empty
public record Configuration(
        Settings settings, Optional<String> adminKey, Optional<SecretKey> secretKey) {
    /// Without the secrets.
    @Override
    public String toString() {
        return settings.toString();
    }
}
