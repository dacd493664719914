package io.coursewire.api.keys;

import java.util.Optional;

/// Tells whose key a bearer token is; empty for one that is unknown or revoked.
public interface Authenticate {
    Optional<Caller> caller(String token);
}
