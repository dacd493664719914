package io.coursewire.webhooks;

import io.coursewire.kernel.Json;
import io.coursewire.webhooks.SubscriptionSecrets.Signing;
import io.coursewire.webhooks.sending.SigningKeyPair;
import io.coursewire.webhooks.sending.WebhookSecret;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// The stored form of a subscription's secrets, before it is encrypted.
final class SecretsJson {
    private SecretsJson() {}

    static byte[] write(SubscriptionSecrets secrets) {
        var node = Json.MAPPER.createObjectNode();
        var signing = node.putArray("signing");
        for (Signing one : secrets.signing()) {
            var entry =
                    signing.addObject()
                            .put("secret", one.secret().text())
                            .put("keys", one.keys().text());
            one.until().ifPresent(until -> entry.put("until", until.toString()));
        }
        var headers = node.putObject("headers");
        secrets.headers().forEach(headers::put);
        return Json.MAPPER.writeValueAsBytes(node);
    }

    static SubscriptionSecrets read(byte[] stored) {
        JsonNode node = Json.MAPPER.readTree(stored);
        List<Signing> signing = new ArrayList<>();
        for (JsonNode entry : node.get("signing")) {
            signing.add(
                    new Signing(
                            new WebhookSecret(entry.get("secret").stringValue()),
                            SigningKeyPair.of(entry.get("keys").stringValue()),
                            Optional.ofNullable(entry.get("until"))
                                    .map(JsonNode::stringValue)
                                    .map(Instant::parse)));
        }
        Map<String, String> headers = new LinkedHashMap<>();
        node.get("headers").forEachEntry((name, value) -> headers.put(name, value.stringValue()));
        return new SubscriptionSecrets(signing, headers);
    }
}
