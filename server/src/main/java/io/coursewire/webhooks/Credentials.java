package io.coursewire.webhooks;

import io.coursewire.webhooks.sending.ClientCertificate;
import java.util.Map;
import java.util.Optional;

/// By what an endpoint knows us, besides signatures: header values, an access token, a certificate. Stored
/// encrypted, shown masked.
public record Credentials(
        Map<String, String> headers,
        Optional<OAuth2> oauth2,
        Optional<ClientCertificate> certificate) {
    public static final Credentials NONE =
            new Credentials(Map.of(), Optional.empty(), Optional.empty());

    public Credentials {
        headers = Map.copyOf(headers);
    }

    @Override
    public String toString() {
        return "Credentials[***]";
    }
}
