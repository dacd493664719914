package io.coursewire.webhooks.sending;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// One POST. Requests of one `pool` share connections; those of different pools never wait for
/// each other.
public record WebhookRequest(
        String url,
        Map<String, String> headers,
        byte[] body,
        Pool pool,
        Optional<ClientCertificate> certificate) {
    /// Whose requests they are: of one endpoint, which is one client's. Told apart by what the caller tells them apart by.
    public record Pool(Object client, Object endpoint) {}

    public WebhookRequest {
        headers = Map.copyOf(headers);
    }

    public WebhookRequest with(String header, String value) {
        var more = new HashMap<>(headers);
        more.put(header, value);
        return new WebhookRequest(url, more, body, pool, certificate);
    }
}
