package io.coursewire.webhooks;

import io.coursewire.kernel.Json;
import io.coursewire.webhooks.SubscriptionSecrets.Signing;
import io.coursewire.webhooks.sending.ClientCertificate;
import io.coursewire.webhooks.sending.SigningKeyPair;
import io.coursewire.webhooks.sending.WebhookSecret;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

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
        Credentials credentials = secrets.credentials();
        var headers = node.putObject("headers");
        credentials.headers().forEach(headers::put);
        credentials.oauth2().ifPresent(oauth2 -> write(node.putObject("oauth2"), oauth2));
        credentials
                .certificate()
                .ifPresent(
                        certificate ->
                                node.putObject("certificate")
                                        .put("certificate", certificate.certificate())
                                        .put("privateKey", certificate.privateKey()));
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
        return new SubscriptionSecrets(signing, credentials(node));
    }

    private static void write(ObjectNode node, OAuth2 oauth2) {
        node.put("tokenUrl", oauth2.tokenUrl())
                .put("clientId", oauth2.clientId())
                .put("clientSecret", oauth2.clientSecret())
                .put("scope", oauth2.scope().orElse(null));
    }

    private static Credentials credentials(JsonNode node) {
        Map<String, String> headers = new LinkedHashMap<>();
        node.get("headers").forEachEntry((name, value) -> headers.put(name, value.stringValue()));
        return new Credentials(
                headers,
                Optional.ofNullable(node.get("oauth2")).map(SecretsJson::oauth2),
                Optional.ofNullable(node.get("certificate"))
                        .map(
                                certificate ->
                                        new ClientCertificate(
                                                certificate.get("certificate").stringValue(),
                                                certificate.get("privateKey").stringValue())));
    }

    private static OAuth2 oauth2(JsonNode node) {
        return new OAuth2(
                node.get("tokenUrl").stringValue(),
                node.get("clientId").stringValue(),
                node.get("clientSecret").stringValue(),
                Optional.ofNullable(node.get("scope").asString(null)));
    }
}
