package io.coursewire.webhooks;

import java.util.List;

/// The kinds of signature that a subscriber can ask for, by their words.
public final class SignatureKind {
    /// HMAC-SHA256 with the shared secret.
    public static final String V1 = "v1";

    /// ed25519: verified with a public key.
    public static final String V1A = "v1a";

    public static final List<String> ALL = List.of(V1, V1A);

    private SignatureKind() {}
}
