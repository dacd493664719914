package io.coursewire.webhooks;

import java.util.Optional;

/// How to get an access token for an endpoint: OAuth 2.0 client credentials (RFC 6749, 4.4). Never shown by
/// `toString`.
public record OAuth2(
        String tokenUrl, String clientId, String clientSecret, Optional<String> scope) {
    @Override
    public String toString() {
        return "OAuth2[" + tokenUrl + ", " + clientId + ", ***]";
    }
}
