package io.coursewire.webhooks;

import io.coursewire.kernel.Json;
import io.coursewire.webhooks.sending.WebhookRequest;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/// The request that tells one endpoint of one event: Standard Webhooks 1.0.0, CloudEvents 1.0.2.
public final class ComposeRequest {
    /// Header names that a subscriber cannot set.
    public static final Set<String> RESERVED_HEADERS =
            Set.of(
                    "host",
                    "content-type",
                    "content-length",
                    "content-encoding",
                    "transfer-encoding",
                    "connection",
                    "keep-alive",
                    "te",
                    "trailer",
                    "upgrade",
                    "expect",
                    "user-agent",
                    "proxy-authorization",
                    "proxy-connection");

    private static final Set<String> RESERVED_PREFIXES = Set.of("webhook-", "coursewire-", "ce-");

    private final Supplier<String> publicUrl;

    /// `publicUrl` is where this installation is known under; it begins every CloudEvents source.
    public ComposeRequest(Supplier<String> publicUrl) {
        this.publicUrl = publicUrl;
    }

    public static boolean isReserved(String header) {
        String name = header.toLowerCase(Locale.ROOT);
        return RESERVED_HEADERS.contains(name)
                || RESERVED_PREFIXES.stream().anyMatch(name::startsWith);
    }

    public WebhookRequest compose(Subscription subscription, OutboxEvent event, Instant now) {
        var settings = subscription.settings();
        byte[] body = body(settings.format(), event);
        Map<String, String> headers = new HashMap<>(subscription.secrets().credentials().headers());
        headers.put("content-type", settings.format().contentType());
        headers.put("coursewire-event", event.type());
        if (event.attempt().isPresent()) {
            headers.put("coursewire-attempt-version", Long.toString(event.version()));
        }
        if (settings.format() != Format.CLOUDEVENTS) {
            cloudEventAttributes(event).forEach((name, value) -> headers.put("ce-" + name, value));
        }
        sign(headers, subscription, event.id().toString(), body, now);
        return new WebhookRequest(
                settings.url(),
                headers,
                body,
                new WebhookRequest.Pool(subscription.client(), subscription.id()),
                subscription.secrets().credentials().certificate());
    }

    private static void sign(
            Map<String, String> headers,
            Subscription subscription,
            String id,
            byte[] body,
            Instant now) {
        var secrets = subscription.secrets();
        headers.put("webhook-id", id);
        headers.put("webhook-timestamp", Long.toString(now.getEpochSecond()));
        var signatures = new ArrayList<String>();
        for (var signing : secrets.signingAt(now)) {
            if (subscription.settings().signatures().contains(SignatureKind.V1)) {
                signatures.add(signing.secret().sign(id, now.getEpochSecond(), body));
            }
            if (subscription.settings().signatures().contains(SignatureKind.V1A)) {
                signatures.add(signing.keys().sign(id, now.getEpochSecond(), body));
            }
        }
        headers.put("webhook-signature", String.join(" ", signatures));
        subscription
                .settings()
                .rawSignatureHeader()
                .ifPresent(name -> headers.put(name, secrets.current().signRaw(body)));
    }

    /// The bytes that are sent and signed.
    public byte[] body(Format format, OutboxEvent event) {
        return switch (format) {
            case ATTEMPT_STATUS -> event.payload();
            case STANDARD ->
                    around(
                            Map.of("type", event.type(), "timestamp", event.at().toString()),
                            event.payload());
            case CLOUDEVENTS -> around(cloudEventAttributes(event), event.payload());
        };
    }

    private Map<String, String> cloudEventAttributes(OutboxEvent event) {
        var key = event.orderingKey();
        return Map.of(
                "specversion", "1.0",
                "id", event.id().toString(),
                "source", publicUrl.get() + "/api/v1/clients/" + key.client(),
                "type", event.type(),
                "time", event.at().toString(),
                "subject",
                        event.attempt()
                                .map(a -> "attempts/" + a)
                                .orElse("activities/" + key.activity()));
    }

    // The payload goes in byte for byte: what is signed and compared elsewhere must not be
    // reformatted.
    private static byte[] around(Map<String, String> members, byte[] payload) {
        String head = Json.MAPPER.writeValueAsString(new java.util.TreeMap<>(members));
        var body = new ByteArrayOutputStream(head.length() + payload.length + 16);
        body.writeBytes(head.substring(0, head.length() - 1).getBytes(StandardCharsets.UTF_8));
        body.writeBytes(",\"data\":".getBytes(StandardCharsets.UTF_8));
        body.writeBytes(payload);
        body.write('}');
        return body.toByteArray();
    }
}
