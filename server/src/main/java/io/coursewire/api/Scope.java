package io.coursewire.api;

/// Whom a route is for.
public enum Scope {
    /// Anyone, without a key.
    OPEN,
    /// Any valid key; what it sees depends on the key.
    KEY,
    /// Admin keys only; a client key gets 403.
    ADMIN,
    /// The client in the path: admin keys and the client's own. To any other key the path does not exist.
    CLIENT,
    /// As [#CLIENT], but an admin key may name a client that does not exist yet.
    CLIENT_OR_NEW
}
