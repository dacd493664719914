package io.coursewire.webhooks.sending;

import java.util.Map;

/// One POST. Requests of one `pool` share connections; those of different pools never wait for each other.
public record WebhookRequest(String url, Map<String, String> headers, byte[] body, Object pool) {
    public WebhookRequest {
        headers = Map.copyOf(headers);
    }
}
