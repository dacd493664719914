package io.coursewire.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.coursewire.api.RunningApi.Reply;
import io.coursewire.api.TestApi.TestClient;
import io.coursewire.webhooks.delivery.HostileReceiver;
import io.coursewire.webhooks.sending.VerifySignature;
import io.coursewire.webhooks.sending.VerifySignature.SignatureHeaders;
import io.coursewire.webhooks.sending.WebhookSecret;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// A client's webhooks to one receiver, over HTTP.
record ClientHooks(RunningApi api, TestClient client, HostileReceiver receiver) {
    /// A new one of all events.
    Reply create() {
        return create("\"events\":[\"*\"]");
    }

    /// A new one with these fields beside its URL.
    Reply create(String fields) {
        Reply made =
                api.post(
                        client.key(),
                        client.path() + "/webhooks",
                        "{\"url\":\"%s\",%s}".formatted(receiver.url(), fields));
        assertThat(made.status())
                .as(new String(made.response().body(), StandardCharsets.UTF_8))
                .isEqualTo(201);
        return made;
    }

    String path(Reply made) {
        return client.path() + "/webhooks/" + made.json().get("id").asString();
    }

    JsonNode deliveries(Reply made, String query) {
        return api.get(client.key(), path(made) + "/deliveries" + query).json().get("items");
    }

    /// What is wrong with how a request was signed, if anything is.
    static Optional<String> verify(WebhookSecret secret, HostileReceiver.Request request) {
        return new VerifySignature(secret)
                .fault(
                        new SignatureHeaders(
                                request.header("webhook-id"),
                                request.header("webhook-timestamp"),
                                request.header("webhook-signature")),
                        request.body(),
                        Instant.now());
    }
}
