package io.coursewire.webhooks.sending;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// A receiver's side of Standard Webhooks: is this request from whom it says, and of now?
public final class VerifySignature {
    public static final Duration CLOCK_TOLERANCE = Duration.ofMinutes(5);

    private final WebhookSecret secret;

    public VerifySignature(WebhookSecret secret) {
        this.secret = secret;
    }

    /// The values of the headers `webhook-id`, `webhook-timestamp` and `webhook-signature`.
    public record SignatureHeaders(String id, String timestamp, String signatures) {}

    /// What is wrong; empty when the signature holds.
    public Optional<String> fault(SignatureHeaders headers, byte[] body, Instant now) {
        long seconds;
        try {
            seconds = Long.parseLong(headers.timestamp());
        } catch (NumberFormatException e) {
            return Optional.of("webhook-timestamp is not a number: " + headers.timestamp());
        }
        long offSeconds = Math.abs(now.getEpochSecond() - seconds);
        if (offSeconds > CLOCK_TOLERANCE.toSeconds()) {
            return Optional.of(
                    "webhook-timestamp is %d s away from this clock".formatted(offSeconds));
        }
        byte[] expected = secret.sign(headers.id(), seconds, body).getBytes(StandardCharsets.UTF_8);
        for (String signature : headers.signatures().split(" ")) {
            if (MessageDigest.isEqual(expected, signature.getBytes(StandardCharsets.UTF_8))) {
                return Optional.empty();
            }
        }
        return Optional.of("no signature in webhook-signature is of this secret over these bytes");
    }
}
